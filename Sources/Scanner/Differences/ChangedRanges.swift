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
    /// ends with a line those next to it. Rules whose matches go from line to line are told apart by `DistantTrigger`.
    private static let margin = 1
    /// Bytes to either side that belong to a change where text was taken out or moved, so that old words and old values
    /// may have come together.
    private static let seamMargin = 256
    /// Less than so much that is taken out brings together only what stood near before.
    private static let longestGapLookedOver = 512

    /// Lines with fewer bytes between them are looked at together: each look has a price.
    private static let smallestGap = 64

    /// The lines with what is decoded anew around them (`Margins.neighborhood`), as whole lines, too.
    func neighborhoods(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var neighborhoods = WindowList()
        for range in lines {
            // Of a value that is wrapped each line counts: a change in one can change what all below it stand for.
            let block = WrappedBlock.lines(around: range, in: text)
            let lower = max(0, block.lowerBound - Margins.neighborhood.before)
            let upper = min(text.count, block.upperBound + Margins.neighborhood.behind)
            neighborhoods.insert(Self.start(before: lower, text)..<Self.end(behind: upper, text))
        }
        return neighborhoods.ranges
    }

    /// One of the lines, with what is new in it.
    func part(_ index: Int, of text: UnsafeRawBufferPointer) -> ChangedPart {
        let end = index + 1 < lines.count ? firstChanges[index + 1] : changes.count
        return ChangedPart(
            lines: lines[index], changes: changes[firstChanges[index]..<end], cutsLine: cutsLine(index, text))
    }

    /// Whether any of the lines is only a part of one.
    func cutsAnyLine(of text: UnsafeRawBufferPointer) -> Bool { lines.indices.contains { cutsLine($0, text) } }

    private func cutsLine(_ index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let range = lines[index]
        return range.lowerBound > 0 && text[range.lowerBound - 1] != .lineFeed
            || range.upperBound < text.count && text[range.upperBound] != .lineFeed
    }

    /// All of a text.
    init(whole text: UnsafeRawBufferPointer) {
        lines = [0..<text.count]
        changes = lines
        firstChanges = [0]
        checkInvariants(text)
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
        checkInvariants(text)
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

    /// Where the line begins, or a token in a long line.
    static func start(before offset: Int, _ text: UnsafeRawBufferPointer) -> Int {
        var start = text.lineStart(of: offset, reach: longestLine)
        guard offset - start >= longestLine else { return start }
        while start > 0, ByteSet.token.contains(text[start - 1]) { start -= 1 }
        return start
    }

    /// Where the line ends, or a token in a long line.
    static func end(behind offset: Int, _ text: UnsafeRawBufferPointer) -> Int {
        var end = text.lineEnd(of: offset, reach: longestLine)
        guard end - offset >= longestLine else { return end }
        while end < text.count, ByteSet.token.contains(text[end]) { end += 1 }
        return end
    }

    /// How many bytes the lines have together.
    var count: Int { lines.reduce(0) { $0 + $1.count } }
}

extension ChangedRanges {
    /// Stops a debug build in which lines overlap, or hold no change, or do not hold theirs.
    private func checkInvariants(_ text: UnsafeRawBufferPointer) {
        assert(lines.count == firstChanges.count && firstChanges.first ?? 0 == 0)
        assert(zip(lines, lines.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }, "lines overlap")
        assert(lines.last?.upperBound ?? 0 <= text.count && changes.last?.upperBound ?? 0 <= text.count)
        assert(zip(changes, changes.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "changes overlap")
        assert(
            lines.indices.allSatisfy { index in
                let changes = part(index, of: text).changes
                guard let first = changes.first, let last = changes.last else { return false }
                return first.lowerBound >= lines[index].lowerBound && last.upperBound <= lines[index].upperBound
            }, "lines without their changes")
    }
}
