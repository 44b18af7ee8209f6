import Remediation

/// What puts a look-up into the place of a secret of an open text.
struct LSPFix {
    /// The variable that is looked up.
    let name: String
    let changes: [LSPChange]

    /// - Returns: `nil` where nothing can be looked up in its place.
    init?(_ mark: LSPMark, in document: LSPDocument) {
        guard let path = FileAddress.path(of: document.address) else { return nil }
        // Places are those of the text as the editor has it, which a carriage return by itself, or a mark, would move.
        let text = document.text
        guard LSPDocument.inLines(text) == text, !text.contains(0) else { return nil }
        var finding = mark.finding
        finding.occurrences = finding.occurrences.filter { $0.region == mark.region }
        guard let entry = SecretPlaces([finding], in: text).fixable.first else { return nil }
        var names = VariableNames()
        // Another file of a folder of Terraform may declare it.
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let declared = path.hasSuffix(".tf") ? TerraformVariables.names(inFolder: folder) : []
        let fix = FileFixer(path: path, declared: declared).fix(text, [entry.place], &names)
        guard let place = fix.places.first, place.outcome == .replaced, let name = place.name else { return nil }
        self.name = name
        changes = fix.edits.map { edit in
            LSPChange(
                start: document.position(of: edit.range.lowerBound), end: document.position(of: edit.range.upperBound),
                text: String(decoding: edit.text, as: UTF8.self))
        }
    }
}
