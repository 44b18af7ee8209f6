internal import CLibgit2

/// An open repository. One a thread: it is not `Sendable`, and opening another is cheap.
package final class Repository {
    let handle: OpaquePointer
    /// The objects, those of alternates included.
    package let objects: ObjectDatabase
    /// The folders that the objects are in: the repository's own, those of a push that waits for its hooks, alternates. None
    /// where git itself reads the objects.
    package let objectDirectories: [String]
    /// How to ask git itself.
    let git: GitCommand
    /// Where the repository is, and how it keeps what it has.
    let layout: RepositoryLayout
    /// Whether the index was found to be one that only git reads.
    var hasForeignIndex: Bool
    /// The index as it was read last.
    var knownIndex: (file: IndexFile, identity: IndexFile.Identity)?
    /// What git has said of the references, where only git can read them.
    let referenceCopy: ReferenceCopy?

    /// Takes ownership of the handle.
    ///
    /// - Parameter referenceCopy: Where the handle is one of a copy.
    init(
        owning handle: OpaquePointer, _ layout: RepositoryLayout, git: GitCommand, referenceCopy: ReferenceCopy? = nil,
        environment: GitEnvironment?
    ) throws(GitError) {
        (self.handle, self.layout, self.git, self.referenceCopy) = (handle, layout, git, referenceCopy)
        hasForeignIndex = layout.format.hasForeignNames
        do throws(GitError) {
            if layout.format.hasForeignNames {
                objectDirectories = []
                objects = try ObjectDatabase(servedBy: ObjectServer(git), of: layout.gitDirectory)
            } else {
                let directories = environment.map { environment in
                    ([environment.objectDirectory].compactMap { $0 } + environment.alternateObjectDirectories)
                        .map(environment.absolute)
                }
                objectDirectories = try Self.withAlternates([layout.commonDirectory + "objects"] + (directories ?? []))
                objects = try ObjectDatabase(directories: objectDirectories)
            }
            try GitError.check("use the object database of", layout.commonDirectory) {
                git_repository_set_odb(handle, objects.handle)
            }
        } catch {
            git_repository_free(handle)
            throw error
        }
    }

    deinit {
        git_repository_free(handle)
    }

    static func path(_ text: UnsafePointer<CChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }

    /// The repository's own git directory, with a slash at its end.
    package var gitDirectory: String { layout.gitDirectory }

    /// The git directory that a linked worktree shares with its main one; otherwise the same as `gitDirectory`.
    package var commonDirectory: String { layout.commonDirectory }

    /// Whether git itself reads the objects, whose names are cut: there are no packs and no loose objects to be read.
    package var isServed: Bool { layout.format.hasForeignNames }

    /// The folder of the checked-out files, with a slash at its end; `nil` if the repository is bare.
    package var workingDirectory: String? {
        git_repository_workdir(handle).map { String(cString: $0) }
    }

    /// Whether there is no working directory.
    package var isBare: Bool { git_repository_is_bare(handle) == 1 }

    /// Whether there are neither references nor objects to speak of: HEAD is unborn and there is no reference.
    package var isEmpty: Bool {
        get throws(GitError) {
            if case .unborn = try head { return try references().references.isEmpty }
            return false
        }
    }

    /// Whether the working directory belongs to a repository's `git worktree add`.
    package var isLinkedWorktree: Bool { layout.isLinkedWorktree }

    /// A value of the configuration; `nil` if it is not set.
    package func configuration(_ name: String) throws(GitError) -> String? {
        var snapshot: OpaquePointer?
        try GitError.check("read the configuration of", gitDirectory) {
            git_repository_config_snapshot(&snapshot, handle)
        }
        defer { git_config_free(snapshot) }
        var value: UnsafePointer<CChar>?
        let code = git_config_get_string(&value, snapshot, name)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try GitError.check("read the configuration value", name) { code }
        return value.map { String(cString: $0) }
    }

    /// Whether the ignore rules cover a path.
    ///
    /// - Parameter path: Relative to the working directory; a directory's ends in a slash.
    package func isIgnored(_ path: [UInt8]) throws(GitError) -> Bool {
        var ignored: Int32 = 0
        let terminated = path.map(CChar.init(bitPattern:)) + [0]
        try GitError.check("look up the ignore rules for", String(decoding: path, as: UTF8.self)) {
            git_ignore_path_is_ignored(&ignored, handle, terminated)
        }
        return ignored == 1
    }
}
