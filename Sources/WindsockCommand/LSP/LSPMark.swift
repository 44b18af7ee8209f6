import Findings
import Reports
import Rules

/// A secret at one of its places, as an editor marks it.
struct LSPMark {
    let finding: Finding
    let region: Occurrence.Region

    var start: LSPDocument.Position {
        LSPDocument.Position(line: region.startLine - 1, character: region.startColumn - 1)
    }
    var end: LSPDocument.Position {
        LSPDocument.Position(line: region.endLine - 1, character: region.endColumn - 1)
    }

    /// All places of all findings, in order.
    static func all(_ findings: [Finding]) -> [LSPMark] {
        findings.flatMap { finding in finding.occurrences.map { LSPMark(finding: finding, region: $0.region) } }
            .sorted { $0.start < $1.start }
    }

    /// Whether it stands, in part, between two places.
    func touches(_ first: LSPDocument.Position, _ last: LSPDocument.Position) -> Bool { start <= last && first <= end }

    func writeRange(_ writer: inout JSONWriter) {
        writer.field(
            "range",
            object: {
                $0.field("start", object: { Self.write(start, &$0) })
                $0.field("end", object: { Self.write(end, &$0) })
            })
    }

    static func write(_ position: LSPDocument.Position, _ writer: inout JSONWriter) {
        writer.field("line", position.line)
        writer.field("character", position.character)
    }

    func writeDiagnostic(_ writer: inout JSONWriter) {
        writeRange(&writer)
        writer.field("severity", severity)
        writer.field("code", finding.rule.id)
        if let address = finding.rule.references.first(where: { $0.hasPrefix("https://") }) {
            writer.field("codeDescription", object: { $0.field("href", address) })
        }
        writer.field("source", "windsock")
        writer.field("message", "\(finding.secret.redacted.visible): \(finding.rule.explanation)")
        writer.field("data", object: { $0.field("fingerprint", finding.fingerprint.description) })
    }

    /// Error, warning, information.
    private var severity: Int {
        switch finding.severity {
        case .critical, .high: 1
        case .medium: 2
        case .low: 3
        }
    }

    /// What is said of it, in Markdown.
    var explanation: String {
        let steps = finding.rule.steps.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
        let provider = finding.rule.provider
        return """
            **\(finding.rule.id)**\(provider.isEmpty ? "" : ", \(provider)"): `\(finding.secret.redacted.visible)`

            \(finding.rule.explanation)

            Severity \(finding.severity.rawValue), \(finding.confidence.rawValue) confidence, `\(finding.fingerprint)`

            \(steps)
            """
    }
}
