internal import Platform

/// A folder of logs that is asked about many references: most have none, or an empty one, and to find the file by its whole path
/// takes most of the time.
package final class ReferenceLogFolder {
    /// How the names of the references begin: `refs/pull/`.
    package let prefix: String
    /// -1 if it could not be opened.
    private let descriptor: Int32
    private let isMissing: Bool

    /// - Parameter prefix: The first parts of names, with a slash behind them.
    package init(_ repository: Repository, prefix: String) {
        self.prefix = prefix
        descriptor = open(repository.logDirectory(of: prefix) + "logs/" + prefix, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        isMissing = descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether a reference has a log with something in it, or may have one.
    ///
    /// - Parameter name: A full name, which begins as all of the folder do.
    package func hasLog(of name: String) -> Bool {
        // Why else it could not be opened, whoever reads the log finds out.
        if descriptor < 0 { return !isMissing }
        var status = stat()
        let place = prefix.utf8.count
        let code = name.withCString { fstatat(descriptor, $0 + place, &status, 0) }
        return code == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
    }
}
