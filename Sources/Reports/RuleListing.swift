public import Rules

/// Rules, written for people and for programs.
public enum RuleListing {
    /// A line a rule: id, severity, confidence, provider; sorted as given, UTF-8.
    public static func text(_ rules: [Rule]) -> String {
        let width = rules.map(\.id.count).max() ?? 0
        return rules.map { rule in
            let columns = [
                rule.id.padded(to: width), rule.severity.rawValue.padded(to: 8), rule.confidence.rawValue.padded(to: 6),
                rule.provider,
            ]
            return columns.joined(separator: "  ").visible + "\n"
        }.joined()
    }

    /// An array of objects, one a rule.
    public static func json(_ rules: [Rule]) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.array(rules) { writer, rule in
            writer.object { writer in
                writer.field("id", rule.id)
                writer.field("description", rule.description)
                writer.field("provider", rule.provider)
                writer.field("severity", rule.severity.rawValue)
                writer.field("confidence", rule.confidence.rawValue)
                writer.field("regex", ifPresent: rule.regex)
                writer.field("path", ifPresent: rule.path)
                writer.field("keywords", rule.keywords)
                if let context = rule.context {
                    writer.field(
                        "context",
                        object: { writer in
                            writer.field("words", context.words)
                            writer.field("lines", context.lines)
                            writer.field("file", context.file)
                            writer.field("paths", context.paths)
                            writer.field("assigned", context.assigned)
                        })
                }
                if let spec = rule.verification { writer.field("verification", object: { verification(spec, &$0) }) }
                writer.field("tags", rule.tags)
                writer.field("remediation", rule.remediation)
                writer.field("references", rule.references)
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func verification(_ spec: VerificationSpec, _ writer: inout JSONWriter) {
        writer.field("attempts", array: spec.attempts) { writer, attempt in
            writer.object { writer in
                writer.field("name", ifPresent: attempt.name.isEmpty ? nil : attempt.name)
                writer.field("method", attempt.method.rawValue)
                writer.field("url", attempt.url)
                writer.field("headers", attempt.headers.map { "\($0.name): \($0.value)" })
                writer.field("body", ifPresent: attempt.body)
                writer.field("answers", array: attempt.answers) { writer, answer in
                    writer.object { writer in
                        writer.field("status", array: answer.statuses) { $0.value($1) }
                        writer.field("type", answer.kind.rawValue)
                        writer.field("verdict", answer.liveness.rawValue)
                        writer.field("reason", ifPresent: answer.reason.isEmpty ? nil : answer.reason)
                    }
                }
            }
        }
    }

    /// All that a rule says, for a person who wonders why something was found.
    public static func details(_ rule: Rule) -> String {
        var lines = [
            "\(rule.id)", "  \(rule.explanation)", "",
            "  severity    \(rule.severity.rawValue)", "  confidence  \(rule.confidence.rawValue)",
        ]
        if !rule.provider.isEmpty { lines.append("  provider    \(rule.provider)") }
        if let regex = rule.regex { lines.append("  pattern     \(regex)") }
        if let path = rule.path { lines.append("  path        \(path)") }
        if !rule.keywords.isEmpty { lines.append("  keywords    \(rule.keywords.joined(separator: ", "))") }
        if let context = rule.context {
            if !context.words.isEmpty {
                lines.append("  near        \(context.words.joined(separator: ", ")) (within \(context.lines) lines)")
            }
            if !context.assigned.isEmpty {
                lines.append("  assigned to \(context.assigned.joined(separator: ", "))")
            }
        }
        if let entropy = rule.entropy { lines.append("  entropy     above \(entropy) bits a byte") }
        if let spec = rule.verification {
            lines += spec.attempts.enumerated().map { index, attempt in
                "  \(index == 0 ? "asked with  " : "then with   ")\(attempt.method.rawValue) \(attempt.url)"
            }
            lines +=
                spec.attempts[0].answers.map { answer in
                    let statuses = answer.statuses.map { "\($0)" }.joined(separator: ", ")
                    return "    \(statuses): \(answer.liveness.words)"
                        + (answer.reason.isEmpty ? "" : ", \(answer.reason)")
                }.uniqued
        }
        lines += ["", "  What to do"]
        lines += rule.steps.enumerated().map { "    \($0 + 1). \($1)" }
        if !rule.references.isEmpty { lines += [""] + rule.references.map { "  see \($0)" } }
        return lines.map(\.visible).joined(separator: "\n") + "\n"
    }
}

extension [String] {
    /// Each text once: several shapes of a body may mean the same.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension String {
    /// With spaces behind it, up to a number of characters.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
