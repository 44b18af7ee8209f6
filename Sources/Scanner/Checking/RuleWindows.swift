import Rules

/// What of a text the matches of one rule can take. `TextMatcher` tries no more, and less where the pattern says how far
/// before a keyword its matches begin.
struct RuleWindows {
    private let rule: Rule
    private let prefilter: Prefilter?

    init(_ rule: Rule) {
        self.rule = rule
        let keywords = rule.triggers.map { Array($0.utf8) }
        let lengths = Prefilter.minimumKeywordLength...Prefilter.maximumKeywordLength
        prefilter =
            keywords.isEmpty || keywords.contains { !lengths.contains($0.count) } ? nil : Prefilter(keywords: keywords)
    }

    /// What the keywords open: the bytes that a pattern's cost is divided by.
    func opened(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard let prefilter else { return [0..<text.count] }
        var windows = WindowList()
        let buffer = prefilter.makeHitBuffer()
        defer { buffer.deallocate() }
        prefilter.forEachHit(in: text, buffer: buffer) { offset, _ in
            switch rule.reach {
            case .text: windows.insert(0..<text.count)
            case .around(let before, let behind):
                windows.insert(max(0, offset - before)..<min(text.count, offset + behind))
            case .line: windows.insert(text.lineStart(of: offset)..<text.lineEnd(of: offset))
            }
        }
        return windows.ranges
    }

    /// What of them is searched: where the pattern needs a long token, only the places that have one.
    func searched(_ windows: [Range<Int>], in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard let shape = rule.shape, TokenRuns.narrows(shape) else { return windows }
        var runs = TokenRuns()
        return runs.restrict(windows, to: shape, in: text)
    }
}
