import Rules

/// What narrows the places at which a rule's matches can begin, read from its pattern when the rule is first set off.
///
/// A class, kept by each thread: to ask the rule takes an atomic load, and to copy a shape retains its arrays, at every text.
final class RuleNarrowing {
    /// `nil`: nothing is known of the pattern.
    private let shape: PatternShape?
    private let usesRuns: Bool
    private let words: RequiredWords?

    init(_ rule: Rule) {
        let shape = rule.shape
        self.shape = shape
        usesRuns = shape.map(TokenRuns.narrows) ?? false
        words = shape.map { RequiredWords(rule, $0) }
    }

    /// - Parameter ranges: In which matches begin; in order.
    func restrict(
        _ ranges: [Range<Int>], in text: UnsafeRawBufferPointer, _ runs: inout TokenRuns
    ) -> [Range<Int>] {
        guard let shape, let words else { return ranges }
        let parts = usesRuns ? runs.restrict(ranges, to: shape, in: text) : ranges
        return parts.isEmpty ? parts : words.restrict(parts, in: text)
    }
}
