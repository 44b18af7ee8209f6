internal import CSQLite

/// A compiled statement and the row that it stands on. It owns SQLite's handle and frees it.
final class Statement {
    private let handle: OpaquePointer
    private let database: OpaquePointer?
    private let path: String

    init(_ text: String, of database: OpaquePointer?, _ path: String) throws(StoreError) {
        var handle: OpaquePointer?
        let code = windsock_sqlite3_prepare(database, text, Int32(text.utf8.count), &handle)
        guard code == SQLITE_OK, let handle else { throw Self.error(code, database, path) }
        self.handle = handle
        self.database = database
        self.path = path
    }

    deinit { windsock_sqlite3_finalize(handle) }

    /// Puts values into the places of the text's question marks.
    func bind(_ values: [SQLValue]) throws(StoreError) {
        for (index, value) in values.enumerated() {
            let number = Int32(index + 1)
            let code =
                switch value {
                case .null: windsock_sqlite3_bind_null(handle, number)
                case .integer(let integer): windsock_sqlite3_bind_integer(handle, number, Int64(integer))
                case .real(let real): windsock_sqlite3_bind_double(handle, number, real)
                case .text(let text): windsock_sqlite3_bind_text(handle, number, text, Int32(text.utf8.count))
                case .utf8(let bytes): Self.bind(bytes, to: handle, number)
                case .blob(let bytes): windsock_sqlite3_bind_blob(handle, number, bytes, Int32(bytes.count))
                }
            guard code == SQLITE_OK else { throw Self.error(code, database, path) }
        }
    }

    private static func bind(_ text: [UInt8], to handle: OpaquePointer, _ number: Int32) -> Int32 {
        text.withUnsafeBytes { bytes in
            // No text is not the same as an empty one.
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return start.map { windsock_sqlite3_bind_text(handle, number, $0, Int32(bytes.count)) }
                ?? windsock_sqlite3_bind_text(handle, number, "", 0)
        }
    }

    /// Goes on to the next row.
    ///
    /// - Returns: Whether there is one.
    func step() throws(StoreError) -> Bool {
        let code = windsock_sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw Self.error(code, database, path) }
        return false
    }

    /// Makes it ready to be run again.
    func reset() { windsock_sqlite3_reset(handle) }

    private static func error(_ code: Int32, _ database: OpaquePointer?, _ path: String) -> StoreError {
        StoreError(
            code: code, attempt: "use the store", path: path,
            message: String(cString: windsock_sqlite3_errmsg(database)))
    }
}

// MARK: The row

extension Statement {
    /// Of a column, from 0; 0 for what is no number.
    func integer(_ column: Int32) -> Int { Int(windsock_sqlite3_column_integer(handle, column)) }

    /// `nil` for NULL.
    func optionalInteger(_ column: Int32) -> Int? { isNull(column) ? nil : integer(column) }

    func real(_ column: Int32) -> Double { windsock_sqlite3_column_double(handle, column) }

    func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    /// As UTF-8, repaired; empty for NULL.
    func text(_ column: Int32) -> String {
        guard let text = windsock_sqlite3_column_text(handle, column) else { return "" }
        let count = Int(windsock_sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    /// The bytes of a text or of what is none; empty for NULL.
    func bytes(_ column: Int32) -> [UInt8] {
        // Asked for first: it is what makes a text UTF-8.
        if isText(column) { _ = windsock_sqlite3_column_text(handle, column) }
        guard let blob = windsock_sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: blob, count: Int(windsock_sqlite3_column_bytes(handle, column))))
    }

    func isText(_ column: Int32) -> Bool { windsock_sqlite3_column_type(handle, column) == SQLITE_TEXT }

    /// `nil` for NULL.
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// A list of texts, which is JSON; empty for NULL.
    func list(_ column: Int32) -> [String] { isNull(column) ? [] : TextList.texts(in: text(column)) }

    private func isNull(_ column: Int32) -> Bool { windsock_sqlite3_column_type(handle, column) == SQLITE_NULL }
}
