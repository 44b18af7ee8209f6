import Findings
import Reports
import Rules

/// Says why something is refused, and what to do instead: to a person who has pasted a key, or to a model that writes one.
struct AgentReason {
    let event: AgentEvent
    let findings: [Finding]
    /// Whether they are in what the tool would commit, and not in what it is given.
    var isCommit = false

    /// More are counted, not told.
    private static let shownCount = 5

    /// For what is stopped.
    var text: String { text(beginning: first) }

    /// For what is let pass without the secrets.
    var maskedText: String {
        let subject = event.moment == .afterTool ? "gave" : "is given"
        return text(
            beginning: "windsock: what \(tool) \(subject) held \(count), and goes on with something else in its place.")
    }

    private func text(beginning: String) -> String {
        var lines = [beginning]
        for finding in findings.prefix(Self.shownCount) {
            let provider = finding.rule.provider
            let place =
                finding.occurrences.first.map { (isCommit ? ", \($0.path)" : "") + ", line \($0.region.startLine)" }
                ?? ""
            lines.append(
                "- \(finding.rule.id)\(provider.isEmpty ? "" : " of \(provider)"): \(finding.secret.redacted)\(place), \(finding.severity.rawValue), \(finding.confidence.rawValue) confidence"
            )
        }
        if findings.count > Self.shownCount { lines.append("- and \(findings.count - Self.shownCount) more") }
        return (lines + advice).joined(separator: "\n").visibleLines
    }

    private var count: String { findings.count == 1 ? "a secret" : "\(findings.count) secrets" }

    private var tool: String { event.tool.isEmpty ? "the tool" : event.tool }

    private var first: String {
        switch event.moment {
        case .prompt, .readyPrompt: return "windsock: the prompt holds \(count), and was not sent to the model."
        case .beforeTool where isCommit:
            return "windsock: what would be committed holds \(count); the commit was not made."
        case .beforeTool: return "windsock: what \(tool) is given holds \(count); it was not run."
        case .afterTool where event.client == .cursor && !event.tool.hasPrefix("MCP:"):
            return "windsock: what \(tool) gave holds \(count). Do not use it, repeat it or write it anywhere."
        case .afterTool: return "windsock: what \(tool) gave holds \(count), withheld from the model."
        case .beforeRead: return "windsock: the file holds \(count); it was not read."
        case .afterEdit: return "windsock: what was written holds \(count)."
        case .other: return "windsock: \(count) found."
        }
    }

    private var advice: [String] {
        let variable = findings.first.map(Self.variable) ?? "SECRET"
        let accept =
            findings.first.map { "`windsock baseline add \($0.fingerprint) --rule \($0.rule.id)`" }
            ?? "`windsock baseline add`"
        let pass =
            "Pass the value by the environment: set \(variable) before the agent is started, or in a file that is neither committed nor read by it, and write $\(variable) (or what reads it) in place of the value."
        let known = "What is no secret is accepted by \(accept)."
        switch event.moment {
        case .prompt, .readyPrompt: return ["Take the value out and send the rest.", pass, known]
        case .beforeTool, .other: return [pass, "Do not split, encode or disguise the value.", known]
        case .afterTool, .beforeRead: return ["Work without the value. \(pass)", known]
        case .afterEdit: return ["Take it out of the file again. \(pass)", known]
        }
    }

    /// What a program would call the value.
    static func variable(_ finding: Finding) -> String {
        guard !finding.rule.provider.isEmpty else { return "SECRET" }
        let words = finding.rule.id.uppercased().split(separator: "-")
        return words.joined(separator: "_")
    }
}

extension String {
    /// As `visible`, its lines kept.
    fileprivate var visibleLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }.joined(separator: "\n")
    }
}
