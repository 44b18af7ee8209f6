/// What has to be looked at of a blob that is made from a known one: whole lines around each place where it is not as
/// its base was.
enum ChangedRanges {
    /// Bytes to either side of a change in which a match can be that was none before: rules whose matches are longer, or
    /// which look further around, are told apart by `ScanEngine.farTriggers`.
    static let margin = 512

    /// Lines with what the copies leave out, and with the seams between copies; in order, not overlapping.
    ///
    /// - Parameters:
    ///   - copies: In order of their offset in the text; no two go on from each other.
    ///   - baseCount: Length of the text that they were copied from.
    static func lines(
        of text: UnsafeRawBufferPointer, notIn copies: some Sequence<CopiedRange>, baseCount: Int
    ) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var end = 0
        var baseEnd = 0
        for copy in copies {
            if copy.offset != 0 || copy.baseOffset != 0 { note(end..<copy.offset, in: text, &result) }
            end = copy.end
            baseEnd = copy.baseEnd
        }
        if end != text.count || baseEnd != baseCount { note(end..<text.count, in: text, &result) }
        return result
    }

    private static func note(_ change: Range<Int>, in text: UnsafeRawBufferPointer, _ result: inout [Range<Int>]) {
        let lower = max(0, change.lowerBound - margin)
        let upper = min(text.count, change.upperBound + margin)
        let last = result.last
        let start = if let last, lower <= last.upperBound { last.lowerBound } else { text.lineStart(of: lower) }
        let end = if let last, upper <= last.upperBound { last.upperBound } else { text.lineEnd(of: upper) }
        if let last, start <= last.upperBound {
            result[result.count - 1] = last.lowerBound..<max(end, last.upperBound)
        } else {
            result.append(start..<end)
        }
    }
}
