import Findings
import Reports
import Rules
import Scanner
import Verification

/// A key that was handed over, and what is known of it.
struct VerifiedKey {
    let key: KeyToVerify
    let fingerprint: Fingerprint
    let trimming: String?
    let note: String?

    /// - Parameter fingerprintKey: A team's key for fingerprints.
    init(_ input: KeyInput, _ recognition: KeyRecognition, fingerprintKey: FingerprintKey?) {
        let secret = Secret(bytes: input.secret.withBytes { Array($0) })
        fingerprint = SecretIdentity(rule: recognition.rule, secret: secret, key: fingerprintKey).fingerprint
        key = KeyToVerify(
            rule: recognition.rule, fingerprint: fingerprint.description, secret: input.secret,
            redacted: secret.redacted)
        trimming = input.trimming
        note = recognition.note
    }
}

/// What `windsock verify` says of one key.
struct VerificationReport {
    let subject: VerifiedKey
    let inquiry: Inquiry
    /// Seconds, one a request.
    let latencies: [Double]

    private var models: ModelList? {
        inquiry.response.flatMap { ModelList($0, provider: subject.key.rule.provider) }
    }

    var text: String {
        let (rule, result) = (subject.key.rule, inquiry.result)
        var lines = ["\(rule.id)\(rule.provider.isEmpty ? "" : " (\(rule.provider))")  \(subject.key.redacted)"]
        if let note = subject.note { lines.append("  note      \(note)") }
        if let trimming = subject.trimming {
            lines.append("  note      \(trimming) around the key was left out: where it was pasted from has it, too")
        }
        lines.append("  \(result.liveness.words.uppercased()): \(result.reason)")
        if let host = result.host { lines.append("  asked     \(host)") }
        if let owner = result.owner { lines.append("  whose     \(owner)") }
        if let models { lines.append("  models    \(models.words)") }
        if let latency { lines.append("  latency   \(latency)") }
        if let help = inquiry.troubleshooting(models: models) { lines.append("  help      \(help)") }
        if result.liveness.isLive { lines.append("  if leaked revoke it now: it works for whoever has it") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `min 41 ms, median 44 ms (3 requests)`
    private var latency: String? {
        guard let minimum = latencies.min(), let median else { return nil }
        let count = latencies.count == 1 ? "1 request" : "\(latencies.count) requests"
        return "min \(Self.milliseconds(minimum)), median \(Self.milliseconds(median)) (\(count))"
    }

    private static func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }

    private var median: Double? {
        let sorted = latencies.sorted()
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    var json: [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("schema", "windsock-verify/1")
            writer.field("rule", subject.key.rule.id)
            writer.field("provider", subject.key.rule.provider)
            writer.field("fingerprint", subject.fingerprint.description)
            writer.field("redacted", subject.key.redacted)
            writer.field("trimmed", subject.trimming != nil)
            writer.field("note", ifPresent: subject.note)
            writer.fields(of: inquiry.result)
            writer.field("help", ifPresent: inquiry.troubleshooting(models: models))
            if let models {
                writer.field(
                    "models",
                    object: {
                        $0.field("count", models.count)
                        $0.field("families", models.families)
                        $0.field("fineTuneOrganizations", models.organizations)
                    })
            }
            if let minimum = latencies.min(), let median {
                writer.field(
                    "latency",
                    object: {
                        $0.field("requests", latencies.count)
                        $0.field("minimumSeconds", seconds: minimum)
                        $0.field("medianSeconds", seconds: median)
                    })
            }
        }
        writer.endLine()
        return writer.bytes
    }
}

/// What `windsock verify --rotation` says.
struct RotationReport {
    let check: RotationCheck
    let new: VerifiedKey?
    let old: VerifiedKey?

    private var steps: [(name: String, key: VerifiedKey, result: VerificationResult)] {
        var steps: [(String, VerifiedKey, VerificationResult)] = []
        if let new, let result = check.new { steps.append(("new", new, result)) }
        if let old, let result = check.old { steps.append(("old", old, result)) }
        return steps
    }

    var text: String {
        steps.map {
            "\($0.name) key  \($0.key.key.redacted)  \($0.result.liveness.words.uppercased()): \($0.result.reason)\n"
        }
        .joined() + check.sentence + "\n"
    }

    var json: [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("schema", "windsock-rotation/1")
            writer.field("outcome", "\(check.outcome)")
            writer.field("message", check.sentence)
            for step in steps {
                writer.field(
                    step.name,
                    object: {
                        $0.field("rule", step.key.key.rule.id)
                        $0.field("fingerprint", step.key.fingerprint.description)
                        $0.field("redacted", step.key.key.redacted)
                        $0.fields(of: step.result)
                    })
            }
        }
        writer.endLine()
        return writer.bytes
    }
}
