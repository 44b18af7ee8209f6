import Platform

/// What waits on standard input while files are scanned: whoever pipes a text into the program means it to be scanned.
enum UnreadInput {
    /// - Returns: What to do about it; `nil` where nothing waits.
    static var hint: String? {
        var status = stat()
        guard fstat(STDIN_FILENO, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFIFO, S_IFSOCK, S_IFREG: break
        default: return nil
        }
        guard let count = waitingByteCount(of: STDIN_FILENO), count > 0 else { return nil }
        return
            "standard input holds data that was not read: the files here were scanned; `windsock scan -` scans what is piped in"
    }
}
