import Platform

/// Writes whole reports to files and streams.
enum OutputFile {
    /// Writes all bytes; returns the error number of the first failure, 0 for none.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = Platform.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                written += count
            }
            return 0
        }
    }

    /// Creates or replaces a file; `-` is standard output.
    ///
    /// The content goes to a temporary file beside it first: a full disk leaves no half report under the name.
    ///
    /// - Parameter isPrivate: Whether only its owner may read it.
    static func write(_ bytes: [UInt8], path: String, isPrivate: Bool = false) throws(CommandFailure) {
        if path == "-" {
            let code = write(bytes, to: STDOUT_FILENO)
            if code != 0 { throw failure(path: "standard output", code) }
            return
        }
        if isSpecial(path) { return try writeInPlace(bytes, path: path) }
        // What a link leads to is written, and not the link.
        try replace(target(path), by: bytes, mode: isPrivate ? 0o600 : 0o644)
    }

    /// Puts a file into the place of another, or where there is none, at once and as a whole.
    ///
    /// - Parameters:
    ///   - mode: Who may do what with it, less what the process gives nobody.
    ///   - status: Of the file that is there: the new one belongs to the same, who may do the same with it.
    ///   - check: Asked when all but the last step is done: what it throws leaves everything as it is.
    static func replace(
        _ path: String, by bytes: [UInt8], mode: mode_t, like status: stat? = nil,
        _ check: () throws(CommandFailure) -> Void = { () throws(CommandFailure) in }
    ) throws(CommandFailure) {
        let temporary = "\(path).windsock-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path: path, errno) }
        var code = write(bytes, to: descriptor)
        if let status, code == 0 {
            // Only a superuser can give a file away, and then it has to be done ahead of the mode.
            if status.st_uid != geteuid() || status.st_gid != getegid() {
                _ = fchown(descriptor, status.st_uid, status.st_gid)
            }
            if fchmod(descriptor, status.st_mode & 0o7777) != 0 || fsync(descriptor) != 0 { code = errno }
        }
        // Some file systems report a full disk only here.
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0 {
            do throws(CommandFailure) {
                try check()
            } catch {
                unlink(temporary)
                throw error
            }
            if rename(temporary, path) != 0 { code = errno }
        }
        if code != 0 {
            unlink(temporary)
            throw failure(path: path, code)
        }
    }

    /// The file that a link leads to, whether or not it is there yet; of what is no link the path itself.
    static func target(_ path: String) -> String {
        var path = path
        // As many as the system itself follows.
        for _ in 0..<40 {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { break }
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink(path, &buffer, buffer.count - 1)
            guard count > 0 else { break }
            let next = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            path = next.hasPrefix("/") ? next : folder + next
        }
        return path
    }

    /// Says before the work is done that its result could not be written.
    ///
    /// - Throws: `CommandFailure` of wrong usage: nothing was done yet.
    static func check(_ path: String) throws(CommandFailure) {
        guard path != "-" else { return }
        var status = stat()
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR { throw unwritable(path, EISDIR) }
            // A file is replaced by another, so that its folder counts.
            if status.st_mode & S_IFMT != S_IFREG {
                if access(path, W_OK) != 0 { throw unwritable(path, errno) }
                return
            }
        } else if errno != ENOENT {
            throw unwritable(path, errno)
        }
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        if stat(folder, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { throw unwritable(path, ENOTDIR) }
        if access(folder, W_OK | X_OK) != 0 { throw unwritable(path, errno) }
    }

    private static func unwritable(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure("could not write to \(path): \(errorText(code)); nothing was scanned")
    }

    /// Devices and pipes (`/dev/stdout`, `/dev/fd/3`) cannot be replaced by another file.
    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFREG
    }

    private static func writeInPlace(_ bytes: [UInt8], path: String) throws(CommandFailure) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path: path, errno) }
        var code = write(bytes, to: descriptor)
        if close(descriptor) != 0, code == 0 { code = errno }
        if code != 0 { throw failure(path: path, code) }
    }

    /// Adds to the end of a file, which is made if there is none.
    static func append(_ bytes: [UInt8], path: String) throws(CommandFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path: path, errno) }
        var code = write(bytes, to: descriptor)
        if close(descriptor) != 0, code == 0 { code = errno }
        if code != 0 { throw failure(path: path, code) }
    }

    private static func failure(path: String, _ code: Int32) -> CommandFailure {
        var failure = CommandFailure("could not write to \(path): \(errorText(code))", code: .incomplete)
        failure.isClosedPipe = code == EPIPE
        return failure
    }
}
