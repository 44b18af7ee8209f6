/// Places in a JSON text, so that one member is changed and everything else stays as somebody wrote it.
struct JSONOutline {
    /// One member of an object, by ranges of bytes.
    struct Member {
        /// As it is written between the quotes.
        var key: String
        /// From the key's quote to the value's end.
        var range: Range<Int>
        var value: Range<Int>
    }

    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    private static let (quote, backslash, colon) = (UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: ":"))

    /// The place of the object that keys lead to; `nil` if there is none.
    func object(_ path: [String]) -> Range<Int>? {
        var place = skipSpace(0)..<bytes.count
        for key in path {
            guard let member = members(of: place)?.first(where: { $0.key == key }) else { return nil }
            place = member.value
        }
        return bytes[place].first == UInt8(ascii: "{") ? place : nil
    }

    /// The members of an object; `nil` for what is none, or no JSON.
    func members(of object: Range<Int>) -> [Member]? {
        guard bytes[object].first == UInt8(ascii: "{") else { return nil }
        var members: [Member] = []
        var position = skipSpace(object.lowerBound + 1)
        while position < object.upperBound, bytes[position] == Self.quote {
            guard let keyEnd = endOfString(position) else { return nil }
            let separator = skipSpace(keyEnd)
            guard separator < bytes.count, bytes[separator] == Self.colon else { return nil }
            let start = skipSpace(separator + 1)
            guard let end = endOfValue(start) else { return nil }
            let key = String(decoding: bytes[position + 1..<keyEnd - 1], as: UTF8.self)
            members.append(Member(key: key, range: position..<end, value: start..<end))
            position = skipSpace(end)
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position = skipSpace(position + 1)
        }
        return members
    }

    /// The text with another one in the place of some bytes.
    func replacing(_ range: Range<Int>, with text: String) -> String {
        String(
            decoding: Array(bytes[..<range.lowerBound]) + Array(text.utf8) + bytes[range.upperBound...], as: UTF8.self)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// White space between the line's start and a place.
    func indentation(at position: Int) -> String {
        let start = bytes[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = bytes[start..<position]
        return line.allSatisfy(Self.isSpace) ? text(start..<position) : ""
    }

    /// A string's text between its quotes.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }

    private func skipSpace(_ position: Int) -> Int {
        bytes[min(position, bytes.count)...].firstIndex { !Self.isSpace($0) } ?? bytes.count
    }

    private func endOfString(_ start: Int) -> Int? {
        var position = start + 1
        while position < bytes.count {
            if bytes[position] == Self.quote { return position + 1 }
            position += bytes[position] == Self.backslash ? 2 : 1
        }
        return nil
    }

    private func endOfValue(_ start: Int) -> Int? {
        var depth = 0
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case Self.quote:
                guard let end = endOfString(position) else { return nil }
                if depth == 0 { return end }
                position = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // What has no brackets of its own ends where those around it do.
                if depth == 0 { return position }
                depth -= 1
                if depth == 0 { return position + 1 }
            case UInt8(ascii: ",") where depth == 0: return position
            default: break
            }
            position += 1
        }
        return nil
    }
}
