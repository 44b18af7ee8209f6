/// What has to be looked at of a text that is made from a known one.
struct ChangedRanges {
    /// Whole lines around each change, or parts of very long ones; in order, not overlapping.
    private(set) var lines: [Range<Int>] = []
    /// For each of the lines, what of it is new; empty ranges where something was taken out.
    private(set) var changes: [[Range<Int>]] = []

    /// Bytes to either side of a change in which a match can be that was none before: rules whose matches are longer, or
    /// which look further around, are told apart by `FarTrigger`.
    static let margin = 512

    /// Whether only parts of lines are looked at there.
    func isTorn(_ index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let range = lines[index]
        return range.lowerBound > 0 && text[range.lowerBound - 1] != 0x0a
            || range.upperBound < text.count && text[range.upperBound] != 0x0a
    }

    /// All of a text.
    init(whole text: UnsafeRawBufferPointer) {
        lines = [0..<text.count]
        changes = [lines]
    }

    /// What the copies leave out, and the seams between copies.
    ///
    /// - Parameters:
    ///   - copies: In order of their offset in the text; no two go on from each other.
    ///   - baseCount: Length of the text that they were copied from.
    init(in text: UnsafeRawBufferPointer, notIn copies: some Sequence<CopiedRange>, baseCount: Int) {
        var end = 0
        var baseEnd = 0
        for copy in copies {
            if copy.offset != 0 || copy.baseOffset != 0 { note(end..<copy.offset, in: text) }
            end = copy.end
            baseEnd = copy.baseEnd
        }
        if end != text.count || baseEnd != baseCount { note(end..<text.count, in: text) }
    }

    private mutating func note(_ change: Range<Int>, in text: UnsafeRawBufferPointer) {
        let lower = max(0, change.lowerBound - Self.margin)
        let upper = min(text.count, change.upperBound + Self.margin)
        let last = lines.last
        let start = if let last, lower <= last.upperBound { last.lowerBound } else { Self.start(before: lower, text) }
        let end = if let last, upper <= last.upperBound { last.upperBound } else { Self.end(behind: upper, text) }
        if let last, start <= last.upperBound {
            lines[lines.count - 1] = last.lowerBound..<max(end, last.upperBound)
            changes[changes.count - 1].append(change)
        } else {
            lines.append(start..<end)
            changes.append([change])
        }
    }

    /// Of a longer line only a part is looked at; what is encoded in it is not torn apart.
    private static let longestLine = 2048

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2d...0x3a, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x3d, 0x5f, 0x7e: true
        default: false
        }
    }

    /// Where the line begins, or a token in a long line.
    static func start(before offset: Int, _ text: UnsafeRawBufferPointer) -> Int {
        var start = text.lineStart(of: offset, reach: longestLine)
        guard offset - start >= longestLine else { return start }
        while start > 0, isToken(text[start - 1]) { start -= 1 }
        return start
    }

    /// Where the line ends, or a token in a long line.
    static func end(behind offset: Int, _ text: UnsafeRawBufferPointer) -> Int {
        var end = text.lineEnd(of: offset, reach: longestLine)
        guard end - offset >= longestLine else { return end }
        while end < text.count, isToken(text[end]) { end += 1 }
        return end
    }

    /// How many bytes the lines have together.
    var count: Int { lines.reduce(0) { $0 + $1.count } }
}
