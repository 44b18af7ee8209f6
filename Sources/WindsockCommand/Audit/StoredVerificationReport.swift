import Reports
import Rules

/// What `windsock verify --store` says: a line a secret, what is live first.
struct StoredVerificationReport {
    let outcomes: [StoredVerification.Outcome]
    /// How many that were settled are open again.
    let reopened: Int

    private static let unread =
        "it could not be read again where it was found: audit the repository again, with --verify"

    /// The gravest: live, not known, dead.
    var status: ExitStatus {
        let liveness = outcomes.map { $0.result?.liveness ?? .unknown }
        if liveness.contains(where: \.isLive) { return .live }
        return liveness.contains(.unknown) ? .incomplete : .clean
    }

    private var sorted: [StoredVerification.Outcome] {
        let rank = { (outcome: StoredVerification.Outcome) in
            switch outcome.result?.liveness ?? .unknown {
            case .live: 0
            case .restricted: 1
            case .unknown: 2
            case .dead: 3
            }
        }
        return outcomes.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(
            \.element)
    }

    var text: String {
        if outcomes.isEmpty { return "the store has no secret that was live when it was last asked about\n" }
        let lines = sorted.map { outcome in
            let (secret, result) = (outcome.secret, outcome.result)
            let verdict = result?.liveness.words.uppercased() ?? "NOT ASKED"
            let owner = result?.owner.map { "; whose: \($0)" } ?? ""
            return
                "\(secret.fingerprint)  \(secret.rule.id)  \(secret.redacted)  \(verdict): \(result?.reason ?? Self.unread)\(owner)"
        }
        let counts = [Liveness.live, .restricted, .dead, .unknown].compactMap { liveness -> String? in
            let count = outcomes.count { ($0.result?.liveness ?? .unknown) == liveness }
            return count == 0 ? nil : "\(Quantity.grouped(count)) \(liveness.words)"
        }
        let again = reopened > 0 ? "; \(Quantity.count(reopened, "decision")) open again" : ""
        let sum =
            "\(Quantity.count(outcomes.count, "secret")) asked about again: \(counts.joined(separator: ", "))\(again)"
        return (lines + [sum]).map { $0.visible + "\n" }.joined()
    }

    var json: [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("schema", "windsock-verify-store/1")
            writer.field("reopened", reopened)
            writer.field("secrets", array: sorted) { writer, outcome in
                writer.object { writer in
                    writer.field("fingerprint", outcome.secret.fingerprint.description)
                    writer.field("rule", outcome.secret.rule.id)
                    writer.field("provider", outcome.secret.rule.provider)
                    writer.field("redacted", outcome.secret.redacted)
                    if let result = outcome.result {
                        writer.fields(of: result)
                    } else {
                        writer.field("verdict", Liveness.unknown.rawValue)
                        writer.field("reason", Self.unread)
                    }
                }
            }
        }
        writer.endLine()
        return writer.bytes
    }
}
