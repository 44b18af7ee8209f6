import Bytes

/// Looks at what a text has that its base has not: what the text was made from.
extension TextMatcher {
    /// Fills `matches`, `undecided` and `distantKeywords` with what the changed parts of a text hold.
    ///
    /// - Parameters:
    ///   - changed: Where the text is not as its base was.
    ///   - neighborhoods: Those of the changes: `encodedRuns` may be asked for them afterwards.
    ///   - inherited: The distant keywords of the base.
    mutating func match(
        _ text: UnsafeRawBufferPointer, changed: ChangedRanges, neighborhoods: [Range<Int>], inherited: KeywordSet
    ) {
        precondition(candidates.distantRules != nil, "a matcher of changes knows distant rules")
        begin(Place(path: nil))
        candidates.begin(
            inheriting: inherited, neighborhoods: neighborhoods, cutsLines: changed.cutsAnyLine(of: text), in: text)
        var number = neighborhoods.startIndex
        var longest: TokenRuns.Longest?
        for (index, range) in changed.lines.enumerated() {
            while neighborhoods[number].upperBound < range.upperBound {
                number += 1
                longest = nil
            }
            let part = changed.part(index, of: text)
            let mayHoldValues = candidates.mayHoldValues(part, of: text)
            if mayHoldValues { candidates.findNames(above: part, of: text) }
            candidates.find(in: part, longest: &longest, neighborhood: neighborhoods[number], of: text)
            if mayHoldValues { candidates.findNames(below: part, of: text) }
            candidates.findBlocks(around: part, inheriting: inherited, of: text)
        }
        candidates.takeOverDistantNames()
        candidates.openUntriggered(in: neighborhoods, of: text)
        finish(text)
    }
}
