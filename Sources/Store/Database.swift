internal import CSQLite

/// A value as SQLite has it.
enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
    /// In UTF-8, repaired by nobody.
    case utf8([UInt8])
    case blob([UInt8])

    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
    init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }
}

/// One connection to a database file. It owns SQLite's handle and closes it.
///
/// A connection is used by one thread at a time; whoever shares it locks.
final class Database {
    /// How long another process is waited for that writes, in milliseconds.
    static let patience: Int32 = 30_000

    /// For messages.
    let path: String
    private var handle: OpaquePointer?
    /// Statements by their text: most are run once a secret or a place.
    private var statements: [String: Statement] = [:]

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - mustExist: Whether a file that is not there is an error; otherwise SQLite makes it.
    ///   - patience: How long another process is waited for, in milliseconds.
    init(_ path: String, isWritable: Bool, mustExist: Bool = true, patience: Int32 = Database.patience)
        throws(StoreError)
    {
        self.path = path
        if let failure = windsock_sqlite_load() {
            throw StoreError(.library, attempt: "open the store", path: path, reason: String(cString: failure))
        }
        let access = isWritable ? SQLITE_OPEN_READWRITE | (mustExist ? 0 : SQLITE_OPEN_CREATE) : SQLITE_OPEN_READONLY
        // Names that begin with `file:` are no addresses unless that is asked for, which it is not.
        let code = windsock_sqlite3_open(path, &handle, access)
        guard code == SQLITE_OK else { throw error(code, "open the store") }
        windsock_sqlite3_extended_result_codes(handle, 1)
        windsock_sqlite3_busy_timeout(handle, patience)
    }

    deinit {
        statements = [:]
        windsock_sqlite3_close(handle)
    }

    // MARK: Running

    /// Runs a statement that gives no rows, or whose rows nobody wants.
    func run(_ text: String, _ values: SQLValue...) throws(StoreError) { try run(text, values) }

    func run(_ text: String, _ values: [SQLValue]) throws(StoreError) {
        let statement = try prepared(text)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {}
    }

    /// Runs a script of several statements, each of which ends with a semicolon at the end of a line.
    func run(script: String) throws(StoreError) {
        for text in script.split(separator: ";\n") where text.contains(where: { !$0.isWhitespace }) {
            let statement = try Statement(String(text), of: handle, path)
            while try statement.step() {}
        }
    }

    /// The rows of a query, one after the other.
    func rows(
        _ text: String, _ values: SQLValue..., each: (Statement) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try prepared(text)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() { try each(statement) }
    }

    /// The first row of a query; `nil` where there is none.
    func first<Result>(
        _ text: String, _ values: SQLValue..., read: (Statement) -> Result
    ) throws(StoreError) -> Result? {
        let statement = try prepared(text)
        defer { statement.reset() }
        try statement.bind(values)
        return try statement.step() ? read(statement) : nil
    }

    /// Inserts, and says under which number.
    func insert(_ text: String, _ values: SQLValue...) throws(StoreError) -> Int {
        try run(text, values)
        return Int(windsock_sqlite3_last_insert_rowid(handle))
    }

    /// How many rows the last statement has changed.
    var changeCount: Int { Int(windsock_sqlite3_changes(handle)) }

    /// All or nothing: what is thrown, and what kills the process, leaves the file as it was.
    ///
    /// - Parameter isWriting: Whether the right to write is taken at once, so that what is read stays true.
    func transaction<Result>(
        isWriting: Bool = true, _ body: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try run(isWriting ? "BEGIN IMMEDIATE" : "BEGIN")
        do throws(StoreError) {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // Some failures have ended it already; then there is nothing to take back.
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    private func prepared(_ text: String) throws(StoreError) -> Statement {
        if let known = statements[text] { return known }
        let statement = try Statement(text, of: handle, path)
        statements[text] = statement
        return statement
    }

    /// Runs nothing that the file itself has in it.
    func distrust() throws(StoreError) {
        let code = windsock_sqlite3_distrust(handle)
        guard code == SQLITE_OK else { throw error(code, "open") }
    }

    private func error(_ code: Int32, _ attempt: String) -> StoreError {
        let message = handle.map { String(cString: windsock_sqlite3_errmsg($0)) } ?? "there is no memory"
        return StoreError(code: code, attempt: attempt, path: path, message: message)
    }
}
