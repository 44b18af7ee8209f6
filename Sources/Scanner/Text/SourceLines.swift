import Bytes

/// The lines above a place, nearest first, or those below it.
///
/// Lines are cut where they are longer than a reach, and the parts count as lines: a file of one endless line takes no
/// longer than another.
struct SourceLines: Sequence, IteratorProtocol {
    private let text: UnsafeRawBufferPointer
    private let goesUp: Bool
    /// Where it ends.
    private let limit: Int
    private let reach: Int
    /// Where the last line began, going up, or ended, going down.
    private var edge: Int

    /// The line, or lines, of a range.
    ///
    /// - Parameter reach: How far to either side, in bytes.
    static func own(of range: Range<Int>, in text: UnsafeRawBufferPointer, reach: Int) -> Range<Int> {
        text.lineStart(of: range.lowerBound, reach: reach)..<text.lineEnd(of: range.upperBound, reach: reach)
    }

    /// - Parameters:
    ///   - start: Where a line begins.
    ///   - lowest: No line begins before this.
    ///   - reach: The longest line, in bytes.
    static func above(
        _ start: Int, in text: UnsafeRawBufferPointer, downTo lowest: Int = 0, reach: Int = .max
    ) -> SourceLines { SourceLines(text: text, goesUp: true, limit: lowest, reach: reach, edge: start) }

    /// - Parameters:
    ///   - end: Where a line ends: the place of its line feed.
    ///   - highest: No line ends behind this; `nil`: the end of the text.
    ///   - reach: The longest line, in bytes.
    static func below(
        _ end: Int, in text: UnsafeRawBufferPointer, upTo highest: Int? = nil, reach: Int = .max
    ) -> SourceLines {
        SourceLines(text: text, goesUp: false, limit: highest ?? text.count, reach: reach, edge: end)
    }

    /// The first of them.
    var nearest: Range<Int>? {
        var lines = self
        return lines.next()
    }

    /// The next line, without its line feed.
    mutating func next() -> Range<Int>? {
        if goesUp {
            guard edge > limit else { return nil }
            let end = edge - 1
            edge = text.lineStart(of: end, reach: Swift.min(reach, end - limit))
            return edge..<end
        }
        guard edge + 1 < limit else { return nil }
        let start = edge + 1
        edge = text.lineEnd(of: start, reach: Swift.min(reach, limit - start))
        return start..<edge
    }
}

/// How a line begins.
struct LineBeginning {
    /// White space before anything else, in bytes.
    let indentation: Int
    /// `- ` stands there, as before an item of a list.
    let hasDash: Bool
    /// The white space is spaces, as YAML has it.
    let isOfSpaces: Bool

    init(of start: Int, in text: UnsafeRawBufferPointer) {
        var index = start
        while index < text.count, text[index] == .space { index += 1 }
        let spaces = index
        while index < text.count, text[index] == .space || text[index] == .tab { index += 1 }
        indentation = index - start
        isOfSpaces = index == spaces
        hasDash = index + 1 < text.count && text[index] == .hyphen && text[index + 1] == .space
    }

    /// Where the first word begins, behind a dash: bytes from the line's start.
    var column: Int { indentation + (hasDash ? 2 : 0) }

    /// Where an item of a list begins: bytes from the line's start to its dash.
    var dash: Int? { hasDash && isOfSpaces ? indentation : nil }
}
