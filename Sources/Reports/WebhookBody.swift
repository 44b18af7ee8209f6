package import Findings
internal import Rules

/// The body of a message for a chat, or for a program: how many secrets there are, and the first of them.
package enum WebhookBody: String, CaseIterable, Sendable {
    case slack, teams, generic

    private static let shownCount = 10

    /// JSON, on one line.
    package func bytes(of result: ScanResult) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        let verdict = AuditListing(result, nil, isColored: false).verdict
        let lines = result.findings.prefix(Self.shownCount).map(Self.line)
        let more = result.findings.count - lines.count
        let rest = more > 0 ? ["and \(Quantity.grouped(more)) more"] : []
        switch self {
        case .slack:
            let text = (["*\(Self.escaped(verdict))*"] + (lines + rest).map { "• \(Self.escaped($0))" }).joined(
                separator: "\n")
            writer.object { $0.field("text", text) }
        case .teams: writer.object { Self.card(Self.plain(verdict), (lines + rest).map(Self.plain), &$0) }
        case .generic: writer.object { Self.fields(result, verdict, &$0) }
        }
        writer.endLine()
        return writer.bytes
    }

    /// `high mistral-api-key AbCd…WxYz, shop/.env:1 and 4 more`
    private static func line(_ finding: Finding) -> String {
        let word = finding.isLive ? "LIVE" : finding.severity.rawValue
        var line = "\(word) \(finding.rule.id) \(finding.secret.redacted)"
        if let first = finding.occurrences.first {
            line += ", \(first.path):\(first.region.startLine)"
            let more = finding.occurrences.count - 1
            if more > 0 { line += " and \(Quantity.grouped(more)) more" }
        }
        return line.visible
    }

    /// What Slack takes for its own: <https://api.slack.com/reference/surfaces/formatting#escaping>.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// Cards take text for Markdown, and whoever names a file would name a link.
    private static func plain(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if "\\`*_[]".contains(character) { result += "\\" }
            result.append(character)
        }
    }

    /// <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>
    private static func card(_ title: String, _ lines: [String], _ writer: inout JSONWriter) {
        writer.field("type", "message")
        writer.field("attachments", array: [title]) { writer, title in
            writer.object { writer in
                writer.field("contentType", "application/vnd.microsoft.card.adaptive")
                writer.field(
                    "content",
                    object: { writer in
                        writer.field("type", "AdaptiveCard")
                        writer.field("version", "1.4")
                        writer.field("body", array: [title] + lines) { writer, text in
                            writer.object { writer in
                                writer.field("type", "TextBlock")
                                writer.field("text", text)
                                writer.field("wrap", true)
                            }
                        }
                    })
            }
        }
    }

    private static func fields(_ result: ScanResult, _ verdict: String, _ writer: inout JSONWriter) {
        writer.field("text", verdict)
        writer.field("secrets", result.findings.count)
        writer.field("live", result.findings.count(where: \.isLive))
        writer.field("complete", result.summary.isComplete)
        writer.field("findings", array: result.findings.prefix(shownCount)) { writer, finding in
            writer.object { writer in
                writer.field("rule", finding.rule.id)
                writer.field("severity", finding.severity.rawValue)
                writer.field("fingerprint", finding.fingerprint.description)
                writer.field("redacted", finding.secret.redacted)
                writer.field("live", finding.isLive)
                writer.field("path", ifPresent: finding.occurrences.first?.path)
            }
        }
    }
}
