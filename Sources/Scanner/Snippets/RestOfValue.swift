internal import Bytes

/// What goes on behind a secret that ends too early: a password that was cut at a sign it holds.
///
/// It ends where a line says that something else begins: at a blank, a quote that closes, the host of an address, the name of
/// the next value.
enum RestOfValue {
    /// The longest rest, in bytes.
    private static let longest = 256

    /// - Parameters:
    ///   - end: Of the secret.
    ///   - limit: Where the next one begins.
    /// - Returns: Empty if there is none.
    static func range(behind end: Int, upTo limit: Int, in text: UnsafeRawBufferPointer) -> Range<Int> {
        var cursor = TextCursor(text, at: end, reach: min(longest, limit - end))
        let host = hostSign(behind: cursor)
        while !cursor.isAtEnd {
            if let host, cursor.index < host {
                cursor.index = host
                break
            }
            guard let length = lengthOfStep(at: cursor) else { break }
            cursor.index += length
        }
        return text.slice(end..<cursor.index).contains(where: \.isAlphanumeric) ? end..<cursor.index : end..<end
    }

    /// Where the host of an address begins whose password goes on: at its last `@`. `nil` if the secret ends there itself.
    private static func hostSign(behind cursor: TextCursor) -> Int? {
        var place = cursor
        var found: Int?
        while !place.isAtEnd, place.peek() > .space, !place.peek().isQuote,
            ![.lessThan, .greaterThan, .comma, .semicolon].contains(place.peek())
        {
            if place.peek() == .atSign { found = place.index }
            place.index += 1
        }
        guard let found, found > cursor.index else { return nil }
        // `KEY&email=a@b.example`, `KEY/x@1.0`
        let between = cursor.text.slice(cursor.index..<found)
        return between.contains(.equalsSign) || between.first == .slash ? nil : found
    }

    /// How long what stands at a place is, if the secret may go on there.
    private static func lengthOfStep(at cursor: TextCursor) -> Int? {
        let byte = cursor.peek()
        switch byte {
        case .underscore, .hyphen, .plus, .equalsSign, .tilde, .exclamationMark, .dollar, .caret, .asterisk, .percent:
            return 1
        case .ampersand: return entity(at: cursor) ?? (isSegment(behind: cursor) ? 1 : nil)
        case .semicolon: return isSegment(behind: cursor) ? 1 : nil
        case .apostrophe, .quotationMark, .backtick: return isInWord(cursor) ? 1 : nil
        case .backslash:
            if cursor.peek(1) == .backslash { return 2 }
            return cursor.peek(1) == UInt8(ascii: "u") && cursor.peek(2).isHexDigit ? 6 : nil
        default: return byte.isAlphanumeric ? 1 : nil
        }
    }

    /// The length of `&amp;`, `&#39;`, if it is no quote that closes.
    private static func entity(at cursor: TextCursor) -> Int? {
        var length = 1
        while length < 8, cursor.peek(length).isAlphanumeric || cursor.peek(length) == .numberSign { length += 1 }
        guard length > 2, cursor.peek(length) == .semicolon else { return nil }
        return cursor.peek(length + 1).isAlphanumeric ? length + 1 : nil
    }

    /// Whether what follows a separator is a piece of the value and not the next name, and no command.
    private static func isSegment(behind cursor: TextCursor) -> Bool {
        var place = cursor
        place.index += 1
        let start = place.index
        while !place.isAtEnd, place.peek() > .space, !place.peek().isQuote, place.peek() != cursor.peek(),
            place.peek() != .lessThan
        {
            if place.peek() == .equalsSign && place.peek(1).isAlphanumeric || place.peek() == .leftParenthesis {
                return false
            }
            place.index += 1
        }
        let segment = cursor.text.slice(start..<place.index)
        return segment.contains(where: \.isAlphanumeric)
            && (place.peek() != .space || !segment.allSatisfy { $0.isLetter || $0 == .hyphen })
    }

    /// Whether a quote stands between two letters or digits, so that it closes nothing.
    private static func isInWord(_ cursor: TextCursor) -> Bool {
        cursor.previous.isAlphanumeric && cursor.peek(1).isAlphanumeric
    }
}
