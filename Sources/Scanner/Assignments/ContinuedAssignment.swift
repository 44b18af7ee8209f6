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
        if cursor.peek() == .lessThan || LiteralParser.isPrefixed(cursor) { return true }
        if cursor.peek() == .hyphen, cursor.peek(1).isBlank { cursor.index += 2 }
        let isQuoted = cursor.peek().isQuote
        if isQuoted { cursor.index += 1 }
        let word = cursor.takeName()
        if AssignmentParser.isValueName(text.slice(word)) { return true }
        // A word that fills the line, or a text in quotes that no name follows.
        let rest = LiteralParser.trimmed(cursor.index..<line.upperBound, text)
        return isQuoted
            ? !text.slice(rest).contains(.colon) || rest.count < 3
            : !text.slice(rest).contains(.space) && rest.count < 200 && !text.slice(rest).contains(.equalsSign)
    }
}
