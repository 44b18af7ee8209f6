internal import Bytes

/// Replaces secrets in a database of somebody else's, by SQLite itself, so that nothing of them is left in the file.
///
/// The file's own triggers, views and functions are not run. Rows are replaced in one transaction: all of them or none.
package struct DatabaseMasking {
    /// What is put in the place of a secret, as long as it.
    package struct Mask: Sendable, Hashable {
        package var secret: [UInt8]
        package var mask: [UInt8]

        package init(secret: [UInt8], mask: [UInt8]) {
            self.secret = secret
            self.mask = mask
        }
    }

    /// A value in which a secret stands.
    package struct Change: Sendable, Hashable {
        package var table: String
        package var column: String
        /// SQLite's number of the row.
        package var row: Int
        package var was: [UInt8]
        package var now: [UInt8]

        package init(table: String, column: String, row: Int, was: [UInt8], now: [UInt8]) {
            self.table = table
            self.column = column
            self.row = row
            self.was = was
            self.now = now
        }

        /// What takes it back.
        package var inverse: Change { Change(table: table, column: column, row: row, was: now, now: was) }
    }

    /// In words that follow the file's name.
    package struct Failure: Error, Sendable, Hashable {
        package var reason: String
    }

    private let database: Database

    /// How long another program is waited for that uses the file, in milliseconds.
    private static let patience: Int32 = 3000

    package init(_ path: String, isWritable: Bool) throws(Failure) {
        do throws(StoreError) {
            database = try Database(path, isWritable: isWritable, patience: Self.patience)
            try database.distrust()
        } catch {
            throw Failure(error)
        }
    }

    // MARK: Where they stand

    /// Where secrets stand in values of tables whose rows have numbers.
    package func places(of masks: [Mask]) throws(Failure) -> [Change] {
        do throws(StoreError) {
            var changes: [Change] = []
            for table in try tables() {
                do throws(StoreError) {
                    changes += try places(of: masks, in: table)
                } catch {
                    // An index of words whose module this SQLite does not have; that something is left in it is seen in the end.
                    if error.kind != .other { throw error }
                }
            }
            return changes
        } catch {
            throw Failure(error)
        }
    }

    /// Those that are tables, and have numbers of rows; of indices of words their face, and not the tables in which they keep it.
    private func tables() throws(StoreError) -> [String] {
        var names: [String] = []
        var virtual: [String] = []
        try database.rows(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ) { row in
            let text = Array(row.text(1).utf8)
            let (isVirtual, isOfWords, isOfKeys) = text.withUnsafeBytes {
                let head = $0.slice(0..<min(512, $0.count))
                return (
                    head.slice(0..<min(32, head.count)).containsCaseless("virtual"), head.containsCaseless("using fts"),
                    $0.slice(max(0, $0.count - 64)..<$0.count).containsCaseless("without")
                )
            }
            if isVirtual { virtual.append(row.text(0)) }
            if isVirtual ? isOfWords : !isOfKeys { names.append(row.text(0)) }
        }
        return names.filter { name in !virtual.contains { name.hasPrefix($0 + "_") } }
    }

    /// Makes indices of words anew, which have kept the words of what was replaced. One that has no texts to make it of is left.
    private func rebuildIndices() throws(StoreError) {
        var names: [String] = []
        try database.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%VIRTUAL%USING FTS%'") {
            names.append($0.text(0))
        }
        for name in names.map(Self.quoted) { _ = try? database.run("INSERT INTO \(name)(\(name)) VALUES('rebuild')") }
    }

    private func columns(of table: String) throws(StoreError) -> [String] {
        var names: [String] = []
        try database.rows("PRAGMA table_info(\(Self.quoted(table)))") { names.append($0.text(1)) }
        return names
    }

    /// What the number of a row is called; `nil`: columns have taken all of its names.
    private static func number(besides columns: [String]) -> String? {
        let taken = Set(columns.map { $0.lowercased() })
        return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
    }

    private func places(of masks: [Mask], in table: String) throws(StoreError) -> [Change] {
        let columns = try columns(of: table)
        guard let number = Self.number(besides: columns) else { return [] }
        var changes: [Change] = []
        for column in columns {
            for mask in masks { changes += try places(of: mask, in: table, column, by: number) }
        }
        return changes
    }

    private func places(
        of mask: Mask, in table: String, _ column: String, by number: String
    ) throws(StoreError) -> [Change] {
        var changes: [Change] = []
        let text =
            "SELECT \(number) FROM \(Self.quoted(table)) WHERE instr(CAST(\(Self.quoted(column)) AS BLOB), CAST(? AS BLOB)) > 0"
        // As a text in the file's own encoding; and as it is, in what is no text.
        var rows: Set<Int> = []
        for value in [SQLValue.utf8(mask.secret), .blob(mask.secret)] {
            try database.rows(text, value) { rows.insert($0.integer(0)) }
        }
        for row in rows.sorted() {
            changes.append(Change(table: table, column: column, row: row, was: mask.secret, now: mask.mask))
        }
        return changes
    }

    // MARK: Replacing

    /// Replaces what stands in rows, and overwrites what the file keeps of old pages.
    package func apply(_ changes: [Change]) throws(Failure) {
        do throws(StoreError) {
            // What is deleted is overwritten, and a copy of the file that is made on the way lies in memory.
            try database.run("PRAGMA secure_delete = ON")
            try database.run("PRAGMA temp_store = MEMORY")
            try database.transaction { () throws(StoreError) in
                for change in changes { try apply(change) }
                try rebuildIndices()
            }
            // The log of a database that has one holds the old pages as well; it ends when no other program reads them.
            try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
            try database.run("VACUUM")
            try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        } catch {
            throw Failure(error)
        }
    }

    private func apply(_ change: Change) throws(StoreError) {
        guard let number = Self.number(besides: try columns(of: change.table)) else { return }
        if try replace(change, by: number, inRow: change.row) { return }
        // Numbers of rows may have changed since.
        let mask = Mask(secret: change.was, mask: change.now)
        for place in try places(of: mask, in: change.table, change.column, by: number) {
            _ = try replace(change, by: number, inRow: place.row)
        }
    }

    /// - Returns: Whether it stood there.
    private func replace(_ change: Change, by number: String, inRow row: Int) throws(StoreError) -> Bool {
        let (table, column) = (Self.quoted(change.table), Self.quoted(change.column))
        let found = try database.first(
            "SELECT \(column) FROM \(table) WHERE \(number) = ?", .integer(row)
        ) { (bytes: $0.bytes(0), isText: $0.isText(0)) }
        guard let found else { return false }
        let bytes = Self.replaced(found.bytes, change.was, change.now)
        if bytes == found.bytes { return false }
        try database.run(
            "UPDATE \(table) SET \(column) = ? WHERE \(number) = ?", found.isText ? .utf8(bytes) : .blob(bytes),
            .integer(row))
        return true
    }

    private static func replaced(_ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
        guard let first = old.first, bytes.count >= old.count else { return bytes }
        var result = bytes
        var index = 0
        while index + old.count <= result.count {
            if result[index] == first, result[index..<(index + old.count)].elementsEqual(old) {
                result.replaceSubrange(index..<(index + old.count), with: new)
                index += new.count
            } else {
                index += 1
            }
        }
        return result
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension DatabaseMasking.Failure {
    fileprivate init(_ error: StoreError) {
        switch error.kind {
        case .locked:
            self.init(reason: "the program that it belongs to is using it; end that, and try again")
        default: self.init(reason: error.reason)
        }
    }
}
