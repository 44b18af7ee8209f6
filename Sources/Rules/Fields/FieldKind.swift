/// What may stand behind a field's name in a rule file: for the reader's documentation and for editors.
package indirect enum FieldKind: Sendable {
    case text
    /// A text in which this regular expression, in the syntax that JSON schemas have, finds something.
    case textLike(String)
    /// A PCRE2 pattern.
    case pattern
    /// A whole number.
    case integer(ClosedRange<Int>)
    case number
    case truth
    /// One of these words.
    case choice([String], Spelling = .anyCase)
    /// A list, of one element or more if it says so.
    case several(FieldKind, isNeverEmpty: Bool = false)
    /// A table in which any name may stand before such a value.
    case named(FieldKind)
    case table([FieldDescription], [TableDemand] = [])
    /// One or the other.
    case either(FieldKind, FieldKind)
    /// Passed over, whatever it is.
    case anything
    /// A field that there is only to be refused with a reason.
    case refused

    /// A whole number of zero or more.
    static let count = FieldKind.integer(0 ... .max)
    /// A text, a whole number or a truth value.
    static let scalar = FieldKind.either(.text, .either(.integer(.min ... .max), .truth))

    /// How the words of a choice may be written.
    package enum Spelling: Sendable {
        case exact, anyCase
        /// As they are, or as this regular expression says.
        case like(String)
    }
}

/// What a table asks for beside the kinds of its fields. Its reader checks the same, with a reason.
package enum TableDemand: Sendable {
    /// All of these stand in it.
    case all([String])
    /// One of these does, or several.
    case any([String])
    /// One of these lists does, and is not empty.
    case anyElement([String])
    /// The field stands beside none of these.
    case apart(String, from: [String])
    /// The field stands only beside one of these.
    case beside(String, [String])
    /// The field stands there if another has this value, and only then; or, if `isPresent` is false, if it has another.
    case tied(String, to: String, value: String, isPresent: Bool)
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
