internal import CLibgit2

/// What of a repository is kept in a way that libgit2 does not read.
struct RepositoryFormat {
    /// `extensions.objectFormat`, where it is another hash than SHA-1.
    private(set) var hash: String?
    /// `extensions.refStorage`, where it is something else than files.
    private(set) var referenceStorage: String?

    init(of handle: OpaquePointer) {
        var snapshot: OpaquePointer?
        guard git_repository_config_snapshot(&snapshot, handle) == 0 else { return }
        defer { git_config_free(snapshot) }
        func value(_ name: String) -> String? {
            var value: UnsafePointer<CChar>?
            guard git_config_get_string(&value, snapshot, name) == 0 else { return nil }
            return value.map { String(cString: $0).lowercased() }
        }
        hash = value("extensions.objectformat").flatMap { $0 == "sha1" ? nil : $0 }
        referenceStorage = value("extensions.refstorage").flatMap { $0 == "files" ? nil : $0 }
    }

    /// Whether names of objects are longer than SHA-1's.
    var hasForeignNames: Bool { hash != nil }
    /// Whether git itself has to say what there is.
    var needsGit: Bool { hash != nil || referenceStorage != nil }

    /// What a failure of git means here, and what helps.
    func explained(_ error: GitError, of gitDirectory: String) -> GitError {
        var causes: [String] = []
        if let hash { causes.append("its objects are named by \(hash), not by SHA-1 (extensions.objectFormat)") }
        if let referenceStorage {
            causes.append("its references are kept as \(referenceStorage), not as files (extensions.refStorage)")
        }
        let wayOn =
            referenceStorage == nil
            ? "Install git 2.29 or later" : "Install git 2.45 or later, or `git refs migrate --ref-format=files`"
        return GitError(
            operation: "read the repository at", subject: gitDirectory, kind: .program,
            message: causes.joined(separator: ", and ") + "; only git reads that, and \(error.message). \(wayOn)")
    }
}

/// Where a repository is, and how it keeps what it has.
struct RepositoryLayout {
    /// Its own git directory, with a slash at its end.
    let gitDirectory: String
    /// That which a linked worktree shares with its main one; otherwise the same.
    let commonDirectory: String
    let isLinkedWorktree: Bool
    let isBare: Bool
    let format: RepositoryFormat
    /// Why the references cannot be read, where they cannot.
    private(set) var referenceFailure: GitError?

    init(of handle: OpaquePointer) {
        gitDirectory = Repository.path(git_repository_path(handle))
        commonDirectory = Repository.path(git_repository_commondir(handle))
        isLinkedWorktree = git_repository_is_worktree(handle) == 1
        isBare = git_repository_is_bare(handle) == 1
        format = RepositoryFormat(of: handle)
    }

    /// The same, without references.
    func lacking(_ error: GitError) -> RepositoryLayout {
        var copy = self
        copy.referenceFailure = format.explained(error, of: gitDirectory)
        return copy
    }
}
