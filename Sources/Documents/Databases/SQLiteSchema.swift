internal import Bytes

/// A table as the file's list of tables has it.
struct SQLiteTable {
    var name: String
    /// The tree's first page.
    var root: Int
    /// In order of the columns of a record; fewer than those where the text could not be read.
    var columns: [String]
    /// The column that is the number of a row, and null in its record; an index in `columns`.
    var numberColumn: Int?
    /// Whether its rows stand in a tree of an index.
    var hasNoRowNumbers = false
}

/// Names of columns, out of the text of a `CREATE TABLE`. Nothing of it is run.
struct SQLiteColumns {
    private(set) var names: [String] = []
    private(set) var numberColumn: Int?
    private(set) var hasNoRowNumbers = false
    /// Those of the primary key, which stand first in a table without row numbers.
    private var keys: [String] = []

    /// More than SQLite makes where nobody has built it otherwise.
    private static let maximumColumns = 2000

    init(_ text: [UInt8]) {
        guard let open = text.firstIndex(of: .leftParenthesis) else { return }
        var parser = SQLiteWords(text[(open + 1)...])
        var words: [SQLiteWords.Word] = []
        while names.count < Self.maximumColumns {
            guard let word = parser.next() else {
                add(words)
                break
            }
            switch word {
            case .comma: add(words)
            case .end:
                add(words)
                var rest: [String] = []
                while rest.count < 8, let word = parser.next() { if let text = word.plain { rest.append(text) } }
                hasNoRowNumbers = rest.contains("without") && rest.contains("rowid")
                if hasNoRowNumbers { order() }
                return
            default:
                words.append(word)
                continue
            }
            words = []
        }
    }

    /// A column's definition, or a condition of the whole table.
    private mutating func add(_ words: [SQLiteWords.Word]) {
        guard let first = words.first, let name = first.text else { return }
        let plain = words.map { $0.plain ?? "" }
        let isCondition = ["primary", "unique", "check", "foreign", "constraint"].contains(first.plain ?? "")
        if isCondition {
            guard let place = plain.firstIndex(of: "primary"), place + 1 < plain.count, plain[place + 1] == "key",
                case .group(let inner)? = words.dropFirst(place + 2).first
            else { return }
            keys = SQLiteWords.names(inner)
            // One key of integers is the number of the row, too.
            if keys.count == 1, let index = names.firstIndex(where: { $0.lowercased() == keys[0].lowercased() }),
                integers.contains(index)
            {
                numberColumn = index
            }
            return
        }
        if plain.contains("virtual") && plain.contains("as") || plain.contains("generated") && !plain.contains("stored")
        {
            // It is worked out, and in no record.
            return
        }
        let isInteger = plain.count > 1 && plain[1] == "integer"
        if isInteger { integers.insert(names.count) }
        if let place = plain.firstIndex(of: "primary"), place + 1 < plain.count, plain[place + 1] == "key" {
            keys = [name]
            if isInteger { numberColumn = names.count }
        }
        names.append(name)
    }

    private var integers: Set<Int> = []

    /// As a record of an index has them: the key first.
    private mutating func order() {
        numberColumn = nil
        let lowered = keys.map { $0.lowercased() }
        names = keys + names.filter { !lowered.contains($0.lowercased()) }
    }
}

/// The words of a `CREATE TABLE`, from behind its first parenthesis.
struct SQLiteWords {
    enum Word {
        case word(String)
        case quoted(String)
        /// What stands in parentheses.
        case group([UInt8])
        case comma
        /// The parenthesis that closes the first one.
        case end

        /// A name as it is.
        var text: String? {
            switch self {
            case .word(let text), .quoted(let text): text
            case .group, .comma, .end: nil
            }
        }
        /// In lower case; `nil` for what stands in quotes.
        var plain: String? {
            if case .word(let text) = self { return text.lowercased() }
            return nil
        }
    }

    private let text: ArraySlice<UInt8>
    private var index: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        index = text.startIndex
    }

    /// The first name of each part between commas.
    static func names(_ text: [UInt8]) -> [String] {
        var words = SQLiteWords(text[...])
        var names: [String] = []
        var isFirst = true
        while let word = words.next() {
            if case .comma = word {
                isFirst = true
            } else if isFirst, let name = word.text {
                names.append(name)
                isFirst = false
            }
        }
        return names
    }

    mutating func next() -> Word? {
        while index < text.endIndex {
            let byte = text[index]
            switch byte {
            case .comma:
                index += 1
                return .comma
            case .rightParenthesis:
                index += 1
                return .end
            case .leftParenthesis: return group()
            case .quotationMark, .apostrophe, .backtick: return quoted(by: byte)
            case .leftBracket: return quoted(by: .rightBracket)
            case .hyphen where index + 1 < text.endIndex && text[index + 1] == .hyphen:
                index = text[index...].firstIndex(of: .lineFeed) ?? text.endIndex
            case .slash where index + 1 < text.endIndex && text[index + 1] == .asterisk: skipComment()
            default:
                if Self.isPart(byte) { return word() }
                index += 1
            }
        }
        return nil
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == .underscore || byte >= 0x80 || byte == .dollar
    }

    private mutating func word() -> Word {
        let end = text[index...].firstIndex { !Self.isPart($0) } ?? text.endIndex
        defer { index = end }
        return .word(String(decoding: text[index..<end], as: UTF8.self))
    }

    private mutating func quoted(by quote: UInt8) -> Word {
        var name: [UInt8] = []
        index += 1
        while index < text.endIndex {
            if text[index] == quote {
                // Twice it stands for itself.
                guard quote != .rightBracket, index + 1 < text.endIndex, text[index + 1] == quote else { break }
                index += 1
            }
            name.append(text[index])
            index += 1
        }
        index = min(index + 1, text.endIndex)
        return .quoted(String(decoding: name, as: UTF8.self))
    }

    private mutating func group() -> Word {
        let start = index + 1
        var depth = 0
        while index < text.endIndex {
            if text[index] == .leftParenthesis { depth += 1 }
            if text[index] == .rightParenthesis {
                depth -= 1
                if depth == 0 { break }
            }
            index += 1
        }
        let inner = start <= index ? Array(text[start..<index]) : []
        index = min(index + 1, text.endIndex)
        return .group(inner)
    }

    private mutating func skipComment() {
        index += 2
        while index + 1 < text.endIndex, !(text[index] == .asterisk && text[index + 1] == .slash) { index += 1 }
        index = min(index + 2, text.endIndex)
    }
}
