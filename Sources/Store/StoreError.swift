internal import CSQLite

/// Why a store cannot be used: what was attempted, on which file, what went wrong, and what can be done.
package struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Kind: Sendable, Hashable {
        /// SQLite is not installed, or too old.
        case library
        /// There is no such file.
        case missing
        /// The file is something else.
        case foreign
        /// A newer version of windsock has written it.
        case newer
        /// What is in it is no database any more.
        case damaged
        /// Another process writes to it and does not come to an end.
        case locked
        /// It cannot be written.
        case readOnly
        /// The disk is full.
        case full
        /// What else SQLite refuses.
        case other
    }

    package var kind: Kind
    /// Whether another file is to be named; otherwise something has happened to the right one.
    package var isUsage: Bool {
        switch kind {
        case .library, .missing, .foreign, .newer, .readOnly: true
        case .damaged, .locked, .full, .other: false
        }
    }
    /// What was attempted, as it follows "could not": `open the store`.
    package var attempt: String
    package var path: String
    /// What went wrong.
    package var reason: String

    package init(_ kind: Kind, attempt: String, path: String, reason: String) {
        self.kind = kind
        self.attempt = attempt
        self.path = path
        self.reason = reason
    }

    /// `could not open the store audit.sqlite: file is not a database; …`
    package var description: String {
        "could not \(attempt) \(path): \(reason)" + (advice.map { "; \($0)" } ?? "")
    }

    /// What a person can do about it, if anything.
    private var advice: String? {
        switch kind {
        case .library: nil
        case .missing: "windsock audit or scan --store makes one"
        case .foreign: "name a file of windsock's"
        case .newer: "update windsock, or name another file"
        case .damaged: "put back a copy, or move it away and run the audit again"
        case .locked: "another windsock is writing to it; try again when that has ended"
        case .readOnly: "name a file in a folder that you may write"
        case .full: "make room; what was finished before is kept"
        case .other: nil
        }
    }

    /// - Parameter code: SQLite's, with or without the bits of its extended form.
    init(code: Int32, attempt: String, path: String, message: String) {
        let kind: Kind =
            switch code & 0xff {
            case SQLITE_NOTADB: .foreign
            case SQLITE_CORRUPT, SQLITE_FORMAT: .damaged
            case SQLITE_BUSY, SQLITE_LOCKED: .locked
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_FULL: .full
            default: .other
            }
        self.init(kind, attempt: attempt, path: path, reason: message)
    }
}
