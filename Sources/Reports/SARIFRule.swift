internal import Rules

/// A rule in the driver's list, with the help GitHub shows beside an alert.
struct SARIFRule {
    /// GitHub's limits.
    private static let textLimit = 1024
    private static let tagLimit = 20

    let rule: Rule

    func write(to writer: inout JSONWriter) {
        writer.field("id", rule.id)
        writer.field("name", name)
        writer.field(
            "shortDescription",
            object: {
                $0.field("text", rule.explanation.firstSentence.shortened(to: Self.textLimit))
            })
        writer.field("fullDescription", object: { $0.field("text", rule.explanation.shortened(to: Self.textLimit)) })
        if let link = rule.links.first { writer.field("helpUri", link) }
        writer.field(
            "help",
            object: {
                $0.field("text", help(link: { $0 }))
                $0.field("markdown", help(link: { "<\($0)>" }))
            })
        writer.field("defaultConfiguration", object: { $0.field("level", rule.severity.sarifLevel) })
        writer.field(
            "properties",
            object: {
                $0.field("tags", tags)
                $0.field("precision", rule.confidence.rawValue)
                $0.field("security-severity", rule.severity.securitySeverity)
            })
    }

    /// `mistral-api-key` as `MistralApiKey`, the form SARIF asks of names.
    private var name: String {
        rule.id.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private var tags: [String] {
        var seen: Set<String> = []
        let provider = rule.provider.isEmpty ? [] : [rule.provider.lowercased()]
        let all = (["security", "secret"] + provider + rule.tags).filter { seen.insert($0).inserted }
        return Array(all.prefix(Self.tagLimit))
    }

    private func help(link: (String) -> String) -> String {
        var lines = [rule.explanation, "", "What to do:", "", rule.numberedSteps]
        if !rule.links.isEmpty { lines += ["", "More about it:", ""] + rule.links.map { "- " + link($0) } }
        return lines.joined(separator: "\n")
    }
}

extension Severity {
    var sarifLevel: String {
        switch self {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "note"
        }
    }

    /// GitHub: over 9.0 is critical, 7.0 to 8.9 high, 4.0 to 6.9 medium.
    var securitySeverity: String {
        switch self {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        }
    }
}
