import Bytes

/// Undoes what languages, shells and forms write in place of the characters of a key: `\n`, `\\n`, `` `n ``, `\x0a`,
/// `\012`, `%0A`, `&#10;`, `<br/>`, `\/`, `%2B`, `\u002b`.
///
/// Wider than the scanner's decoders, which undo only what can hide where a value begins or ends: here it is known that
/// the text is a key's.
enum KeyText {
    /// The text as it was before it was written into another.
    static func plain(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        // What is escaped in a string literal may be percent-encoded as a whole: `%5Cn`.
        let once = Self.undone(text)
        guard once.contains(.backslash) || once.contains(.percent) || once.contains(.ampersand) else { return once }
        return once.withUnsafeBytes { undone($0) }
    }

    private static func undone(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        // In forms a space is written as a plus sign, and a plus sign so.
        let isForm = text.containsCaseless("%2b")
        var index = 0
        while index < text.count {
            let found =
                switch text[index] {
                case .plus where isForm: (byte: UInt8.space, end: index + 1)
                case .backslash: backslash(text, index)
                case .backtick: backtick(text, index)
                case .percent: percent(text, index)
                case .ampersand: entity(text, index)
                case .lessThan: tag(text, index)
                default: (byte: text[index], end: index + 1)
                }
            result.append(found.byte)
            index = found.end
        }
        return result
    }

    private typealias Found = (byte: UInt8, end: Int)

    private static func backslash(_ text: UnsafeRawBufferPointer, _ start: Int) -> Found {
        // A literal within a literal doubles them.
        let end = text[start...].firstIndex { $0 != .backslash } ?? text.count
        guard end < text.count else { return (.space, end) }
        switch text[end] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"): return (.lineFeed, end + 1)
        case UInt8(ascii: "t"): return (.tab, end + 1)
        case UInt8(ascii: "x"): return number(text, end + 1, 2, radix: 16) ?? (.space, end)
        case UInt8(ascii: "u"): return number(text, end + 1, 4, radix: 16) ?? (.space, end)
        case UInt8.octalDigits:
            return number(text, end, 3, radix: 8) ?? number(text, end, 2, radix: 8) ?? (.space, end)
        // `\/` and, in properties, `\=`.
        case .slash, .plus, .equalsSign: return (text[end], end + 1)
        default: return (.space, end)
        }
    }

    /// PowerShell's.
    private static func backtick(_ text: UnsafeRawBufferPointer, _ start: Int) -> Found {
        let isEscape = start + 1 < text.count && "nrt".utf8.contains(text[start + 1])
        return isEscape ? (.lineFeed, start + 2) : (.backtick, start + 1)
    }

    private static func percent(_ text: UnsafeRawBufferPointer, _ start: Int) -> Found {
        number(text, start + 1, 2, radix: 16) ?? (.percent, start + 1)
    }

    private static let longestEntity = 10
    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        (name("lt"), .lessThan), (name("gt"), .greaterThan), (name("quot"), .quotationMark),
        (name("apos"), .apostrophe), (name("amp"), .ampersand), (name("nbsp"), .space), (name("plus"), .plus),
        (name("sol"), .slash), (name("equals"), .equalsSign), (name("NewLine"), .lineFeed),
    ]

    private static func name(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A character reference of HTML and XML; the ampersand where there is none.
    static func entity(_ text: UnsafeRawBufferPointer, _ start: Int) -> (byte: UInt8, end: Int) {
        let body = text.slice(start + 1..<min(text.count, start + 1 + longestEntity))
        guard let length = body.firstIndex(of: .semicolon), length > 0 else { return (.ampersand, start + 1) }
        let name = body.slice(0..<length)
        let end = start + length + 2
        if let known = entities.first(where: { name.elementsEqual($0.name) }) { return (known.byte, end) }
        guard name[0] == .numberSign, length > 1 else { return (.ampersand, start + 1) }
        let isHexadecimal = name[1] | 0x20 == UInt8(ascii: "x")
        let digits = String(decoding: name.slice((isHexadecimal ? 2 : 1)..<length), as: UTF8.self)
        return UInt8(digits, radix: isHexadecimal ? 16 : 10).map { ($0, end) } ?? (.ampersand, start + 1)
    }

    /// Elements that stand between the lines of a text, or around them.
    private static let elements = [
        "br", "p", "div", "span", "code", "pre", "li", "td", "tr", "string", "line", "value",
    ]
    .map { Array($0.utf8) }
    private static let longestTag = 80

    private static func tag(_ text: UnsafeRawBufferPointer, _ start: Int) -> Found {
        let body = text.slice(start + 1..<min(text.count, start + 1 + longestTag))
        guard let end = body.firstIndex(of: .greaterThan) else { return (.lessThan, start + 1) }
        let name = body.slice(0..<end).drop { $0 == .slash }.prefix(while: \.isLetter)
        let isElement = elements.contains { name.elementsEqual($0) }
        return isElement ? (.lineFeed, start + end + 2) : (.lessThan, start + 1)
    }

    /// The character of ASCII whose number stands at an offset.
    private static func number(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int, radix: Int) -> Found? {
        guard start + count <= text.count else { return nil }
        let digits = text.slice(start..<start + count)
        guard digits.allSatisfy({ $0.hexValue != nil }) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: radix).map { ($0, start + count) }
    }
}
