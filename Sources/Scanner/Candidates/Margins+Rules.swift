import Rules

extension Margins {
    /// What is taken for the longest match of a pattern that has no bound.
    private static let unboundedMatch = 65536
    /// Before and behind changed lines, what is decoded anew with them: as much as the decoders copy.
    static let neighborhood = (before: 768, behind: 896)

    /// Where rules are tried that are set off by words of their context: what encloses a value is looked for as far above
    /// it, and what is near as far below, as these say.
    static let context = (before: 2 * line + 1024, behind: enclosingLines + 512)

    /// What a match of a rule may reach or look at behind the window in which it begins.
    static func behindWindow(of rule: Rule) -> Int { longestMatch(of: rule.shape) + match }

    /// The longest match of a pattern, or what is taken for it.
    static func longestMatch(of shape: PatternShape?) -> Int {
        min(shape?.maximumLength ?? unboundedMatch, unboundedMatch)
    }
}
