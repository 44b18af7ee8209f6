import Bytes
import Rules

/// What of a text the matches of one rule can take, and where `CandidateFinder` says that they can begin.
struct RuleWindows {
    private let rule: Rule
    private let prefilter: Prefilter?

    init(_ rule: Rule) {
        self.rule = rule
        let keywords = rule.triggers.map { Array($0.utf8) }
        prefilter =
            keywords.isEmpty || keywords.contains { !Prefilter.keywordLengths.contains($0.count) }
            ? nil : Prefilter(keywords.map { .init(bytes: $0) })
    }

    /// What matches can take: the bytes that a pattern's cost is divided by.
    func opened(in text: UnsafeRawBufferPointer) -> [Range<Int>] { windows(rule.extent, in: text) }

    private func windows(_ window: KeywordWindow, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard let prefilter else { return [0..<text.count] }
        var windows = WindowList()
        let room = prefilter.makeHitBuffer()
        prefilter.forEachHit(in: text, room: room) { offset, _ in
            switch window {
            case .text, .keyword: windows.insert(0..<text.count)
            case .around(let before, let behind): windows.insert(around: offset, before, behind, in: text)
            case .context:
                windows.insert(around: offset, Margins.context.before, Margins.context.behind, in: text)
            case .line: windows.insert(text.lineStart(of: offset)..<text.lineEnd(of: offset))
            }
        }
        return windows.ranges
    }

    /// Where matches can begin: where the keywords say, and, if the pattern needs a long token, where one is.
    func searched(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let places = windows(rule.beginnings, in: text)
        guard let shape = rule.shape, TokenRuns.narrows(shape) else { return places }
        var runs = TokenRuns()
        return runs.restrict(places, to: shape, in: text)
    }
}

extension WindowList {
    /// A window around a keyword; see `KeywordWindow.around`.
    fileprivate mutating func insert(around offset: Int, _ before: Int, _ behind: Int, in text: UnsafeRawBufferPointer)
    {
        // A match that would begin before the text is none.
        guard offset + behind > 0 else { return }
        insert(max(0, offset - before)..<min(text.count, offset + behind))
    }
}
