package import Rules

/// Rules, written for people and for programs.
package enum RuleListing {
    /// The names of the columns, a line a rule (id, severity, confidence, provider; sorted as given), and how many there
    /// are; UTF-8.
    package static func text(_ rules: [Rule]) -> String {
        let width = rules.map(\.id.count).max() ?? 0
        let lines = rules.map { rule in
            row(rule.id, rule.severity.rawValue, rule.confidence.rawValue, rule.provider, width)
        }
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
                for member in rule.listed where member.name != "verify" { write(member, to: &writer) }
                if let spec = rule.verification { writer.field("verification", object: { verification(spec, &$0) }) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func write(_ member: ListedValue.Member, to writer: inout JSONWriter) {
        switch member.value {
        case .text(let text): writer.field(member.name, text)
        case .integer(let number): writer.field(member.name, number)
        case .number(let number): writer.field(member.name, raw: "\(number)")
        case .truth(let truth): writer.field(member.name, truth)
        case .texts(let texts): writer.field(member.name, texts)
        case .table(let members):
            writer.field(member.name, object: { writer in for inner in members { write(inner, to: &writer) } })
        case .tables(let tables):
            writer.field(member.name, array: tables) { writer, table in
                guard case .table(let members) = table else { return }
                writer.object { writer in for inner in members { write(inner, to: &writer) } }
            }
        }
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
        for (name, value) in facts(rule.listed) {
            lines += filled(value, first: "  " + name.padded(to: 16) + " ", width: name == "regex" ? .max : width)
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

    /// What has a part of its own in the details.
    private static let shownApart: Set = ["id", "description", "remediation", "references", "verify", "allowlists"]

    /// The fields that say something, by the names that a rule file has for them.
    private static func facts(_ members: [ListedValue.Member], in table: String = "") -> [(name: String, value: String)]
    {
        var facts: [(name: String, value: String)] = []
        for member in members where !member.value.isEmpty && !shownApart.contains(member.name) {
            let name = table + member.name
            switch member.value {
            case .text(let text): facts.append((name, text))
            case .integer(let number): facts.append((name, "\(number)"))
            case .number(let number): facts.append((name, "\(number)"))
            case .truth: facts.append((name, "yes"))
            case .texts(let texts): facts.append((name, texts.joined(separator: ", ")))
            case .table(let members): facts += Self.facts(members, in: name + ".")
            case .tables: break
            }
        }
        return facts
    }

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
