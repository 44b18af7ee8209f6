/// Lists the values of a JSON text.
struct JSONReader {
    let bytes: [UInt8]
    let isCommented: Bool
    let maximumCount: Int
    private(set) var entries: [JSONDocument.Entry] = []
    private var position = 0

    init(bytes: [UInt8], isCommented: Bool, maximumCount: Int) {
        self.bytes = bytes
        self.isCommented = isCommented
        self.maximumCount = maximumCount
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func readDocument() throws(JSONProblem) {
        // A byte order mark is not JSON, but some editors write one, and readers may pass over it.
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
        try readValue(depth: 0)
        try skipSpace()
        if position < bytes.count { throw problem("there is more behind the value") }
    }

    private mutating func readValue(depth: Int) throws(JSONProblem) {
        try skipSpace()
        if depth >= JSONDocument.maximumDepth { throw problem("it is nested too deeply") }
        if entries.count >= maximumCount { throw problem("it has too many values") }
        switch next {
        case .leftBrace: try readObject(depth)
        case .leftBracket: try readArray(depth)
        case .quotationMark: try readString()
        case UInt8(ascii: "t"): try readWord("true", .yes)
        case UInt8(ascii: "f"): try readWord("false", .no)
        case UInt8(ascii: "n"): try readWord("null", .null)
        case nil: throw problem("it ends where a value should stand")
        default: try readNumber()
        }
    }

    private mutating func open(_ kind: JSONDocument.Kind) -> Int {
        entries.append(JSONDocument.Entry(kind: kind, start: position, end: position, next: 0))
        return entries.count - 1
    }

    private mutating func close(_ index: Int) {
        entries[index].end = position
        entries[index].next = entries.count
    }

    private mutating func readObject(_ depth: Int) throws(JSONProblem) {
        let index = open(.object)
        position += 1
        try skipSpace()
        while next != .rightBrace {
            guard next == .quotationMark else { throw problem("a key in quotes is missing") }
            try readString()
            try skipSpace()
            guard next == .colon else { throw problem("a colon is missing") }
            position += 1
            try readValue(depth: depth + 1)
            guard try readComma(before: .rightBrace) else { break }
        }
        position += 1
        close(index)
    }

    private mutating func readArray(_ depth: Int) throws(JSONProblem) {
        let index = open(.array)
        position += 1
        try skipSpace()
        while next != .rightBracket {
            try readValue(depth: depth + 1)
            guard try readComma(before: .rightBracket) else { break }
        }
        position += 1
        close(index)
    }

    /// - Returns: Whether something may follow; the closing bracket is left where it is.
    private mutating func readComma(before bracket: UInt8) throws(JSONProblem) -> Bool {
        try skipSpace()
        if next == bracket { return false }
        guard next == .comma else { throw problem("a comma or a closing bracket is missing") }
        position += 1
        try skipSpace()
        if next == bracket, !isCommented { throw problem("nothing follows the comma") }
        return true
    }

    private mutating func readString() throws(JSONProblem) {
        let index = open(.string)
        position += 1
        while let byte = next {
            position += 1
            switch byte {
            case .quotationMark:
                close(index)
                return
            case .backslash:
                guard let escaped = next, "\"\\/bfnrtu".utf8.contains(escaped) else {
                    throw problem("an escape is wrong")
                }
                position += 1
                if escaped == UInt8(ascii: "u") {
                    guard position + 4 <= bytes.count, bytes[position..<position + 4].allSatisfy(\.isHexDigit) else {
                        throw problem("an escape is wrong")
                    }
                    position += 4
                }
            case _ where byte < .space:
                position -= 1
                throw problem("a control character stands in a text")
            default: break
            }
        }
        throw problem("a text does not end")
    }

    private mutating func readWord(_ word: StaticString, _ kind: JSONDocument.Kind) throws(JSONProblem) {
        let index = open(kind)
        let text = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: text) else { throw problem("it is no value") }
        position += text.count
        close(index)
    }

    private mutating func readNumber() throws(JSONProblem) {
        let index = open(.number)
        if next == .hyphen { position += 1 }
        let digits = position
        guard skipDigits() else { throw problem("it is no value") }
        if bytes[digits] == UInt8(ascii: "0"), position - digits > 1 { throw problem("a number begins with a zero") }
        if next == .period {
            position += 1
            guard skipDigits() else { throw problem("a number is cut") }
        }
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if next == .plus || next == .hyphen { position += 1 }
            guard skipDigits() else { throw problem("a number is cut") }
        }
        close(index)
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = next, byte.isDigit { position += 1 }
        return position > start
    }

    private mutating func skipSpace() throws(JSONProblem) {
        while let byte = next {
            switch byte {
            case .space, .lineFeed, .carriageReturn, .tab: position += 1
            case .slash where isCommented: try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONProblem) {
        let start = position
        switch position + 1 < bytes.count ? bytes[position + 1] : .space {
        case .slash: position = bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
        case .asterisk:
            position += 2
            while position + 1 < bytes.count, bytes[position] != .asterisk || bytes[position + 1] != .slash {
                position += 1
            }
            guard position + 1 < bytes.count else {
                position = start
                throw problem("a comment does not end")
            }
            position += 2
        default: throw problem("it is no value")
        }
    }

    private func problem(_ reason: String) -> JSONProblem {
        let before = bytes[..<min(position, bytes.count)]
        let lineStart = before.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        return JSONProblem(
            reason: reason, line: before.count { $0 == .lineFeed } + 1, column: before.count - lineStart + 1)
    }
}

extension JSONReader {
    /// What stands between quotes, without escapes. It was read before: every escape is whole.
    static func unescaped(_ content: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var position = content.startIndex
        while position < content.endIndex {
            let byte = content[position]
            position += 1
            guard byte == .backslash else {
                result.append(byte)
                continue
            }
            let escaped = content[position]
            position += 1
            switch escaped {
            case UInt8(ascii: "b"): result.append(.backspace)
            case UInt8(ascii: "f"): result.append(.formFeed)
            case UInt8(ascii: "n"): result.append(.lineFeed)
            case UInt8(ascii: "r"): result.append(.carriageReturn)
            case UInt8(ascii: "t"): result.append(.tab)
            case UInt8(ascii: "u"): result += String(scalar(content, &position)).utf8
            default: result.append(escaped)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func scalar(_ content: ArraySlice<UInt8>, _ position: inout Int) -> Character {
        let first = unit(content, position)
        position += 4
        guard UTF16.isLeadSurrogate(first) else { return Character(Unicode.Scalar(first) ?? "\u{fffd}") }
        guard position + 6 <= content.endIndex, content[position] == .backslash,
            content[position + 1] == UInt8(ascii: "u"), case let second = unit(content, position + 2),
            UTF16.isTrailSurrogate(second)
        else { return "\u{fffd}" }
        position += 6
        let value = 0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00)
        return Character(Unicode.Scalar(value) ?? "\u{fffd}")
    }

    private static func unit(_ content: ArraySlice<UInt8>, _ position: Int) -> UInt16 {
        UInt16(String(decoding: content[position..<position + 4], as: UTF8.self), radix: 16) ?? 0xfffd
    }
}
