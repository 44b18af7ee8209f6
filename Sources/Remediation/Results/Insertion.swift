/// A text that was put into a file, and that may be shown: a look-up, an import. What stood around a secret is none.
package struct Insertion: Sendable, Hashable {
    package var text: String
    /// How it is shown.
    package var shown: String

    package init(_ text: String, shown: String? = nil) { (self.text, self.shown) = (text, shown ?? text) }

    /// The forms in which a variable is referred to.
    static func references(to name: String) -> [Insertion] {
        var texts: Set<String> = [name, name.lowercased()]
        for language in Language.allCases {
            for quote in ["\"", "'", "\\\""] { texts.insert(language.lookup(name, quote: quote)) }
        }
        for form in [ReferenceForm.braces, .required, .maven, .editor, .parentheses, .percent] {
            texts.insert(form.text(name))
        }
        texts.formUnion([
            "Deno.env.get(\"\(name)\")", "Deno.env.get('\(name)')", "${{ secrets.\(name) }}",
            "$(cat /run/secrets/\(name))",
            "{{ lookup('env', '\(name)') }}", "${env:\(name)}", "$\(name)", "<\(name)>",
        ])
        if name.hasPrefix("TF_VAR_") { texts.insert("var.\(name.dropFirst("TF_VAR_".count))") }
        return texts.map { Insertion($0) }
    }

    /// What puts pieces of a value together: the pieces are not shown.
    static func assembled(_ pieces: [String], _ language: Language) -> Insertion? {
        guard let text = language.assembled(pieces), let shown = language.assembled(pieces.map { _ in "…" }) else {
            return nil
        }
        return Insertion(text, shown: shown)
    }
}
