import Bytes

/// The lines beside a value's that belong to the same block: the other settings of a section, the other keys of an object.
struct BlockMembers {
    /// How many lines up and down are looked at, and how long they may be, in bytes.
    private static let linesLookedAt = 25
    private static let reach = 2048

    private let text: UnsafeRawBufferPointer
    private let value: Range<Int>
    /// Where the value's line begins.
    private let start: Int
    private let column: Int
    private let dash: Int?

    init(of value: Range<Int>, in text: UnsafeRawBufferPointer) {
        self.text = text
        self.value = value
        start = text.lineStart(of: value.lowerBound, reach: Self.reach)
        let beginning = LineBeginning(of: start, in: text)
        (column, dash) = (beginning.column, beginning.dash)
    }

    /// Whether indentation says what belongs together; otherwise sections do, as in TOML and INI.
    var isIndented: Bool { column > 0 }

    /// Those above, nearest first.
    func above() -> [Range<Int>] {
        // `- key: KEY` begins an item: what is above belongs to another.
        guard dash == nil else { return [] }
        var members: [Range<Int>] = []
        for line in SourceLines.above(start, in: text, reach: Self.reach).prefix(Self.linesLookedAt) {
            let beginning = LineBeginning(of: line.lowerBound, in: text)
            // `},`: another object of the same list.
            if isOutside(line, beginning, with: [.rightBrace, .rightBracket]) || !isMember(line, beginning) { break }
            members.append(line)
            if let dash = beginning.dash, dash < column { break }
        }
        return members
    }

    /// Those below, nearest first.
    func below() -> [Range<Int>] {
        guard isIndented else { return [] }
        var members: [Range<Int>] = []
        // The next dash ends an item, unless it is one of a list in the value's own.
        let endsAtDash =
            dash == nil || text.slice(start..<value.lowerBound).contains { $0 == .colon || $0 == .equalsSign }
        let end = text.lineEnd(of: value.upperBound, reach: Self.reach)
        for line in SourceLines.below(end, in: text, reach: Self.reach).prefix(Self.linesLookedAt) {
            let beginning = LineBeginning(of: line.lowerBound, in: text)
            if isOutside(line, beginning, with: [.leftBrace, .leftBracket]) { break }
            if endsAtDash, let dash = beginning.dash, dash < column { break }
            if !isMember(line, beginning) { break }
            members.append(line)
        }
        return members
    }

    /// Whether a line is less indented than the value's and begins with one of these brackets.
    private func isOutside(_ line: Range<Int>, _ beginning: LineBeginning, with brackets: [UInt8]) -> Bool {
        let first = line.lowerBound + beginning.column
        return beginning.column < column && first < text.count && brackets.contains(text[first])
    }

    private func isMember(_ line: Range<Int>, _ beginning: LineBeginning) -> Bool {
        if isIndented { return beginning.column > 0 && beginning.column >= column - 4 }
        // Sections end at blank lines.
        return beginning.column < line.count && text[line.lowerBound + beginning.column] != .leftBracket
    }

    /// Whether the lines right above a line lead to a `[section]`.
    func hasHeader(above line: Range<Int>) -> Bool {
        for above in SourceLines.above(line.lowerBound, in: text, reach: Self.reach).prefix(Self.linesLookedAt) {
            guard let first = text.slice(above).first, first > .space else { return false }
            if first == .leftBracket { return true }
        }
        return false
    }
}
