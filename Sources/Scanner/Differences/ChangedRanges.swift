import Bytes

/// What has to be looked at of a text that is made from a known one.
struct ChangedRanges {
    /// Whole lines around each change, or parts of very long ones; in order, not overlapping.
    private(set) var lines: [Range<Int>] = []
    /// What is new, in order; empty ranges where something was taken out.
    private var changes: [Range<Int>] = []
    /// For each of the lines, where its changes begin.
    private var firstChanges: [Int] = []
    /// Up to here the last lines are needed: where that line ends is asked only once nothing else is near.
    private var needed = 0

    /// Bytes to either side of a change that belong to it: the lines that it touches are looked at, and where it begins or
    /// ends with a line those next to it. Rules whose matches go from line to line are told apart by `FarTrigger`.
    private static let margin = 1
    /// The same where text was taken out or moved, so that old words and old values may have come together.
    private static let seamMargin = 256
    /// Less than so much that is taken out brings together only what stood near before.
    private static let longestGapLookedOver = 512

    /// Lines with fewer bytes between them are looked at together: each look has a price.
    private static let smallestGap = 64

    /// Bytes before and behind the lines that what is decoded there is judged by: as many as the decoders copy.
    static let nearMargin = (before: 768, behind: 896)

    /// The lines with so much around them, as whole lines, too.
    func near(_ text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var near = WindowList()
        for range in lines {
            let lower = max(0, range.lowerBound - Self.nearMargin.before)
            let upper = min(text.count, range.upperBound + Self.nearMargin.behind)
            near.insert(Self.start(before: lower, text)..<Self.end(behind: upper, text))
        }
        return near.ranges
    }

    /// What is new in some of the lines.
    func changes(in index: Int) -> ArraySlice<Range<Int>> {
        changes[firstChanges[index]..<(index + 1 < lines.count ? firstChanges[index + 1] : changes.count)]
    }

    /// Whether only parts of lines are looked at there.
    func isTorn(_ index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let range = lines[index]
        return range.lowerBound > 0 && text[range.lowerBound - 1] != 0x0a
            || range.upperBound < text.count && text[range.upperBound] != 0x0a
    }

    /// All of a text.
    init(whole text: UnsafeRawBufferPointer) {
        lines = [0..<text.count]
        changes = lines
        firstChanges = [0]
    }

    /// What the copies leave out, and the seams between copies.
    ///
    /// - Parameters:
    ///   - copies: In order of their offset in the text. Where one goes on from the other there is a seam, too: no match
    ///     is followed over it.
    ///   - baseCount: Length of the text that they were copied from.
    init(in text: UnsafeRawBufferPointer, notIn copies: some Collection<CopiedRange>, baseCount: Int) {
        changes.reserveCapacity(copies.count + 1)
        var last: CopiedRange?
        for copy in copies {
            if let last {
                note(last.end..<copy.offset, Self.margin(between: last, and: copy), in: text)
            } else if copy.offset != 0 || copy.baseOffset != 0 {
                note(0..<copy.offset, Self.margin, in: text)
            }
            last = copy
        }
        let (end, baseEnd) = (last?.end ?? 0, last?.baseEnd ?? 0)
        if end != text.count || baseEnd != baseCount { note(end..<text.count, Self.margin, in: text) }
        endLine(text)
    }

    private static func margin(between copy: CopiedRange, and next: CopiedRange) -> Int {
        let isNearer = copy.shift - next.shift > longestGapLookedOver || next.baseOffset < copy.baseEnd
        return isNearer ? seamMargin : margin
    }

    private mutating func note(_ change: Range<Int>, _ margin: Int, in text: UnsafeRawBufferPointer) {
        let lower = max(0, change.lowerBound - margin)
        let upper = min(text.count, change.upperBound + margin)
        if lines.isEmpty || lower > needed {
            endLine(text)
            let start = Self.start(before: lower, text)
            if lines.last.map({ start > $0.upperBound + Self.smallestGap }) ?? true {
                lines.append(start..<upper)
                firstChanges.append(changes.count)
            }
        }
        needed = max(needed, upper)
        changes.append(change)
    }

    private mutating func endLine(_ text: UnsafeRawBufferPointer) {
        guard let last = lines.last else { return }
        needed = Self.end(behind: needed, text)
        lines[lines.count - 1] = last.lowerBound..<needed
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
