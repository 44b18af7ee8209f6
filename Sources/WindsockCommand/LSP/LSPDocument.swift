import Bytes
import Findings

/// A text that is open in an editor.
struct LSPDocument: Sendable {
    let address: String
    /// What the editor calls the language: `python`.
    let language: String
    private(set) var version: Int
    private(set) var text: [UInt8]

    init(address: String, language: String, version: Int, text: String) {
        self.address = address
        self.language = language
        self.version = version
        self.text = Array(text.utf8)
    }

    /// A place in a text as editors count: both from 0, characters in UTF-16 units.
    struct Position: Hashable, Comparable {
        var line: Int
        var character: Int

        /// - Returns: `nil` for what is none.
        init?(_ node: JSONNode?) {
            guard let line = node?[name: "line"]?.integer, let character = node?[name: "character"]?.integer,
                line >= 0, character >= 0, line < .max, character < .max
            else { return nil }
            self.init(line: line, character: character)
        }

        init(line: Int, character: Int) { (self.line, self.character) = (line, character) }

        static func < (left: Self, right: Self) -> Bool {
            (left.line, left.character) < (right.line, right.character)
        }
    }

    /// Applies the changes of a notification, each to what the one before has left.
    mutating func apply(_ changes: [JSONNode], version: Int) {
        for change in changes {
            guard let new = change[name: "text"]?.text else { continue }
            // Some clients write null where the whole text comes.
            if let range = change[name: "range"], range.kind != .null {
                // What names no place changes nothing.
                guard let start = Position(range[name: "start"]), let end = Position(range[name: "end"]) else {
                    continue
                }
                let (from, to) = (offset(of: start), offset(of: end))
                text.replaceSubrange(min(from, to)..<max(from, to), with: new.utf8)
            } else {
                text = Array(new.utf8)
            }
        }
        self.version = version
    }

    /// The byte that a place is ahead of; what lies behind a line's end is its end.
    func offset(of position: Position) -> Int {
        let lines = Self.inLines(text)
        var places = TextPlaces(lines)
        let offset = places.offset(line: position.line + 1, column: position.character + 1)
        // A line ends ahead of both characters that end it.
        let isBetween =
            position.character > 0 && offset > 0 && offset < lines.count && lines[offset] == .lineFeed
            && lines[offset - 1] == .carriageReturn
        return isBetween ? offset - 1 : offset
    }

    /// The place that a byte is behind.
    func position(of offset: Int) -> Position {
        let start = text[..<offset].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        return Position(
            line: text[..<start].count { $0 == .lineFeed },
            character: String(decoding: text[start..<offset], as: UTF8.self).utf16.count)
    }

    /// A text of as many bytes whose lines end as editors count them: a carriage return alone ends one, too. A mark at the
    /// beginning counts as a character, and is none that would be passed over.
    static func inLines(_ text: [UInt8]) -> [UInt8] {
        let hasMark = text.starts(with: [0xef, 0xbb, 0xbf])
        guard hasMark || text.contains(.carriageReturn) else { return text }
        var lines = text
        for index in text.indices where text[index] == .carriageReturn {
            if index + 1 == text.count || text[index + 1] != .lineFeed { lines[index] = .lineFeed }
        }
        if hasMark { lines.replaceSubrange(..<3, with: [0xe2, 0x80, 0x83]) }
        return lines
    }

    /// The end of a line, without what ends it.
    func end(ofLine line: Int) -> Position {
        let start = offset(of: Position(line: line, character: 0))
        let text = Self.inLines(text)
        var end = text[start...].firstIndex(of: .lineFeed) ?? text.count
        if end > start, text[end - 1] == .carriageReturn { end -= 1 }
        return Position(line: line, character: String(decoding: text[start..<end], as: UTF8.self).utf16.count)
    }
}
