import Bytes

/// Undoes backslash escapes (`\n`, `\"`, `\u0022`, `\u{22}`, `\x22`, `\042`) as they stand in JSON, string literals and
/// notebooks.
enum EscapeDecoder {
    /// Bytes around an escape that become one island with it.
    private static let reach = 768

    static func decode(_ text: UnsafeRawBufferPointer, _ effort: DecodingEffort, budget: Int) -> DecodedText {
        EscapeIslands(marker: .backslash, reach: reach, effort, escape: escape(in:at:))
            .decode(text, decoder: "escapes", budget: budget)
    }

    /// The byte that an escape stands for and its length; `nil` where none stands.
    ///
    /// Only escapes that can hide where a value begins or ends count.
    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> EscapeIslands.Escape? {
        guard index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"): return .init(byte: .lineFeed, length: 2)
        case UInt8(ascii: "t"): return .init(byte: .tab, length: 2)
        case .backslash:
            // A literal in a literal: `\\u0067`.
            if index + 2 < text.count,
                text[index + 2] | 0x20 == UInt8(ascii: "u") || text[index + 2] == UInt8(ascii: "x"),
                let inner = escape(in: text, at: index + 1)
            {
                return .init(byte: inner.byte, length: inner.length + 1)
            }
            return .init(byte: .backslash, length: 2)
        case .quotationMark, .apostrophe, .slash: return .init(byte: text[index + 1], length: 2)
        case .lineFeed, .carriageReturn: return continuation(text, index)
        case UInt8(ascii: "u"):
            if index + 2 < text.count, text[index + 2] == .leftBrace { return braced(text, index) }
            return escape(text, index, digits: 4)
        case UInt8(ascii: "U"): return escape(text, index, digits: 8)
        case UInt8(ascii: "x"):
            if index + 2 < text.count, text[index + 2] == .leftBrace { return braced(text, index) }
            return escape(text, index, digits: 2)
        case UInt8.octalDigits: return octal(text, index)
        default: return nil
        }
    }

    /// The end of a line within a literal, and the indentation of the next.
    private static func continuation(_ text: UnsafeRawBufferPointer, _ index: Int) -> EscapeIslands.Escape? {
        let limit = min(text.count, index + 128)
        var end = index + 1
        while end < limit, text[end].isWhitespace { end += 1 }
        return .init(byte: nil, length: end - index)
    }

    private static func escape(
        _ text: UnsafeRawBufferPointer, _ index: Int, digits: Int
    ) -> EscapeIslands.Escape? {
        hexadecimal(text, index + 2, digits).map { .init(byte: $0, length: 2 + digits) }
    }

    /// `\u{67}`, `\x{67}`
    private static func braced(_ text: UnsafeRawBufferPointer, _ index: Int) -> EscapeIslands.Escape? {
        let digits = text.slice(index + 3..<min(text.count, index + 10)).prefix { $0.isHexDigit }.count
        let end = index + 3 + digits
        guard digits > 0, end < text.count, text[end] == .rightBrace, let byte = hexadecimal(text, index + 3, digits)
        else { return nil }
        return .init(byte: byte, length: digits + 4)
    }

    /// `\147`: three digits, so that no reference to a group of a pattern is taken for one.
    private static func octal(_ text: UnsafeRawBufferPointer, _ index: Int) -> EscapeIslands.Escape? {
        guard index + 4 <= text.count else { return nil }
        let digits = text[index + 1..<index + 4]
        guard digits.allSatisfy({ UInt8.octalDigits.contains($0) }), text[index + 1] < UInt8(ascii: "2") else {
            return nil
        }
        return .init(byte: digits.reduce(0) { $0 << 3 | $1 & 7 }, length: 4)
    }

    /// The character of ASCII whose code these hex digits are; `nil` if they are none.
    private static func hexadecimal(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> UInt8? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for index in start..<start + count {
            guard let digit = text[index].hexValue else { return nil }
            value = value * 16 + Int(digit)
        }
        return value < 0x80 ? UInt8(value) : nil
    }
}
