/// What may stand behind a field's name in a rule file: for the reader's documentation and for editors.
package indirect enum FieldKind: Sendable {
    case text
    /// A PCRE2 pattern.
    case pattern
    /// A whole number of zero or more.
    case integer
    case number
    case truth
    /// One of these words.
    case choice([String])
    case several(FieldKind)
    /// A table in which any name may stand before a text, a whole number or a truth value.
    case scalars
    case table([FieldDescription])
    /// One or the other.
    case either(FieldKind, FieldKind)
}

/// A field without the type of what it belongs to.
package struct FieldDescription: Sendable {
    package var name: String
    package var kind: FieldKind
    /// One sentence for the author of a rule.
    package var summary: String
    /// Whether gitleaks has it, too.
    package var isOfGitleaks: Bool
    /// Whether a rule of a new file should not use it: another field says the same in less.
    package var isOlder: Bool
}
