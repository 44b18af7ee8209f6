internal import Bytes

/// The value that a literal stands for: what counts for the identity of a secret, whatever file it is written into.
///
/// Escapes of programming languages and JSON (`\"`, `\u0041`, `\x41`), entities of XML, quotes around the whole, and line ends
/// at either end are undone; line ends within are LF. This is done until nothing is left to undo: the same secret then has one
/// value in plain text, in JSON, and in JSON within JSON, even if it has a backslash itself. That two secrets which differ in
/// nothing but such escapes count as one is the price, and a small one.
enum LiteralValue {
    /// How deep literals stand within each other.
    private static let limit = 8

    /// The value of a literal; the literal itself if nothing would be left of it.
    static func value(of literal: [UInt8]) -> [UInt8] {
        var value = literal[...]
        for _ in 0..<limit {
            let next = undone(value)
            if next == value { break }
            value = next
        }
        return value.isEmpty ? literal : Array(value)
    }

    private static func undone(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var value = value
        if value.contains(where: { $0 == .backslash || $0 == .ampersand || $0 == .carriageReturn }) {
            value = unescaped(value)[...]
        }
        while let last = value.last, last == .lineFeed || last == .carriageReturn { value.removeLast() }
        while let first = value.first, first == .lineFeed || first == .carriageReturn { value.removeFirst() }
        if value.count > 2, let first = value.first, first == value.last,
            [.quotationMark, .apostrophe, .backtick].contains(first)
        {
            value = value.dropFirst().dropLast()
        }
        return value
    }

    private static func unescaped(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(value.count)
        var rest = value
        while let byte = rest.first {
            if byte == .backslash, let escape = Escape(rest) {
                result += escape.bytes
                rest = rest.dropFirst(escape.length)
            } else if byte == .ampersand, let entity = Escape(entity: rest) {
                result += entity.bytes
                rest = rest.dropFirst(entity.length)
            } else if byte == .carriageReturn, rest.dropFirst().first == .lineFeed {
                rest = rest.dropFirst()
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}

/// What stands for other bytes at the beginning of a text.
private struct Escape {
    let bytes: [UInt8]
    /// Of the escape itself, in bytes.
    let length: Int

    private init(_ bytes: [UInt8], _ length: Int) { (self.bytes, self.length) = (bytes, length) }

    /// A backslash and what follows; `nil` for what is no escape, such as that of a folder in Windows.
    init?(_ text: ArraySlice<UInt8>) {
        guard let kind = text.dropFirst().first else { return nil }
        switch kind {
        case .quotationMark, .apostrophe, .backtick, .backslash, .slash: self.init([kind], 2)
        case UInt8(ascii: "n"): self.init([.lineFeed], 2)
        case UInt8(ascii: "r"): self.init([.carriageReturn], 2)
        case UInt8(ascii: "t"): self.init([.tab], 2)
        case UInt8(ascii: "x"): self.init(digits: text.dropFirst(2).prefix(2), of: 2, besides: 2)
        case UInt8(ascii: "u"): self.init(unicode: text)
        case UInt8(ascii: "U"): self.init(digits: text.dropFirst(2).prefix(8), of: 8, besides: 2)
        default: return nil
        }
    }

    private init?(digits: ArraySlice<UInt8>, of count: Int, besides length: Int) {
        guard digits.count == count, let code = Self.number(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
            return nil
        }
        self.init(Array(String(scalar).utf8), length + count)
    }

    /// `\u0041`, a pair of surrogates, or `\u{41}`.
    private init?(unicode text: ArraySlice<UInt8>) {
        let rest = text.dropFirst(2)
        if rest.first == .leftBrace {
            let digits = rest.dropFirst().prefix(7).prefix(while: \.isHexDigit)
            guard rest.dropFirst(1 + digits.count).first == .rightBrace else { return nil }
            self.init(digits: digits, of: digits.count, besides: 4)
            return
        }
        guard rest.prefix(4).count == 4, let high = Self.number(rest.prefix(4), radix: 16) else { return nil }
        if let scalar = Unicode.Scalar(high) {
            self.init(Array(String(scalar).utf8), 6)
            return
        }
        let pair = rest.dropFirst(4)
        guard (0xd800..<0xdc00).contains(high), pair.starts(with: #"\u"#.utf8), pair.prefix(6).count == 6,
            let low = Self.number(pair.dropFirst(2).prefix(4), radix: 16), (0xdc00..<0xe000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
        else { return nil }
        self.init(Array(String(scalar).utf8), 12)
    }

    /// `&quot;` and its like, `&#34;`, `&#x22;`.
    init?(entity text: ArraySlice<UInt8>) {
        let name = text.dropFirst().prefix(10).prefix { $0 != .semicolon }
        guard text.dropFirst(1 + name.count).first == .semicolon else { return nil }
        let named: [(StaticString, UInt8)] = [
            ("quot", .quotationMark), ("apos", .apostrophe), ("amp", .ampersand), ("lt", .lessThan),
            ("gt", .greaterThan),
        ]
        if let (_, byte) = named.first(where: { $0.0.withUTF8Buffer { $0.elementsEqual(name) } }) {
            self.init([byte], name.count + 2)
            return
        }
        guard name.first == .numberSign else { return nil }
        let isHex = name.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard let code = Self.number(digits, radix: isHex ? 16 : 10), code > 0, let scalar = Unicode.Scalar(code) else {
            return nil
        }
        self.init(Array(String(scalar).utf8), name.count + 2)
    }

    private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
        guard !digits.isEmpty, digits.count <= 8 else { return nil }
        var number: UInt32 = 0
        for digit in digits {
            guard let value = digit.hexValue, UInt32(value) < radix else { return nil }
            number = number &* radix &+ UInt32(value)
        }
        return number
    }
}
