import Bytes
import Findings

/// Where comments of one text stand that may say "this is not a leak".
struct InlineDirectives {
    /// Bytes to either side of a secret that count as its line: a comment is not farther away, and a file of one endless
    /// line with many secrets must not be read once for each.
    static let reach = 4096

    private let text: UnsafeRawBufferPointer
    /// From each `secretlint-disable` to its `secretlint-enable` or the end of the text, in order.
    private let disabledBlocks: [Range<Int>]
    /// Those of the answer before: all secrets of an encoded value stand in the same place, which may be long.
    private var lastLines: Lines?
    /// What all answers took, for tests.
    private(set) var bytesRead = 0
    /// Those that are ours.
    private(set) var comments: AllowComments

    /// - Parameter today: Decides which comments are still in force; `nil`: what the clock says.
    init(_ text: UnsafeRawBufferPointer, today: CalendarDay? = nil) {
        self.text = text
        disabledBlocks = Self.disabledBlocks(in: text)
        comments = AllowComments(text, today: today)
    }

    /// Whether a comment lets a secret pass: on its line, on the line before, around a block, or for the file.
    ///
    /// - Parameter names: The id of the rule, and those that it had before.
    mutating func answer(_ names: [String], range: Range<Int>) -> AllowComments.Answer? {
        let lines = lines(of: range)
        // Ours are asked first, so that one that is needed is not called unused.
        let own = comments.answer(names, range, line: lines.own, previous: lines.previous)
        if let own, !own.expires { return own }
        return lines.allow ? AllowComments.Answer(expires: false) : own
    }

    /// The last day on which a comment of ours has let a secret pass that does not any more; `nil`: there is none.
    mutating func end(_ names: [String], range: Range<Int>) -> CalendarDay? {
        if comments.isEmpty { return nil }
        let lines = lines(of: range)
        return comments.end(names, range, line: lines.own, previous: lines.previous)
    }

    private static func holds(_ line: UnsafeRawBufferPointer, _ directives: [StaticString]) -> Bool {
        directives.contains { line.containsCaseless($0) }
    }

    /// The lines of a secret, and the line before.
    private struct Lines {
        let range: Range<Int>
        let own: Range<Int>
        let previous: Range<Int>?
        /// Whether a comment of another scanner on them lets a secret pass, or one around them.
        let allow: Bool
    }

    private mutating func lines(of range: Range<Int>) -> Lines {
        if let lastLines, lastLines.range == range { return lastLines }
        let (own, previous) = (line(of: range), previousLine(of: range))
        let allow =
            Self.holds(text.slice(own), Words.directives)
            || previous.map { Self.holds(text.slice($0), Words.nextLineDirectives) } ?? false
            || isInDisabledBlock(range)
        let lines = Lines(range: range, own: own, previous: previous, allow: allow)
        lastLines = lines
        return lines
    }

    private mutating func line(of range: Range<Int>) -> Range<Int> {
        let line = SourceLines.own(of: range, in: text, reach: Self.reach)
        bytesRead += line.count
        return line
    }

    /// The line before; `nil` for the first, and where the line is so long that it is cut.
    private mutating func previousLine(of range: Range<Int>) -> Range<Int>? {
        let start = text.lineStart(of: range.lowerBound, reach: Self.reach)
        guard start > 0, text[start - 1] == .lineFeed,
            let previous = SourceLines.above(start, in: text, reach: Self.reach).nearest
        else { return nil }
        bytesRead += previous.count
        return previous
    }

    private func isInDisabledBlock(_ range: Range<Int>) -> Bool {
        // A text may have as many blocks as findings.
        let block = disabledBlocks.partitionPoint { $0.upperBound <= range.lowerBound }
        return block < disabledBlocks.endIndex && disabledBlocks[block].contains(range.lowerBound)
    }

    private static func disabledBlocks(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let name: StaticString = "secretlint"
        var blocks: [Range<Int>] = []
        var start: Int?
        var index = 0
        while let hyphen = text.first(.hyphen, from: index) {
            index = hyphen + 1
            let nameStart = hyphen - name.utf8CodeUnitCount
            guard nameStart >= 0, text.slice(nameStart..<hyphen).equalsCaseless(name) else { continue }
            let rest = text.slice(index..<text.count)
            if rest.slice(0..<min(6, rest.count)).containsCaseless("enable") {
                if let start { blocks.append(start..<hyphen) }
                start = nil
            } else if rest.slice(0..<min(7, rest.count)).containsCaseless("disable"),
                rest.count < 8 || rest[7] != .hyphen
            {
                // With another hyphen it is for a line.
                start = start ?? hyphen
            }
        }
        if let start { blocks.append(start..<text.count) }
        return blocks
    }
}
