package import Rules

/// Rules, written for people and for programs.
package enum RuleListing {
    /// A line a rule: id, severity, confidence, provider; sorted as given, UTF-8.
    ///
    /// - Parameter hasHeader: Name the columns first, and count the rules last: for people.
    package static func text(_ rules: [Rule], hasHeader: Bool = false) -> String {
        let width = rules.map(\.id.count).max() ?? 0
        let lines = rules.map { rule in
            row(rule.id, rule.severity.rawValue, rule.confidence.rawValue, rule.provider, width)
        }
        guard hasHeader else { return lines.joined() }
        let providers = Set(rules.map(\.provider)).subtracting([""]).count
        return row("rule", "severity", "confidence", "provider", width) + lines.joined()
            + "\(Quantity.count(rules.count, "rule")) of \(Quantity.count(providers, "provider"))\n"
    }

    private static func row(
        _ id: String, _ severity: String, _ confidence: String, _ provider: String, _ width: Int
    ) -> String {
        [id.padded(to: width), severity.padded(to: 8), confidence.padded(to: 10), provider]
            .joined(separator: "  ").visible + "\n"
    }

    /// An array of objects, one a rule.
    package static func json(_ rules: [Rule]) -> [UInt8] {
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
    ///
    /// - Parameter width: Columns that sentences are wrapped to.
    package static func details(_ rule: Rule, width: Int) -> String {
        var lines = [rule.id] + filled(rule.explanation, first: "  ", width: width) + [""]
        for (name, value) in facts(rule) where !value.isEmpty {
            lines += filled(value, first: "  " + name.padded(to: 13), width: name == "pattern" ? .max : width)
        }
        if let spec = rule.verification {
            lines += spec.attempts.enumerated().map { index, attempt in
                "  \(index == 0 ? "asked with   " : "then with    ")\(attempt.method.rawValue) \(attempt.url)"
            }
            lines +=
                spec.attempts[0].answers.map { answer in
                    let statuses = answer.statuses.map { "\($0)" }.joined(separator: ", ")
                    return "    \(statuses): \(answer.liveness.words)"
                        + (answer.reason.isEmpty ? "" : ", \(answer.reason)")
                }.uniqued
        }
        if !rule.allowlists.isEmpty {
            lines += ["", "  Never reported"]
            lines += rule.allowlists.flatMap { filled($0.summary, first: "    - ", width: width) }
        }
        lines += ["", "  What to do"]
        for (index, step) in rule.steps.enumerated() {
            lines += filled(step, first: "    \(index + 1). ", width: width)
        }
        if !rule.references.isEmpty { lines += [""] + rule.references.map { "  see \($0)" } }
        return lines.map(\.visible).joined(separator: "\n") + "\n"
    }

    private static func facts(_ rule: Rule) -> [(name: String, value: String)] {
        let context = rule.context
        let counts = [
            (rule.minimumDigits, "digits"), (rule.minimumUppercase, "upper-case letters"),
            (rule.minimumLowercase, "lower-case letters"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let near = context.map { $0.words.isEmpty ? "" : "\(list($0.words)) (within \($0.lines) lines)" }
        return [
            ("severity", rule.severity.rawValue), ("confidence", rule.confidence.rawValue),
            ("provider", rule.provider), ("tags", list(rule.tags)), ("pattern", rule.regex ?? ""),
            ("path", rule.path ?? ""), ("keywords", list(rule.keywords)), ("near", near ?? ""),
            ("or in file", list(context?.file ?? [])), ("or in path", list(context?.paths ?? [])),
            ("assigned to", list(context?.assigned ?? [])), ("at least", list(counts)),
            ("entropy", rule.entropy.map { "above \($0) bits a byte" } ?? ""),
            ("checked by", rule.validator?.rawValue ?? ""),
        ]
    }

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }

    /// Words filled up to a width; further lines are indented as far as the text of the first.
    private static func filled(_ text: String, first: String, width: Int) -> [String] {
        let rest = String(repeating: " ", count: first.count)
        var lines = [first]
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, width < .max, lines[lines.count - 1].count + 1 + word.count > max(40, width) {
                lines.append(rest)
                isEmpty = true
            }
            lines[lines.count - 1] += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines
    }
}

extension Allowlist {
    /// What the list is about, in a line.
    fileprivate var summary: String {
        if !description.isEmpty { return description }
        let parts = [
            (regexes, "values like"), (stopwords, "values with"), (paths, "files like"), (commits, "commits"),
        ].filter { !$0.0.isEmpty }.map { "\($0.1) \($0.0.joined(separator: ", "))" }
        return parts.joined(separator: condition == .all ? " and " : " or ")
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
