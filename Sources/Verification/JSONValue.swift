internal import Bytes

/// A JSON text's value. Strict (RFC 8259), bounded in depth, and without a word about the text in its errors.
package enum JSONValue: Sendable, Hashable {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    case number(Double)
    case bool(Bool)
    case null

    /// Reads a whole text; `nil` for anything that is not one JSON value.
    package init?(parsing bytes: UnsafeRawBufferPointer) {
        var parser = JSONParser(bytes: bytes)
        guard let value = parser.document() else { return nil }
        self = value
    }

    /// The value that a dotted path leads to: members of objects, indices of arrays.
    package func value(at path: String) -> JSONValue? {
        var value = self
        for name in path.split(separator: ".", omittingEmptySubsequences: false) {
            switch value {
            case .object(let members):
                guard let member = members[String(name)] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(name), elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    package subscript(_ path: String) -> JSONValue? { value(at: path) }

    package var text: String? { if case .string(let text) = self { text } else { nil } }
    package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}

private struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    var position = 0
    var depth = 0

    private static let maximumDepth = 128

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func document() -> JSONValue? {
        // A byte order mark is not JSON, but some servers send one, and parsers may ignore it.
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
        guard let value = value() else { return nil }
        skipSpace()
        return position == bytes.count ? value : nil
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == .space || byte == .lineFeed || byte == .carriageReturn || byte == .tab {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value() -> JSONValue? {
        skipSpace()
        guard depth < Self.maximumDepth else { return nil }
        switch next {
        case .leftBrace: return object()
        case .leftBracket: return array()
        case .quotationMark: return string().map { .string($0) }
        case UInt8(ascii: "t"): return word("true", .bool(true))
        case UInt8(ascii: "f"): return word("false", .bool(false))
        case UInt8(ascii: "n"): return word("null", .null)
        default: return number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
        let text = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: text) else { return nil }
        position += text.count
        return value
    }

    private mutating func object() -> JSONValue? {
        position += 1
        depth += 1
        defer { depth -= 1 }
        var members: [String: JSONValue] = [:]
        if take(.rightBrace) { return .object(members) }
        repeat {
            skipSpace()
            guard next == .quotationMark, let name = string(), take(.colon), let value = value() else {
                return nil
            }
            members[name] = value
        } while take(.comma)
        return take(.rightBrace) ? .object(members) : nil
    }

    private mutating func array() -> JSONValue? {
        position += 1
        depth += 1
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if take(.rightBracket) { return .array(elements) }
        repeat {
            guard let value = value() else { return nil }
            elements.append(value)
        } while take(.comma)
        return take(.rightBracket) ? .array(elements) : nil
    }

    private mutating func number() -> JSONValue? {
        let start = position
        if next == .hyphen { position += 1 }
        let digits = position
        guard skipDigits() else { return nil }
        if bytes[digits] == UInt8(ascii: "0"), position - digits > 1 { return nil }
        if next == .period {
            position += 1
            guard skipDigits() else { return nil }
        }
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if next == .plus || next == .hyphen { position += 1 }
            guard skipDigits() else { return nil }
        }
        return Double(String(decoding: bytes[start..<position], as: UTF8.self)).map { .number($0) }
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = next, byte.isDigit { position += 1 }
        return position > start
    }

    private mutating func string() -> String? {
        position += 1
        var content: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case .quotationMark: return String(validating: content, as: UTF8.self)
            case .backslash: guard escape(into: &content) else { return nil }
            case _ where byte < .space: return nil
            default: content.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into content: inout [UInt8]) -> Bool {
        guard let byte = next else { return false }
        position += 1
        switch byte {
        case .quotationMark, .backslash, .slash: content.append(byte)
        case UInt8(ascii: "b"): content.append(.backspace)
        case UInt8(ascii: "f"): content.append(.formFeed)
        case UInt8(ascii: "n"): content.append(.lineFeed)
        case UInt8(ascii: "r"): content.append(.carriageReturn)
        case UInt8(ascii: "t"): content.append(.tab)
        case UInt8(ascii: "u"):
            guard let scalar = unicodeScalar() else { return false }
            content.append(contentsOf: String(Character(scalar)).utf8)
        default: return false
        }
        return true
    }

    private mutating func unicodeScalar() -> Unicode.Scalar? {
        guard let first = codeUnit() else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? "\u{fffd}" }
        guard position + 1 < bytes.count, bytes[position] == .backslash,
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{fffd}" }
        let mark = position
        position += 2
        guard let second = codeUnit() else { return nil }
        guard UTF16.isTrailSurrogate(second) else {
            position = mark
            return "\u{fffd}"
        }
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
    }

    private mutating func codeUnit() -> UInt16? {
        guard position + 4 <= bytes.count else { return nil }
        let digits = bytes[position..<position + 4]
        guard digits.allSatisfy({ $0.isHexDigit }) else { return nil }
        position += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
