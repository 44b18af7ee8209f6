/// A part of an RE2 pattern that means something else in PCRE2 in byte mode, and could not be rewritten.
public struct PatternDifference: Sendable, Hashable, CustomStringConvertible {
    /// As it stands in the pattern: `\p{Greek}`.
    public var construct: String
    /// What is different here.
    public var meaning: String
    /// What to write instead.
    public var advice: String

    /// One sentence: what it is, what it means here, what to do.
    public var description: String { "\(construct) \(meaning); \(advice)" }
}
