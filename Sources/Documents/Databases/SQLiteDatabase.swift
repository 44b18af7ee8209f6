internal import Bytes

/// Reads an SQLite file, or what SQLite keeps beside one, in memory: tables row by row, and what is left of deleted rows.
///
/// No SQL is run, neither the file's nor anybody's: views, triggers, virtual tables and functions are nothing but text.
package struct DatabaseReader {
    /// What is found, in order.
    package enum Piece {
        case text(DatabaseText)
        /// A value that is no text, and what it is called.
        case blob(UnsafeRawBufferPointer, name: String)
    }

    private enum Kind {
        case file(SQLitePages)
        case log(SQLiteLog)
    }

    private let kind: Kind

    /// - Returns: `nil` for what is neither a database, nor a log or journal of one.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        if let pages = SQLitePages(bytes) {
            kind = .file(pages)
        } else if let log = SQLiteLog(bytes) {
            kind = .log(log)
        } else {
            return nil
        }
    }

    /// Whether bytes begin as one of them does.
    package static func isDatabase(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: SQLitePages.mark) || SQLiteLog.isLog(bytes)
    }

    /// Goes through all of it.
    ///
    /// - Parameter visit: Returns whether it is to go on.
    /// - Returns: What is wrong with the file, in words; `nil`: nothing.
    package func read(_ visit: (Piece) -> Bool) -> String? {
        switch kind {
        case .file(let pages):
            var walk = SQLiteWalk(pages)
            walk.run(visit)
            return walk.fault
        case .log(let log):
            log.read(visit)
            return nil
        }
    }
}

/// Goes through the tables of a file, and then through what no table has. Each page is read once.
struct SQLiteWalk {
    private let pages: SQLitePages
    private var isVisited: [Bool]
    private(set) var fault: String?
    private var goesOn = true
    private var text = DatabaseText(table: "")
    private var payload: [UInt8] = []

    init(_ pages: SQLitePages) {
        self.pages = pages
        isVisited = [Bool](repeating: false, count: pages.count + 1)
        if pages.bytes.count % pages.pageSize != 0 { fault = "it is cut off" }
    }

    mutating func run(_ visit: (DatabaseReader.Piece) -> Bool) {
        var tables: [SQLiteTable] = []
        var indexRoots: [Int] = []
        let schema = SQLiteTable(
            name: "sqlite_schema", root: 1, columns: ["type", "name", "tbl_name", "rootpage", "sql"])
        readRows(of: schema, visit) { record, bytes, encoding in
            guard case .integer(let root)? = record.values.dropFirst(3).first, root > 0, root <= Int32.max else {
                return
            }
            func text(_ index: Int) -> [UInt8] {
                guard index < record.values.count, case .text(let range) = record.values[index] else { return [] }
                return encoding.text(bytes.slice(range))
            }
            if text(0).elementsEqual("table".utf8) {
                let columns = SQLiteColumns(text(4))
                tables.append(
                    SQLiteTable(
                        name: String(decoding: text(1), as: UTF8.self), root: Int(root), columns: columns.names,
                        numberColumn: columns.numberColumn, hasNoRowNumbers: columns.hasNoRowNumbers))
            } else {
                indexRoots.append(Int(root))
            }
        }
        for table in tables where goesOn { readRows(of: table, visit) { _, _, _ in } }
        // What an index holds its table holds, too, but for what was deleted.
        for root in indexRoots where goesOn {
            readRows(of: SQLiteTable(name: "", root: root, columns: []), visit, isIndex: true) { _, _, _ in }
        }
        for number in 1..<max(1, isVisited.count) where goesOn && !isVisited[number] {
            if let page = pages.page(number) { readRemains(of: page, number, columns: nil, visit) }
        }
        flush(visit)
    }

    // MARK: Trees

    private typealias Note = (SQLiteRecord, UnsafeRawBufferPointer, DocumentEncoding) -> Void

    /// - Parameter note: Is told of each row of the file's list of tables, whatever becomes of its text.
    private mutating func readRows(
        of table: SQLiteTable, _ visit: (DatabaseReader.Piece) -> Bool, isIndex: Bool = false, _ note: Note
    ) {
        flush(visit)
        text = DatabaseText(table: table.name)
        // The next one is the last.
        var waiting = [table.root]
        var rowCount = 0
        while let number = waiting.popLast(), goesOn {
            guard let page = pages.page(number), let kind = page.kind, !isVisited[number] else {
                fault = fault ?? "page \(number) is not what it should be"
                continue
            }
            isVisited[number] = true
            if kind.isInterior {
                waiting.append(page.lastChild)
                for cell in page.cells.reversed() { waiting.append(page.child(ofCellAt: cell)) }
            }
            // Inner pages of a table hold no rows, those of an index do.
            if kind != .tableInterior {
                for cell in page.cells where goesOn {
                    rowCount += 1
                    readCell(cell, of: page, kind, table, rowCount, isShown: !isIndex, visit, note)
                }
            }
            readFree(of: page, number, table, visit)
        }
    }

    private mutating func readCell(
        _ offset: Int, of page: SQLitePage, _ kind: SQLitePage.Kind, _ table: SQLiteTable, _ count: Int,
        isShown: Bool, _ visit: (DatabaseReader.Piece) -> Bool, _ note: Note
    ) {
        let start = kind.isInterior ? offset + 4 : offset
        guard let size = page.bytes.sqliteNumber(at: start), size.value >= 0, size.value <= Int32.max else {
            fault = fault ?? "a row is not what it should be"
            return
        }
        var row = DatabaseText.Row.ordinal(count)
        var content = size.end
        if kind.isTable {
            guard let number = page.bytes.sqliteNumber(at: content) else { return }
            row = .number(number.value)
            content = number.end
        }
        collect(Int(size.value), from: content, of: page, isTable: kind.isTable)
        if !isShown { return }
        var payload: [UInt8] = []
        swap(&payload, &self.payload)
        payload.withUnsafeBytes { bytes in
            guard let record = SQLiteRecord(bytes) else {
                fault = fault ?? "a row is not what it should be"
                return
            }
            note(record, bytes, pages.encoding)
            write(record, bytes, table, row, visit)
        }
        swap(&payload, &self.payload)
        if text.isFull { flush(visit) }
    }

    /// Puts together what a row has in its page and in those that it goes on in.
    private mutating func collect(_ size: Int, from start: Int, of page: SQLitePage, isTable: Bool) {
        let usable = pages.usableSize
        let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
        let least = (usable - 12) * 32 / 255 - 23
        var local = size
        if size > most {
            local = least + (size - least) % (usable - 4)
            if local > most { local = least }
        }
        payload.removeAll(keepingCapacity: true)
        let end = min(start + local, page.bytes.count)
        payload.append(contentsOf: page.bytes.slice(min(start, end)..<end))
        guard size > local, end + 4 <= page.bytes.count else { return }
        var next = Int(page.bytes.bigEndian(end, as: UInt32.self))
        while payload.count < size, next != 0 {
            // No page is of two rows.
            guard let more = pages.page(next), !isVisited[next] else {
                fault = fault ?? "page \(next) is not what it should be"
                return
            }
            isVisited[next] = true
            payload.append(contentsOf: more.bytes.slice(4..<min(more.bytes.count, 4 + size - payload.count)))
            next = Int(more.bytes.bigEndian(0, as: UInt32.self))
        }
    }

    // MARK: Texts

    private mutating func write(
        _ record: SQLiteRecord, _ bytes: UnsafeRawBufferPointer, _ table: SQLiteTable, _ row: DatabaseText.Row,
        _ visit: (DatabaseReader.Piece) -> Bool
    ) {
        text.beginRow()
        for (index, value) in record.values.enumerated() {
            let column = index < table.columns.count ? table.columns[index] : "column \(index + 1)"
            switch value {
            case .null: continue
            case .integer(let number): text.add(Array("\(number)".utf8), column: column, row: row)
            case .real: continue
            case .text(let range): text.add(pages.encoding.text(bytes.slice(range)), column: column, row: row)
            case .blob(let range):
                let blob = bytes.slice(range)
                if blob.isEmpty { continue }
                if PrintableText.isText(blob) {
                    text.add(Array(blob), column: column, row: row)
                } else {
                    let lines = PrintableText.runs(of: blob)
                    if !lines.isEmpty { text.add(lines, column: column, row: row) }
                    goesOn = goesOn && visit(.blob(blob, name: DatabaseText.name(table.name, row, column)))
                }
            }
        }
        text.endRow()
    }

    private mutating func flush(_ visit: (DatabaseReader.Piece) -> Bool) {
        let full = text
        text = DatabaseText(table: full.table)
        if !full.isEmpty, goesOn { goesOn = visit(.text(full)) }
    }

    // MARK: What was deleted

    private mutating func readFree(
        of page: SQLitePage, _ number: Int, _ table: SQLiteTable, _ visit: (DatabaseReader.Piece) -> Bool
    ) {
        let free = page.freeRanges
        var remains = SQLiteRemains(page.bytes, encoding: pages.encoding, columns: table.columns.count)
        remains.read(gap: free.gap)
        for block in free.blocks { remains.read(block: block) }
        write(remains, number, table.columns, visit)
    }

    /// Of a page that no table has: its rows, if it looks like one of a table, and what else can be read in it.
    private mutating func readRemains(
        of page: SQLitePage, _ number: Int, columns: Int?, _ visit: (DatabaseReader.Piece) -> Bool
    ) {
        if !text.table.isEmpty { flush(visit) }
        if !text.table.isEmpty { text = DatabaseText(table: "") }
        var remains = SQLiteRemains(page.bytes, encoding: pages.encoding, columns: columns)
        remains.read(gap: 0..<page.bytes.count)
        write(remains, number, [], visit)
    }

    private mutating func write(
        _ remains: SQLiteRemains, _ page: Int, _ columns: [String], _ visit: (DatabaseReader.Piece) -> Bool
    ) {
        remains.write(into: &text, page: page, columns: columns)
        if text.isFull { flush(visit) }
    }
}
