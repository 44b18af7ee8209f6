internal import Bytes
internal import Judge

/// What a call that makes a client is given: `new Acme("V")`, `acme.NewClient("V")`, `Acme::Client.new('V')`.
///
/// No name says that the value is a secret: it counts where the client, or what stands near, names a provider.
struct ClientCall {
    /// What is called, with what it is a part of: `Acme\Client`.
    let callee: Range<Int>
    private let value: Range<Int>
    private let quote: Quote

    private static let longestCallee = 64
    /// Of values, in bytes. Shorter ones are names of projects and regions.
    private static let lengths = 16...256

    /// What calls end in that make clients.
    private static let endings: [StaticString] = ["client(", ".new(", "::new(", ".init("]
    /// What stands before what is called.
    private static let beginnings: [StaticString] = ["new ", "client ="]

    /// The length of the word at a place that only calls of clients are told by; `nil` if none stands there.
    static func lengthOfWord(at place: Int, in text: UnsafeRawBufferPointer) -> Int? {
        let cursor = TextCursor(text, at: place, reach: 8)
        return beginnings.first { cursor.isAt($0) }.map(\.utf8CodeUnitCount)
            ?? endings.first { cursor.isAt($0) }.map(\.utf8CodeUnitCount)
    }

    /// - Parameter place: Of `new ` or `client =`, or of the end of what is called.
    init?(at place: Int, in text: UnsafeRawBufferPointer) {
        var cursor = TextCursor(text, at: place, reach: 24)
        var start = place
        if Self.beginnings.contains(where: { cursor.take($0) }) {
            guard place == 0 || !text[place - 1].isNameByte || text[cursor.index - 1] == .equalsSign else { return nil }
            cursor.skipBlanks()
            if cursor.isAt("new ") { return nil }
            start = cursor.index
        } else {
            guard Self.endings.contains(where: { cursor.isAt($0) }) else { return nil }
            while start > 0, Self.isOfCallee(text[start - 1]) {
                start -= 1
                if place - start > Self.longestCallee { return nil }
            }
        }
        var end = max(start, place)
        while end < text.count, Self.isOfCallee(text[end]) {
            end += 1
            if end - start > Self.longestCallee { return nil }
        }
        while start < end, !text[start].isNameByte { start += 1 }
        guard start < end, end < text.count, text[end] == .leftParenthesis,
            let literal = Self.argument(behind: end + 1, in: text), !Self.isOfWords(text.slice(literal.range))
        else { return nil }
        callee = start..<end
        (value, quote) = (literal.range, literal.quote)
    }

    var assignment: Assignment {
        var assignment = Assignment(name: callee, value: value, syntax: .call, quote: quote)
        assignment.isOfClient = true
        return assignment
    }

    /// Whether two parts of a value are words: `3f9a21bc-my-project`.
    private static func isOfWords(_ value: UnsafeRawBufferPointer) -> Bool {
        let parts = value.split { !$0.isAlphanumeric }
        return parts.allSatisfy { $0.count < lengths.lowerBound }
            && parts.count { $0.count > 1 && $0.allSatisfy(\.isLetter) } >= 2
    }

    private static func isOfCallee(_ byte: UInt8) -> Bool { byte.isNameByte || byte == .colon || byte == .backslash }

    /// The first argument, if it is a literal that may be a token.
    private static func argument(behind open: Int, in text: UnsafeRawBufferPointer) -> Literal? {
        var cursor = TextCursor(text, at: open, reach: lengths.upperBound + 16)
        cursor.skipBlanks()
        let isEscaped = cursor.take(.backslash)
        let mark = cursor.peek()
        guard mark == .quotationMark || mark == .apostrophe else { return nil }
        cursor.index += 1
        let start = cursor.index
        var (letters, digits) = (0, 0)
        while cursor.peek().isOfToken {
            if cursor.peek().isDigit { digits += 1 } else if cursor.peek().isLetter { letters += 1 }
            cursor.index += 1
        }
        let range = start..<cursor.index
        guard lengths.contains(range.count), digits > 0, letters > 0 else { return nil }
        if isEscaped { guard cursor.take(.backslash) else { return nil } }
        guard cursor.take(mark) else { return nil }
        cursor.skipBlanks()
        guard cursor.peek() == .comma || cursor.peek() == .rightParenthesis else { return nil }
        let quote: Quote = isEscaped ? .escaped : mark == .apostrophe ? .single : .double
        return Literal(range: range, quote: quote)
    }
}
