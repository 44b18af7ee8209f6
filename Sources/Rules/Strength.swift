/// What a rule knows a secret by.
public enum Strength: String, Sendable, Hashable, CaseIterable {
    /// By a form, a provider or a context of its own.
    case own
    /// By looking like some secret: such a rule gives way to every other, and its values must not be words.
    case generic
}

extension Strength: ChoiceValue {
    static var fallback: Strength { .own }
    var listed: ListedValue? { self == .own ? nil : .text(rawValue) }
}
