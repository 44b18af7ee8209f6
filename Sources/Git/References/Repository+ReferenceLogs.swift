package import Bytes
internal import Platform

extension Repository {
    /// Whether there are logs of references at all: a bare repository has none by default.
    package var hasReferenceLogs: Bool {
        referenceCopy != nil || [gitDirectory, commonDirectory].contains { access($0 + "logs", F_OK) == 0 }
    }

    /// What is only of one worktree has its log there.
    func logDirectory(of name: String) -> String {
        if let referenceCopy { return referenceCopy.path }
        return !name.hasPrefix("refs/") || name.hasPrefix("refs/bisect/") ? gitDirectory : commonDirectory
    }

    /// The ids that the log of a reference mentions, the newest first.
    ///
    /// Read without libgit2, which makes an empty log where there is none; and git goes on with a log that is there.
    ///
    /// - Parameter name: A full name, or `HEAD`.
    package func reflog(of name: String) throws(GitError) -> [ObjectID] {
        let path = logDirectory(of: name) + "logs/" + name
        // A folder of that name has logs of other references.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
            let bytes = try Self.readSmallFile(path)
        else { return [] }
        var ids: [ObjectID] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() {
            // OLD NEW NAME <EMAIL> TIME ZONE, and words; what is no such line says nothing.
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, let old = ObjectID(hexDigits: fields[0]), let new = ObjectID(hexDigits: fields[1])
            else { continue }
            ids += [new, old].filter { $0 != .zero }
        }
        return ids
    }
}
