import Findings
import Reports
import Rules
import Scanner

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

    /// The same where only a person reads it, who may know better.
    var personText: String { text(beginning: first, isForPerson: true) }

    /// For what is let pass without the secrets.
    var maskedText: String {
        let subject = event.moment == .afterTool ? "gave" : "is given"
        return text(
            beginning: "windsock: what \(tool) \(subject) held \(count), and goes on with something else in its place.")
    }

    private func text(beginning: String, isForPerson: Bool = false) -> String {
        var lines = [beginning]
        for finding in findings.prefix(Self.shownCount) {
            let provider = finding.rule.provider
            let place =
                finding.occurrences.first.map {
                    (isCommit ? ", \(hidden($0.path))" : "") + ", line \($0.region.startLine)"
                }
                ?? ""
            lines.append(
                "- \(finding.rule.id)\(provider.isEmpty ? "" : " of \(provider)"): \(finding.secret.redacted)\(place), \(finding.severity.rawValue), \(finding.confidence.rawValue) confidence"
            )
        }
        if findings.count > Self.shownCount { lines.append("- and \(findings.count - Self.shownCount) more") }
        // A prompt that is refused no model has seen, nor sees what is said of it.
        let advice = advice + [isForPerson || event.moment == .prompt ? known : forModel]
        return (lines + advice).joined(separator: "\n").visibleLines
    }

    /// Names of files can hold what was found, and what was not.
    private func hidden(_ path: String) -> String {
        findings.reduce(MaskedText.masked(path)) { text, finding in
            [finding.secret.bytes, finding.secret.value.bytes].reduce(text) { text, bytes in
                bytes.isEmpty ? text : text.replacing(String(decoding: bytes, as: UTF8.self), with: "…")
            }
        }
    }

    private var count: String { findings.count == 1 ? "a secret" : "\(findings.count) secrets" }

    private var tool: String { event.knownTool }

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
        let pass =
            "Pass the value by the environment: set \(variable) before the agent is started, or in a file that is neither committed nor read by it, and write $\(variable) (or what reads it) in place of the value."
        switch event.moment {
        case .prompt, .readyPrompt: return ["Take the value out and send the rest.", pass]
        case .beforeTool, .other: return [pass, "Do not split, encode or disguise the value."]
        case .afterTool, .beforeRead: return ["Work without the value. \(pass)"]
        case .afterEdit: return ["Take it out of the file again. \(pass)"]
        }
    }

    /// For whoever may say that it is no secret.
    private var known: String {
        let accept =
            findings.first.map { "`windsock baseline add \($0.fingerprint) --rule \($0.rule.id)`" }
            ?? "`windsock baseline add`"
        return "What is no secret is accepted by \(accept)."
    }

    /// A model that is told how to accept it does so.
    private var forModel: String {
        "If it is no secret, that is for the user to say, in a terminal of their own (`windsock baseline --help`): ask them."
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
