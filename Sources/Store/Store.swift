internal import Platform

/// What a team knows of its leaked secrets, over time and many repositories: one SQLite file, which its owner alone can read.
///
/// No secret is in it: what is kept of one is its fingerprint, its redacted form, and lines in which it is redacted. One secret is one
/// row wherever it stands. What a scan has come to is written in one transaction, so that several processes may write, and one
/// that is killed leaves what it had finished and nothing else.
///
/// SQLite is loaded when the first store is opened.
package final class Store {
    let database: Database

    /// Whether a store is changed.
    package enum Access: Sendable {
        /// The file has to be there and stays as it is.
        case reading
        /// A file that is not there is made.
        case writing
    }

    /// The file.
    package var path: String { database.path }

    /// Opens a store; one of an earlier version becomes one of this version, and a copy of it stays beside it.
    package convenience init(_ path: String, for access: Access) throws(StoreError) {
        try self.init(path, for: access, steps: Schema.steps, bringsUpToRead: true)
    }

    /// - Parameters:
    ///   - steps: As `Schema.steps`.
    ///   - patience: How long another process is waited for, in milliseconds.
    ///   - bringsUpToRead: Whether who only reads writes once, to bring up what an earlier version has written.
    init(
        _ path: String, for access: Access, steps: [String], patience: Int32 = Database.patience,
        bringsUpToRead: Bool = false
    ) throws(StoreError) {
        try Self.prepareFile(path, for: access)
        database = try Database(path, isWritable: access == .writing, patience: patience)
        try bringUp(to: steps, access, bringsUpToRead: bringsUpToRead)
    }

    private static func prepareFile(_ path: String, for access: Access) throws(StoreError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw StoreError(.foreign, attempt: "open the store", path: path, reason: "it is no file")
            }
            // SQLite would open it all the same, and say so when something is to be written, which may be an hour later.
            if access == .writing {
                try checkWritable(path)
                // One that somebody has made beforehand; where it is not theirs to change, `isOpenToOthers` says so.
                if status.st_size == 0 { _ = chmod(path, 0o600) }
            }
            return
        }
        let code = errno
        let reason = String(cString: strerror(code))
        guard code == ENOENT, access == .writing else {
            throw StoreError(code == ENOENT ? .missing : .other, attempt: "open the store", path: path, reason: reason)
        }
        // SQLite would make it with the rights that the process gives to all its files; what it keeps beside it has those
        // of this file.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            throw StoreError(
                [EROFS, EACCES, ENOENT, ENOTDIR].contains(code) ? .readOnly : .other, attempt: "make the store",
                path: path,
                reason: String(cString: strerror(code)))
        }
        close(descriptor)
    }

    /// Whether others than its owner may read or change the file.
    package var isOpenToOthers: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }

    /// Beside the file SQLite makes another while it writes.
    private static func checkWritable(_ path: String) throws(StoreError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard Platform.access(path, W_OK) == 0, Platform.access(folder, W_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            throw StoreError(.readOnly, attempt: "write to the store", path: path, reason: reason)
        }
    }

    // MARK: Versions

    private func bringUp(to steps: [String], _ access: Access, bringsUpToRead: Bool) throws(StoreError) {
        let (version, tables, mark) = try database.transaction(isWriting: false) { () throws(StoreError) in
            (
                try number("PRAGMA user_version"), try number("SELECT count(*) FROM sqlite_schema"),
                try number("PRAGMA application_id")
            )
        }
        // A file that is empty has just been made, by this process or another.
        let isEmpty = version == 0 && tables == 0
        guard isEmpty || mark == Schema.applicationID else {
            throw StoreError(
                .foreign, attempt: "open the store", path: path, reason: "it is another program's database")
        }
        guard version <= steps.count else {
            throw StoreError(
                .newer, attempt: "open the store", path: path,
                reason: "a newer windsock has written it (version \(version); this one knows up to \(steps.count))")
        }
        guard version < steps.count else { return }
        if access == .reading {
            if isEmpty {
                throw StoreError(.foreign, attempt: "open the store", path: path, reason: "there is nothing in it")
            }
            if bringsUpToRead {
                // This connection sees what the other one has made of it.
                _ = try Store(path, for: .writing, steps: steps)
                return
            }
            throw StoreError(
                .other, attempt: "read the store", path: path,
                reason: "an earlier windsock has written it (version \(version)), and it has to be brought up first")
        }
        if !isEmpty { try keepCopy(of: version) }
        try database.transaction { () throws(StoreError) in
            // Another process may have done it meanwhile.
            let current = try number("PRAGMA user_version")
            guard current < steps.count else { return }
            for step in steps[current...] { try database.run(script: step) }
            try database.run("PRAGMA application_id = \(Schema.applicationID)")
            try database.run("PRAGMA user_version = \(steps.count)")
        }
    }

    /// Leaves the file of an earlier version beside the one that it becomes.
    private func keepCopy(of version: Int) throws(StoreError) {
        let copy = "\(path).v\(version)"
        var status = stat()
        if stat(copy, &status) == 0 { return }
        let temporary = "\(copy).\(getpid())"
        unlink(temporary)
        try database.run("VACUUM INTO ?", .text(temporary))
        guard chmod(temporary, 0o600) == 0, rename(temporary, copy) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw StoreError(.other, attempt: "keep a copy of the store", path: path, reason: reason)
        }
    }

    private func number(_ query: String) throws(StoreError) -> Int {
        try database.first(query) { $0.integer(0) } ?? 0
    }
}
