import Windsock

/// Refuses uploads with secrets in them. One for all requests: a scanner can be asked by many tasks at once.
struct UploadCheck: Sendable {
    enum Verdict: Sendable {
        case accepted
        /// What to tell the user: rule, line, redacted secret, and what to do about it.
        case refused([String])
        /// The file is no text, or a part of it was not searched. Neither is clean.
        case unsure([String])
    }

    private let scanner: SecretScanner
    /// Secrets that were accepted before, by fingerprint: store these instead of the secrets.
    private let accepted: Set<Fingerprint>

    init(accepted: Set<Fingerprint> = []) {
        scanner = SecretScanner(options: SecretScanner.Options(minimumConfidence: .high))
        self.accepted = accepted
    }

    func check(_ bytes: [UInt8], name: String) -> Verdict {
        let report = scanner.scan(bytes, path: name)
        let findings = report.findings.filter { !accepted.contains($0.fingerprint) }
        if !findings.isEmpty { return .refused(findings.flatMap(lines)) }
        if report.isBinary { return .unsure(["\(name) is no text"]) }
        return report.isComplete ? .accepted : .unsure(report.problems.map { "\($0.subject): \($0.message)" })
    }

    private func lines(_ finding: Finding) -> [String] {
        let places = finding.occurrences.map {
            "\($0.path):\($0.region.startLine): \(finding.rule.id) \(finding.secret)"
        }
        return places + finding.rule.remediation.map { "    \($0)" }
    }
}
