internal import Bytes

/// Lines that may hold a value whose name stands on another line.
enum ContinuedAssignment {
    /// So many lines of a stretch are looked at: a pair's name and value stand no further apart.
    private static let lines = 6

    /// Whether one of the first lines of a stretch is such a line.
    static func mayStand(in lines: Range<Int>, of text: UnsafeRawBufferPointer) -> Bool {
        var start = lines.lowerBound
        for _ in 0..<Self.lines where start < lines.upperBound {
            let end = text.lineEnd(of: start, reach: AssignmentReader.reach)
            if holdsValue(start..<end, text) { return true }
            start = end + 1
        }
        return false
    }

    /// Whether a line is a literal alone, an element, or begins with the name of a pair's value.
    private static func holdsValue(_ line: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        var cursor = TextCursor(text, at: line.lowerBound, reach: line.count)
        cursor.skipBlanks()
        if cursor.isAtEnd { return false }
        if cursor.peek() == .lessThan { return holdsText(ofElement: text.slice(line)) }
        if LiteralParser.isPrefixed(cursor) { return true }
        if cursor.peek() == .hyphen, cursor.peek(1).isBlank { cursor.index += 2 }
        let isQuoted = cursor.peek().isQuote
        if isQuoted { cursor.index += 1 }
        let word = cursor.takeName()
        if AssignmentParser.isValueName(text.slice(word)) { return true }
        // A word that fills the line, or a text in quotes that no name follows.
        let rest = LiteralParser.trimmed(cursor.index..<line.upperBound, text)
        if isQuoted { return !text.slice(rest).contains(.colon) || rest.count < 3 }
        return rest.upperBound - word.lowerBound < 200 && !text.slice(rest).contains(.space)
            && !text.slice(rest).contains(.equalsSign)
            && mayBeValue(text.slice(word.lowerBound..<rest.upperBound), isBelowOpening: isBelowOpening(line, text))
    }

    /// Whether an element that begins on a line has its text there, too, or an attribute that is a pair's value.
    private static func holdsText(ofElement line: UnsafeRawBufferPointer) -> Bool {
        line.containsCaseless("</") || line.containsCaseless("value") || line.containsCaseless("default")
    }

    /// Shorter values are none, and what closes a block is most often alone on its line.
    private static let shortestValue = 5

    /// Whether a line without blanks or quotes may be a value: `return` and `break` stand alone, too, but nothing above
    /// them is open.
    private static func mayBeValue(_ line: UnsafeRawBufferPointer, isBelowOpening: Bool) -> Bool {
        line.count { $0.isAlphanumeric || $0 >= 0x80 } >= shortestValue
            && (isBelowOpening || !line.allSatisfy(\.isLetter))
    }

    /// Whether the line above a line ends with a sign that something follows: `key: |`, `key =`, `call(`, `\`.
    private static func isBelowOpening(_ line: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        var end = line.lowerBound
        let lowest = max(0, end - AssignmentReader.reach)
        while end > lowest, text[end - 1].isBlank || text[end - 1] == .lineFeed || text[end - 1] == .carriageReturn {
            end -= 1
        }
        return end > lowest && !text[end - 1].isAlphanumeric && text[end - 1] != .semicolon
    }
}
