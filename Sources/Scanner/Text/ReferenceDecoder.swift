import Bytes

/// Undoes character references of XML and HTML: `&quot;`, `&#34;`, `&#x22;`.
enum ReferenceDecoder {
    /// Bytes around a reference that become one island with it.
    private static let reach = 768
    /// The longest one.
    private static let longest = 12

    static func decode(_ text: UnsafeRawBufferPointer, _ effort: DecodingEffort, budget: Int) -> DecodedText {
        var bytes = ByteSet(UInt8.visibleCharacters)
        for byte: UInt8 in [.ampersand, .lessThan, .greaterThan, .quotationMark, .apostrophe] { bytes.remove(byte) }
        return EscapeIslands(marker: .ampersand, reach: reach, valueBytes: bytes, effort, escape: escape(in:at:))
            .decode(text, decoder: "references", budget: budget)
    }

    /// Those that can touch a value, or stand in one.
    private static let names: [(name: [UInt8], byte: UInt8)] = [
        ("quot", .quotationMark), ("apos", .apostrophe), ("amp", .ampersand), ("lt", .lessThan), ("gt", .greaterThan),
        ("equals", .equalsSign), ("colon", .colon), ("sol", .slash), ("commat", .atSign), ("lowbar", .underscore),
        ("period", .period), ("plus", .plus), ("num", .numberSign), ("semi", .semicolon), ("nbsp", .space),
    ].map { (Array($0.utf8), $1) }

    private static func escape(in text: UnsafeRawBufferPointer, at index: Int) -> EscapeIslands.Escape? {
        let rest = text.slice(index + 1..<min(text.count, index + longest))
        guard let end = rest.firstIndex(of: .semicolon), end > 1 else { return nil }
        let name = rest.slice(0..<end)
        let byte =
            name[0] == .numberSign ? character(name.slice(1..<end)) : names.first { name.elementsEqual($0.name) }?.byte
        return byte.map { .init(byte: $0, length: end + 2) }
    }

    /// The character of ASCII whose code these digits are.
    private static func character(_ digits: UnsafeRawBufferPointer) -> UInt8? {
        let isHex = digits[0] | 0x20 == UInt8(ascii: "x")
        var value = 0
        for digit in digits.dropFirst(isHex ? 1 : 0) {
            guard let digit = digit.hexValue, isHex || digit < 10 else { return nil }
            value = value * (isHex ? 16 : 10) + Int(digit)
        }
        return value > 0 && value < 0x80 ? UInt8(value) : nil
    }
}
