import Bytes

/// Undoes backslash escapes (`\n`, `\"`, `\u0022`, `\x22`) as they stand in JSON, string literals and notebooks.
enum EscapeDecoder {
    /// Bytes around an escape that become one island with it.
    private static let reach = 768

    static func decode(_ text: UnsafeRawBufferPointer, budget: Int) -> DecodedText {
        EscapeIslands(marker: .backslash, reach: reach, escape: escape(in:at:))
            .decode(text, decoder: "escapes", budget: budget)
    }

    /// The byte that an escape stands for and its length; `nil` where none stands.
    ///
    /// Only escapes that can hide where a value begins or ends count.
    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> (byte: UInt8, length: Int)? {
        guard index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"): return (.lineFeed, 2)
        case UInt8(ascii: "t"): return (.tab, 2)
        case .quotationMark, .apostrophe, .slash, .backslash: return (text[index + 1], 2)
        case UInt8(ascii: "u"): return hexadecimal(text, index + 2, 4).map { ($0, 6) }
        case UInt8(ascii: "x"): return hexadecimal(text, index + 2, 2).map { ($0, 4) }
        default: return nil
        }
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
