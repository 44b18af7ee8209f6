internal import Rules

/// The requests that a run would make, with the key masked.
package enum DryRun {
    /// A request for people to read: method and address, headers, body, each on lines of their own.
    package static func requests(_ keys: [KeyToVerify], _ options: VerifierOptions) -> [String] {
        let plan = VerificationPlan(keys, options)
        return plan.questions.flatMap { question in
            question.attempts.enumerated().map { index, entry in
                var lines = index == 0 ? [] : ["only if that is refused:"]
                let (attempt, address) = entry
                lines.append("\(attempt.method.rawValue) \(mask(address.description, question.key))")
                lines += attempt.headers.map { "  \($0.name): \(mask($0.value, question.key))" }
                if let signature = attempt.signature { lines.append("  signed with the key: \(signature.rawValue)") }
                if let body = attempt.body, attempt.signature == nil { lines += ["", "  \(mask(body, question.key))"] }
                lines.append("  (\(question.key.rule.id), \(question.key.fingerprint))")
                return lines.joined(separator: "\n")
            }
        }
    }

    private static func mask(_ text: String, _ key: KeyToVerify) -> String {
        do throws(UnknownPlaceholder) {
            return try SecretTemplate(text).pieces.map { piece in
                switch piece {
                case .text(let text): text
                case .secret, .percentEncoded: key.redacted
                case .base64(let before, let after): "<base64 of \(before)\(key.redacted)\(after)>"
                }
            }.joined()
        } catch {
            return text
        }
    }
}
