import Reports

/// What an editor offers to do about a secret.
enum LSPAction {
    /// A comment at the end of the line.
    case allow(LSPMark, address: String, version: Int, place: LSPDocument.Position, comment: String)
    /// An entry of the baseline.
    case accept(LSPMark, address: String)

    /// A look-up in its place, and what that needs besides.
    case lookUp(LSPMark, address: String, version: Int, name: String, changes: [LSPChange])

    static func all(for mark: LSPMark, in document: LSPDocument?) -> [LSPAction] {
        guard let document else { return [] }
        var actions = [accept(mark, address: document.address)]
        if let form = LSPComment.form(document.language, path: FileAddress.path(of: document.address)) {
            actions.insert(
                .allow(
                    mark, address: document.address, version: document.version,
                    place: document.end(ofLine: mark.start.line),
                    comment: "\(form.ahead)windsock:allow \(mark.finding.rule.id) REASON\(form.behind)"), at: 0)
        }
        if let fix = LSPFix(mark, in: document) {
            actions.insert(
                .lookUp(
                    mark, address: document.address, version: document.version, name: fix.name, changes: fix.changes),
                at: 0)
        }
        return actions
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("kind", "quickfix")
        switch self {
        case .lookUp(let mark, let address, let version, let name, let changes):
            writer.field("title", "Look \(mark.finding.secret.redacted.visible) up in the environment as \(name)")
            Self.writeEdit(mark, address, version, changes, &writer)
        case .allow(let mark, let address, let version, let place, let comment):
            writer.field("title", "Allow \(mark.finding.secret.redacted.visible) here, with a reason")
            Self.writeEdit(
                mark, address, version, [LSPChange(start: place, end: place, text: comment)], &writer)
        case .accept(let mark, let address):
            writer.field("title", "Add \(mark.finding.secret.redacted.visible) to the baseline")
            writer.field("diagnostics", array: [mark]) { writer, mark in writer.object { mark.writeDiagnostic(&$0) } }
            writer.field(
                "command",
                object: {
                    $0.field("title", "Add to the baseline")
                    $0.field("command", LSPServer.acceptCommand)
                    $0.field("arguments", [address, mark.finding.fingerprint.description])
                })
        }
    }

    private static func writeEdit(
        _ mark: LSPMark, _ address: String, _ version: Int, _ changes: [LSPChange], _ writer: inout JSONWriter
    ) {
        writer.field("diagnostics", array: [mark]) { writer, mark in writer.object { mark.writeDiagnostic(&$0) } }
        writer.field(
            "edit",
            object: { writer in
                writer.field("documentChanges", array: [address]) { writer, address in
                    writer.object { writer in
                        writer.field(
                            "textDocument",
                            object: {
                                $0.field("uri", address)
                                $0.field("version", version)
                            })
                        writer.field("edits", array: changes) { writer, change in
                            writer.object { change.write(&$0) }
                        }
                    }
                }
            })
    }
}

/// A part of a text that an editor is to replace.
struct LSPChange {
    let start: LSPDocument.Position
    let end: LSPDocument.Position
    let text: String

    func write(_ writer: inout JSONWriter) {
        writer.field(
            "range",
            object: {
                $0.field("start", object: { LSPMark.write(start, &$0) })
                $0.field("end", object: { LSPMark.write(end, &$0) })
            })
        writer.field("newText", text)
    }
}
