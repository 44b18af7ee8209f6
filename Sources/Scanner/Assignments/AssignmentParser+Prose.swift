internal import Bytes
internal import Judge

/// Values that sentences and tables give to names.
extension AssignmentParser {
    /// `the key is V`, `rotate the key V soon`: what stands in no quotes counts where it can be no word.
    mutating func takeToken() {
        guard name.dashes == 0, let range = Self.token(at: cursor) else { return }
        note(Literal(range: range, quote: .none), .space)
    }

    /// A run of the characters of tokens with letters and digits, up to a blank or the end of a sentence.
    private static func token(at place: TextCursor) -> Range<Int>? {
        var cursor = place
        cursor.skipBlanks()
        let start = cursor.index
        var (letters, digits) = (0, 0)
        while cursor.peek().isOfToken {
            if cursor.peek().isDigit { digits += 1 } else if cursor.peek().isLetter { letters += 1 }
            cursor.index += 1
        }
        var end = cursor.index
        guard isEndOfWord(cursor.peek()) else { return nil }
        while end > start, [.period, .colon].contains(cursor.text[end - 1]) { end -= 1 }
        return end - start >= leastOfToken && digits >= 2 && letters >= 2 ? start..<end : nil
    }

    private static let leastOfToken = 16

    private static func isEndOfWord(_ byte: UInt8) -> Bool {
        byte <= .space || byte == .comma || byte == .rightParenthesis || byte == .semicolon || byte == .lessThan
    }

    /// Passes over what a label says besides: `key (production): V`.
    mutating func parseBehindRemark() {
        let behind = cursor
        guard cursor.take(.leftParenthesis), cursor.goTo(.rightParenthesis), cursor.index - behind.index <= 32 else {
            cursor = behind
            return
        }
        cursor.index += 1
        cursor.skipBlanks()
        guard cursor.peek() == .colon || cursor.peek() == .equalsSign, cursor.peek(1) == .space else {
            cursor = behind
            return
        }
        cursor.index += 1
        cursor.skipBlanks()
        takeToken()
    }

    /// An option behind the name that says that the value follows: `gh secret set NAME --body V`.
    mutating func parseValueOption() -> Bool {
        guard cursor.peek() == .hyphen, Self.valueOptions.contains(where: { cursor.isAtWord($0) }) else { return false }
        while cursor.peek().isNameByte { cursor.index += 1 }
        guard cursor.take(.equalsSign) || cursor.skipBlanks() else { return false }
        take(.flag)
        return !values.isEmpty
    }

    private static let valueOptions: [StaticString] = ["--body", "--value", "--secret-string", "--data", "-b", "-v"]

    // MARK: Tables

    /// The cells below the name in a table of Markdown: `| service | key |⏎|---|---|⏎| Acme | V |`.
    mutating func parseTableBelow() {
        var rows = TextRows(below: name.range.upperBound, in: text)
        guard let ruler = rows.next(), TextRows.isRuler(text.slice(ruler)) else { return }
        let start = text.lineStart(of: name.range.lowerBound, reach: AssignmentReader.reach)
        let column = text.slice(start..<name.range.lowerBound).count { $0 == .verticalBar }
        takeCells(column, of: rows, separatedBy: .verticalBar)
    }

    /// The cells below the name where it heads a column of a file: `service,key⏎acme,V`.
    mutating func parseColumnBelow() {
        guard name.range.lowerBound < Self.longestHeader,
            text.lineStart(of: name.range.lowerBound, reach: Self.longestHeader) == 0
        else { return }
        let header = text.slice(0..<text.lineEnd(of: 0, reach: 2 * Self.longestHeader))
        let column = text.slice(0..<name.range.lowerBound).count { $0 == .comma }
        var end = name.range.upperBound
        while end < header.count, header[end].isQuote || header[end] <= .space { end += 1 }
        guard end >= header.count || header[end] == .comma, header.contains(.comma),
            header.allSatisfy({ $0.isNameByte || $0.isQuote || $0 == .comma || $0 <= .space }),
            !header.containsCaseless("import ")
        else { return }
        takeCells(column, of: TextRows(below: name.range.upperBound, in: text), separatedBy: .comma)
    }

    /// Of a file with columns, in bytes.
    private static let longestHeader = 256

    private mutating func takeCells(_ column: Int, of rows: TextRows, separatedBy separator: UInt8) {
        var rows = rows
        while let row = rows.next() {
            guard let cell = TextRows.cell(column, of: row, separatedBy: separator, in: text) else { return }
            if cell.count >= Self.leastOfToken { note(Literal(range: cell, quote: .none), .pair) }
        }
    }
}

/// The lines below a place, a few of them.
private struct TextRows {
    private let text: UnsafeRawBufferPointer
    private var place: Int
    private var left = 24

    private static let longest = 1024

    init(below place: Int, in text: UnsafeRawBufferPointer) {
        self.text = text
        self.place = min(text.count, text.lineEnd(of: place, reach: Self.longest) + 1)
    }

    mutating func next() -> Range<Int>? {
        guard left > 0, place < text.count else { return nil }
        let end = text.lineEnd(of: place, reach: Self.longest)
        guard end > place else { return nil }
        let row = place..<end
        place = end + 1
        left -= 1
        return row
    }

    /// `|---|:-:|`
    static func isRuler(_ line: UnsafeRawBufferPointer) -> Bool {
        line.first == .verticalBar && line.contains(.hyphen)
            && line.allSatisfy { [.verticalBar, .hyphen, .colon, .space, .carriageReturn].contains($0) }
    }

    /// What stands between so many separators and the next, without blanks and quotes; `nil` where the row has fewer.
    static func cell(
        _ column: Int, of row: Range<Int>, separatedBy separator: UInt8, in text: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        var start = row.lowerBound
        for _ in 0..<column {
            guard let next = text.slice(start..<row.upperBound).firstIndex(of: separator) else { return nil }
            start += next + 1
        }
        var end = text.slice(start..<row.upperBound).firstIndex(of: separator).map { start + $0 } ?? row.upperBound
        while start < end, text[start] <= .space || text[start].isQuote { start += 1 }
        while end > start, text[end - 1] <= .space || text[end - 1].isQuote { end -= 1 }
        return start..<end
    }
}
