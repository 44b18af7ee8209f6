internal import Bytes

/// Rows of a table, or what is left of some, written as a text: names of columns stand before values, as in JSON.
package struct DatabaseText {
    /// Where a value stands in the file.
    enum Row {
        case number(Int64)
        /// From 1; of a table whose rows have no numbers.
        case ordinal(Int)
        /// What was deleted, or stands in no table; the page's number.
        case remains(page: Int)
    }

    private struct Part {
        /// From 1.
        var firstLine: Int
        var row: Row
        /// Empty: what stands there has no name.
        var column: String
    }

    /// In UTF-8.
    package private(set) var bytes: [UInt8] = []
    /// Empty: what stands in no table.
    let table: String
    private var parts: [Part] = []
    private var lineCount = 1

    /// Texts are handed on once they are longer.
    static let usualSize = 256 << 10
    private static let maximumName = 200
    /// Longer values are written as they are, without what quotes would ask for.
    private static let longestQuoted = 4096

    init(table: String) {
        self.table = String(table.prefix(Self.maximumName))
        open()
    }

    /// The table's name encloses its rows: it may say whose a key is.
    private mutating func open() {
        if table.isEmpty { return }
        write("\"", quoted: Array(table.utf8), "\": [\n")
    }

    var isEmpty: Bool { parts.isEmpty }
    var isFull: Bool { bytes.count >= Self.usualSize }

    /// - Parameter line: Of the text, from 1.
    /// - Returns: What the value there is called, `users/row 3/password`, and the line in it; empty for what is in none.
    package func place(ofLine line: Int) -> (name: String, line: Int) {
        let next = parts.partitionPoint { $0.firstLine <= line }
        guard next > 0 else { return (table, 1) }
        let part = parts[next - 1]
        return (Self.name(table, part.row, part.column), line - part.firstLine + 1)
    }

    static func name(_ table: String, _ row: Row, _ column: String) -> String {
        let place =
            switch row {
            case .number(let number): "row \(number)"
            case .ordinal(let number): "row \(number)"
            case .remains(let page): table.isEmpty ? "page \(page)" : "deleted, page \(page)"
            }
        return [table, place, column].filter { !$0.isEmpty }.joined(separator: "/")
    }

    // MARK: Writing

    mutating func beginRow() { write("  {\n") }
    mutating func endRow() { write("  },\n") }

    /// Adds a value that has a name.
    mutating func add(_ value: [UInt8], column: String, row: Row) {
        let name = String(column.prefix(Self.maximumName))
        write("    \"", quoted: Array(name.utf8), "\": ")
        if Self.isPlain(value) {
            parts.append(Part(firstLine: lineCount, row: row, column: name))
            write("\"", quoted: value, "\",\n")
        } else {
            write("\n")
            parts.append(Part(firstLine: lineCount, row: row, column: name))
            write(value)
            write("\n")
        }
    }

    /// Adds what has none.
    mutating func add(loose text: [UInt8], row: Row) {
        parts.append(Part(firstLine: lineCount, row: row, column: ""))
        write(text)
        write("\n")
    }

    /// Whether a value is one line that is no document of its own.
    private static func isPlain(_ value: [UInt8]) -> Bool {
        guard value.count <= longestQuoted, let first = value.first(where: { !$0.isWhitespace }) else {
            return value.isEmpty
        }
        return ![.leftBrace, .leftBracket, .lessThan].contains(first) && !value.contains(.lineFeed)
    }

    private mutating func write(_ text: StaticString) {
        text.withUTF8Buffer {
            bytes.append(contentsOf: $0)
            lineCount += $0.last == .lineFeed ? 1 : 0
        }
    }

    private mutating func write(_ value: [UInt8]) {
        bytes += value
        lineCount += value.reduce(0) { $0 + ($1 == .lineFeed ? 1 : 0) }
    }

    private mutating func write(_ before: StaticString, quoted value: [UInt8], _ after: StaticString) {
        write(before)
        for byte in value {
            if byte == .quotationMark || byte == .backslash { bytes.append(.backslash) }
            bytes.append(byte.isControl ? .space : byte)
        }
        write(after)
    }
}
