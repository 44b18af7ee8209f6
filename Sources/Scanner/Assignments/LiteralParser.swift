internal import Bytes
internal import Judge

/// Reads values: in quotes of all kinds, and in none.
enum LiteralParser {
    /// What ends a value without quotes where other things follow on the line.
    static let wordStops: [UInt8] = [
        .space, .tab, .quotationMark, .apostrophe, .backtick, .comma, .semicolon, .rightParenthesis, .rightBrace,
        .rightBracket, .lessThan, .greaterThan, .verticalBar,
    ]
    /// What ends one that takes the rest of its line.
    static let lineStops: [UInt8] = [.space, .tab]
    static let queryStops: [UInt8] = wordStops + [.ampersand, .numberSign, .backslash]

    /// Reads what stands in quotes, or `nil` where no quote begins. Passes over what may stand before one: brackets, the
    /// letters of raw strings, anchors of YAML, calls that only wrap a value.
    ///
    /// - Parameters:
    ///   - mayGoOn: The value may stand on the next line where this one ends.
    ///   - holdsScheme: `Bearer` and the like before the value are no part of it.
    static func literal(_ cursor: inout TextCursor, mayGoOn: Bool, holdsScheme: Bool) -> Literal? {
        let start = cursor
        cursor.skipBlanks()
        if let block = block(&cursor) { return block }
        var isBracketed = false
        for _ in 0..<5 {
            if mayGoOn, cursor.skipWhiteSpace(), !startsLiteral(cursor) { break }
            if let value = quoted(&cursor) {
                // `{"key": …}`, `['key' => …]`: a collection, and no value of one literal.
                if isBracketed, isAtPair(cursor) { break }
                return holdsScheme ? withoutScheme(value, cursor.text) : value
            }
            isBracketed = isBracketed || [.leftBracket, .leftBrace, .leftParenthesis].contains(cursor.peek())
            guard skipWrapper(&cursor) else { break }
        }
        cursor = start
        if holdsScheme, let value = scheme(&cursor) { return value }
        return nil
    }

    /// Whether a quote, or what may stand before one, stands here.
    private static func startsLiteral(_ cursor: TextCursor) -> Bool { cursor.peek().isQuote || isPrefixed(cursor) }

    /// Whether what stands here makes the literal before it the key of a pair.
    private static func isAtPair(_ cursor: TextCursor) -> Bool {
        var place = cursor
        place.skipBlanks()
        return place.peek() == .colon || place.peek() == .equalsSign && place.peek(1) != .equalsSign
    }

    /// Whether the letters of a raw string and its quote stand here: `r"`, `@"`, `u8"`, `r#"`.
    static func isPrefixed(_ cursor: TextCursor) -> Bool {
        var count = 0
        while count < 3,
            cursor.peek(count).isAlphanumeric || cursor.peek(count) == .atSign || cursor.peek(count) == .dollar
        {
            count += 1
        }
        if count > 0, count < 3 { while count < 6, cursor.peek(count) == .numberSign { count += 1 } }
        return count > 0 && cursor.peek(count).isQuote
    }

    /// Passes over an anchor or a tag of YAML: `&name`, `!!str`.
    static func skipAnchor(_ cursor: inout TextCursor) {
        guard cursor.peek() == .ampersand || cursor.peek() == .exclamationMark else { return }
        var place = cursor
        place.index += 1
        while !place.peek().isBlank, place.peek() > .space, !place.peek().isQuote { place.index += 1 }
        // `!vault |` says that what follows is encrypted.
        guard place.peek().isBlank, !cursor.isAt("!vault") else { return }
        place.skipBlanks()
        cursor = place
    }

    /// Passes over one thing that may stand before a literal.
    private static func skipWrapper(_ cursor: inout TextCursor) -> Bool {
        if cursor.take("[]") { return true }
        switch cursor.peek() {
        case .leftParenthesis, .leftBracket, .leftBrace, .asterisk, .ampersand, .backslash:
            cursor.index += 1
            return true
        default: break
        }
        if isPrefixed(cursor) {
            while !cursor.peek().isQuote { cursor.index += 1 }
            return true
        }
        var place = cursor
        if place.takeWord("new") { place.skipBlanks() }
        if place.takeWord("ConvertTo-SecureString") {
            place.skipBlanks()
            _ = place.takeWord("-String")
            cursor = place
            return true
        }
        var word = place.takeName()
        while place.take("::") { word = place.takeName() }
        guard !word.isEmpty, place.peek() == .leftParenthesis, isWrapper(cursor.text.slice(word)) else { return false }
        place.index += 1
        cursor = place
        return true
    }

    private static func isWrapper(_ word: UnsafeRawBufferPointer) -> Bool {
        wrappers.contains { word.endsCaseless(with: $0) }
    }

    /// Calls that give back what they are given.
    private static let wrappers: [StaticString] = [
        "byte", "bytes", "string", "str", "some", "just", "from", "of", "encode", "secretstr", "secret", "securestring",
        "tosecurestring", "secretkeyspec", "text", "literal", "stringvalue", "ptr", "pointer", "unquote", "trim",
        "tochararray",
        "b64decode", "fromhex", "unhexlify", "atob", "base64_decode", "plaintext", "value", "sensitive", "raw",
        "jsonencode",
        "parse", "fromBase64String", "getbytes", "default",
    ]

    // MARK: Quotes

    private static func quoted(_ cursor: inout TextCursor) -> Literal? {
        if cursor.peek() == .backslash, cursor.peek(1) == .quotationMark || cursor.peek(1) == .apostrophe {
            return escaped(&cursor)
        }
        let quote = cursor.peek()
        guard quote.isQuote else { return nil }
        if cursor.peek(1) == quote, cursor.peek(2) == quote { return tripled(&cursor, quote) }
        let start = cursor.index + 1
        var place = start
        while place < cursor.end {
            let byte = cursor.text[place]
            if byte == quote {
                // `''` in SQL and YAML, `""` in CSV and Basic stand for one.
                if quote != .backtick, place > start, place + 1 < cursor.end, cursor.text[place + 1] == quote {
                    place += 2
                    continue
                }
                cursor.index = place + 1
                return withoutInnerQuotes(start..<place, cursor.text)
                    ?? Literal(range: start..<place, quote: kind(of: quote))
            }
            if byte == .lineFeed, quote != .backtick { return nil }
            place += byte == .backslash ? 2 : 1
        }
        return nil
    }

    /// A literal that is written within one: `"\"V\""`, `'"V"'`.
    private static func withoutInnerQuotes(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> Literal? {
        guard range.count > 6, text[range.upperBound - 1].isQuote else { return nil }
        let last = text[range.upperBound - 1]
        if text[range.lowerBound] == .backslash, text[range.lowerBound + 1] == last,
            text[range.upperBound - 2] == .backslash
        {
            return Literal(range: range.lowerBound + 2..<range.upperBound - 2, quote: .escaped)
        }
        guard text[range.lowerBound] == last, text[range.upperBound - 2] != .backslash else { return nil }
        let inner = range.lowerBound + 1..<range.upperBound - 1
        return text.slice(inner).contains(last) ? nil : Literal(range: inner, quote: kind(of: last))
    }

    private static func kind(of quote: UInt8) -> Quote {
        switch quote {
        case .quotationMark: .double
        case .apostrophe: .single
        default: .backtick
        }
    }

    private static func tripled(_ cursor: inout TextCursor, _ quote: UInt8) -> Literal? {
        var place = cursor.index + 3
        let start = place
        while place + 2 < cursor.end {
            if cursor.text[place] == quote, cursor.text[place + 1] == quote, cursor.text[place + 2] == quote {
                let range = trimmed(start..<place, cursor.text)
                // A fence of Markdown below `Set the key:` holds lines of their own, and at times the value alone.
                let isFence =
                    quote == .backtick
                    && cursor.text.slice(range).dropLast(2).contains { $0 <= .space || $0 == .equalsSign }
                if isFence { return nil }
                cursor.index = place + 3
                return Literal(range: range, quote: kind(of: quote))
            }
            place += 1
        }
        return nil
    }

    private static func escaped(_ cursor: inout TextCursor) -> Literal? {
        let quote = cursor.peek(1)
        let start = cursor.index + 2
        var place = start
        while place + 1 < cursor.end, cursor.text[place] != .lineFeed {
            if cursor.text[place] == .backslash, cursor.text[place + 1] == quote {
                cursor.index = place + 2
                return Literal(range: start..<place, quote: .escaped)
            }
            place += 1
        }
        return nil
    }

    // MARK: None

    /// Reads a value without quotes: up to one of the stops, a comment or the end of the line.
    ///
    /// - Parameter endsWithLine: A separator that ends the line is none of it: `password = V;`.
    static func bare(_ cursor: inout TextCursor, stops: [UInt8], endsWithLine: Bool) -> Literal? {
        let start = cursor.index
        var place = start
        while place < cursor.end {
            let byte = cursor.text[place]
            if byte < 0x20 || stops.contains(byte) { break }
            if byte == .backslash, place + 1 < cursor.end,
                [UInt8(ascii: "n"), UInt8(ascii: "r")].contains(cursor.text[place + 1]),
                !stops.contains(.backslash), place > start
            {
                break
            }
            place += 1
        }
        cursor.index = place
        var end = place
        while end > start, [.comma, .semicolon].contains(cursor.text[end - 1]) { end -= 1 }
        guard end - start >= 3 else { return nil }
        let range = start..<end
        guard !isExpression(cursor.text.slice(range), cursor) else { return nil }
        return Literal(range: range, quote: .none)
    }

    /// Whether code yields the value: a call, an element of a list.
    private static func isExpression(_ value: UnsafeRawBufferPointer, _ behind: TextCursor) -> Bool {
        guard let first = value.first else { return true }
        if first == .leftParenthesis || first == .leftBracket || first.isQuote { return true }
        // `f(x)`, `a[0]`, `new X()`: letters up to a bracket that is closed.
        let name = value.prefix {
            $0.isNameByte || $0 == .colon || $0 == .greaterThan || $0 == .dollar || $0 == .atSign
        }
        guard name.count < value.count else { return behind.peek() == .leftParenthesis }
        let next = value[name.count]
        guard first.isLetter || first == .underscore || first == .dollar || first == .atSign else { return false }
        return next == .leftParenthesis
            && (value.last == .leftParenthesis || value.contains(.rightParenthesis) || name.contains(.period))
            || next == .leftBracket && value.contains(.rightBracket)
    }

    // MARK: Schemes, blocks

    private static let schemes: [StaticString] = ["bearer ", "token ", "basic ", "apikey ", "key ", "api-key "]

    private static func withoutScheme(_ value: Literal, _ text: UnsafeRawBufferPointer) -> Literal {
        var cursor = TextCursor(text, at: value.range.lowerBound, reach: value.range.count)
        for scheme in schemes where cursor.take(scheme) {
            cursor.skipBlanks()
            return Literal(range: cursor.index..<value.range.upperBound, quote: value.quote)
        }
        return value
    }

    private static func scheme(_ cursor: inout TextCursor) -> Literal? {
        var place = cursor
        place.skipBlanks()
        for scheme in schemes where place.take(scheme) {
            place.skipBlanks()
            cursor = place
            return bare(&cursor, stops: wordStops, endsWithLine: false)
        }
        return nil
    }

    /// `|⏎  V`: a block scalar of one line, or of more; a here document.
    private static func block(_ cursor: inout TextCursor) -> Literal? {
        guard cursor.peek() == .verticalBar || cursor.peek() == .greaterThan else { return nil }
        var place = cursor
        place.index += 1
        while [.hyphen, .plus].contains(place.peek()) || place.peek().isDigit { place.index += 1 }
        guard place.isAtLineEnd(), place.skipWhiteSpace() else { return nil }
        let start = place.index
        while !place.isAtEnd, place.peek() != .lineFeed { place.index += 1 }
        let range = trimmed(start..<place.index, cursor.text)
        guard !range.isEmpty else { return nil }
        cursor = place
        return Literal(range: range, quote: .none, isBlock: true)
    }

    /// A range without the white space at its ends.
    static func trimmed(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, text[start] <= .space { start += 1 }
        while end > start, text[end - 1] <= .space { end -= 1 }
        return start..<end
    }

    // MARK: Arguments

    /// Reads arguments of a call: literals, and for each other argument an empty one.
    ///
    /// - Parameter limit: So many at most.
    static func arguments(_ cursor: inout TextCursor, limit: Int) -> [Literal] {
        var arguments: [Literal] = []
        while arguments.count < limit, !cursor.isAtEnd {
            cursor.skipWhiteSpace()
            let start = cursor.index
            if let value = literal(&cursor, mayGoOn: true, holdsScheme: false), value.quote != .none {
                arguments.append(value)
            } else {
                cursor.index = start
                skipExpression(&cursor)
                arguments.append(Literal(range: start..<start, quote: .none))
            }
            cursor.skipWhiteSpace()
            while cursor.peek() == .rightBracket || cursor.peek() == .rightBrace { cursor.index += 1 }
            guard cursor.take(.comma) else { break }
        }
        return arguments
    }

    /// Passes over an argument that is no literal: up to the next comma or bracket of the call.
    private static func skipExpression(_ cursor: inout TextCursor) {
        var depth = 0
        while !cursor.isAtEnd {
            switch cursor.peek() {
            case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
            case .rightParenthesis, .rightBracket, .rightBrace:
                if depth == 0 { return }
                depth -= 1
            case .comma where depth == 0: return
            case .semicolon: return
            default: break
            }
            cursor.index += 1
        }
    }
}
