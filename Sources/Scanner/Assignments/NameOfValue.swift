internal import Bytes

/// A name that something may be given to, and what stands right before it.
struct NameOfValue {
    /// Without quotes and leading dashes.
    private(set) var range: Range<Int>
    /// How many dashes stand before it: `--password` has two.
    private(set) var dashes = 0
    /// The byte before it and its dashes; zero at the start of the text.
    private(set) var before: UInt8 = 0
    /// Where it begins, or its dashes or first word do.
    private(set) var opening = 0

    /// Whether the word is a value that is attached to an option of one letter: `-psecret`.
    private(set) var isAttached = false

    /// - Parameter place: Of a word in the name.
    /// - Returns: `nil` if it is too long for a name.
    init?(at place: Int, in text: UnsafeRawBufferPointer) {
        guard text[place].isNameByte else { return nil }
        let longest = AssignmentReader.longestName
        var start = place
        while start > 0, text[start - 1].isNameByte || Self.isInnerSlash(start - 1, text) {
            start -= 1
            if place - start > longest { return nil }
        }
        var end = place
        while end < text.count, text[end].isNameByte {
            end += 1
            if end - place > longest { return nil }
        }
        while end > start, text[end - 1] == .period || text[end - 1] == .hyphen { end -= 1 }
        while start < end, text[start] == .hyphen || text[start] == .period || text[start] == .slash {
            if text[start] == .hyphen { dashes += 1 }
            start += 1
        }
        guard start < end else { return nil }
        opening = start - dashes
        if opening > 0, text[opening - 1] == .space, dashes == 0,
            let first = Self.firstWord(before: start, end: end, in: text)
        {
            start = first
            opening = first
        }
        before = opening > 0 ? text[opening - 1] : 0
        // `${NAME-V}`
        if before == .leftBrace, let hyphen = text.slice(place..<end).firstIndex(of: .hyphen) { end = place + hyphen }
        guard start < end else { return nil }
        range = start..<end
        isAttached = place == start + 1 && text[start].isLowercase && !text[place].isUppercase
    }

    /// `checksum/secret`: a slash between letters.
    private static func isInnerSlash(_ place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        text[place] == .slash && place > 0 && text[place - 1].isNameByte && text[place + 1].isNameByte
    }

    /// Where a name of several words begins: behind a quote, or at the start of the line.
    private static func firstWord(before start: Int, end: Int, in text: UnsafeRawBufferPointer) -> Int? {
        var index = start
        let isLabel = end < text.count && text[end] == .colon
        var words = 0
        while start - index < 40, words < 4 {
            guard index > 1, text[index - 1] == .space, text[index - 2].isAlphanumeric else { return nil }
            index -= 1
            while index > 0, text[index - 1].isNameByte { index -= 1 }
            words += 1
            guard index > 0, text[index - 1] != .lineFeed else { return isLabel ? index : nil }
            if text[index - 1].isQuote { return index }
        }
        return nil
    }
}

/// What stands before a name on its line. Few names are followed by anything that makes this worth reading.
struct OpeningOfLine {
    /// Whether nothing stands there but what opens a statement: `export`, `- `, `# `, `ENV`.
    private(set) var beginsLine = false
    /// Whether the word before the name takes a name and a value with a blank between them: `ENV`, `#define`, `set`.
    let isDefined: Bool
    /// Whether the name stands in a cell of a table of Markdown.
    private(set) var isInTable = false

    /// How far it is read, in bytes.
    private static let reach = 24

    init(before name: NameOfValue, in text: UnsafeRawBufferPointer) {
        let start = name.opening
        var index = start
        let lowest = max(0, start - Self.reach)
        while index > lowest, text[index - 1] != .lineFeed { index -= 1 }
        guard index == 0 || text[index - 1] == .lineFeed else {
            isDefined = Self.definesName(text.slice(lowest..<start))
            return
        }
        let opening = text.slice(index..<start)
        isDefined = Self.definesName(opening)
        isInTable = opening.first == .verticalBar
        beginsLine = isDefined || opening.allSatisfy { !$0.isAlphanumeric } || Self.exports(opening)
    }

    private static func definesName(_ opening: UnsafeRawBufferPointer) -> Bool {
        guard opening.last == .space || opening.last == .tab else { return false }
        let before = opening.slice(0..<opening.count - 1)
        return definitions.contains { word in
            before.endsCaseless(with: word)
                && (before.count == word.utf8CodeUnitCount
                    || !before[before.count - 1 - word.utf8CodeUnitCount].isAlphanumeric)
        }
    }

    private static func exports(_ opening: UnsafeRawBufferPointer) -> Bool {
        opening.indices.contains { place in
            opening[place] == .space && exporting.contains { opening.slice(0..<place).endsCaseless(with: $0) }
        }
    }

    private static let definitions: [StaticString] = [
        "env", "#define", "set", "setenv", "setx", "define", "arg", "-e", "--env",
    ]
    /// Words that a blank follows.
    private static let exporting: [StaticString] = ["export", "set", "arg", "env", "declare", "local", "readonly"]
}
