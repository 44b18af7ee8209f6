import Bytes

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
            if let range = change[name: "range"] {
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
        var places = TextPlaces(text)
        return places.offset(line: position.line + 1, column: position.character + 1)
    }

    /// The end of a line, without what ends it.
    func end(ofLine line: Int) -> Position {
        let start = offset(of: Position(line: line, character: 0))
        var end = text[start...].firstIndex(of: .lineFeed) ?? text.count
        if end > start, text[end - 1] == .carriageReturn { end -= 1 }
        return Position(line: line, character: String(decoding: text[start..<end], as: UTF8.self).utf16.count)
    }
}
