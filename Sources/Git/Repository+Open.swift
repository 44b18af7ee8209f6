internal import CLibgit2
internal import Platform

extension Repository {
    /// Opens the repository that a path lies in: a worktree, a linked worktree, a submodule or a bare repository.
    ///
    /// The variables of `environment` apply where git would apply them: to the repository of the current directory,
    /// not to another one that happens to be named in a hook.
    ///
    /// - Parameters:
    ///   - path: A folder or file; parents are searched.
    ///   - environment: By default that of the process.
    /// - Throws: Kind `notARepository` if there is none, `noSuchPath` if there is no such path, `program` if only git could read it and cannot be run.
    package static func open(
        at path: String, environment: GitEnvironment = .ofProcess()
    ) throws(GitError) -> Repository {
        try Library.start()
        let found = try discover(path)
        let environmentsOwn: String?
        if let directory = environment.directory {
            environmentsOwn = environment.absolute(directory)
        } else {
            environmentsOwn = try discover(environment.currentDirectory)
        }
        let isCurrent = resolvedPath(path) == resolvedPath(environment.currentDirectory)
        if let own = environmentsOwn, isCurrent || found.flatMap(resolvedPath) == resolvedPath(own) || found == nil {
            // Without GIT_DIR, `own` was found like `found`; it says nothing about a path that lies elsewhere.
            if found != nil || environment.directory != nil && contains(path, own, environment) {
                return try open(gitDirectory: own, environment: environment)
            }
        }
        guard let found else {
            if access(path, F_OK) != 0, errno == ENOENT {
                throw GitError(
                    operation: "open the repository at", subject: path, kind: .noSuchPath,
                    message: "there is no file or folder \(path)")
            }
            throw GitError(
                operation: "open the repository at", subject: path, kind: .notARepository,
                message: "neither it nor a folder above it is a git repository")
        }
        return try open(gitDirectory: found, environment: nil)
    }

    /// Whether `GIT_DIR` speaks for a path that no repository is found around.
    private static func contains(_ path: String, _ gitDirectory: String, _ environment: GitEnvironment) -> Bool {
        guard let path = resolvedPath(path) else { return false }
        let workTree = environment.absolute(environment.workTree ?? environment.currentDirectory)
        return [workTree, gitDirectory].contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// The git directory that a path belongs to, `nil` if none.
    private static func discover(_ path: String) throws(GitError) -> String? {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        let code = git_repository_discover(&buffer, path, 0, nil)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try GitError.check("look for a repository at", path) { code }
        return Self.path(buffer.ptr)
    }

    private static func open(gitDirectory: String, environment: GitEnvironment?) throws(GitError) -> Repository {
        var opened: OpaquePointer?
        let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
        var code = git_repository_open_ext(&opened, gitDirectory, flags, nil)
        if code == GIT_ENOTFOUND.rawValue {
            // The work tree of its configuration is gone, as that of a submodule that is not checked out: the objects are not.
            let bare = flags | GIT_REPOSITORY_OPEN_BARE.rawValue
            var reopened: OpaquePointer?
            if git_repository_open_ext(&reopened, gitDirectory, bare, nil) == 0 { (code, opened) = (0, reopened) }
        }
        if code == 0, let half = opened, environment?.workTree == nil, isBareUnsaid(half, gitDirectory) {
            git_repository_free(half)
            opened = nil
            code = git_repository_open_ext(
                &opened, gitDirectory, flags | GIT_REPOSITORY_OPEN_BARE.rawValue, nil)
        }
        guard code == 0, let opened else {
            throw GitError(operation: "open the repository at", subject: gitDirectory, code: code)
        }
        if let workTree = environment?.workTree, let path = environment?.absolute(workTree) {
            do throws(GitError) {
                try GitError.check("use the work tree", path) { git_repository_set_workdir(opened, path, 0) }
            } catch {
                git_repository_free(opened)
                throw error
            }
        }
        return try Repository(opened, environment: environment)
    }

    /// Takes over what libgit2 has opened, or a copy of it that it can read.
    private convenience init(_ opened: OpaquePointer, environment: GitEnvironment?) throws(GitError) {
        let layout = RepositoryLayout(of: opened)
        let workTree = git_repository_workdir(opened).map { String(cString: $0) }
        let git = GitCommand(gitDirectory: layout.gitDirectory, workTree: workTree, environment: environment)
        guard layout.format.needsGit else {
            try self.init(owning: opened, layout, git: git, environment: environment)
            return
        }
        let copy: ReferenceCopy
        do throws(GitError) {
            copy = try ReferenceCopy(layout, git)
        } catch {
            // Files and the index need no references.
            if !layout.format.hasForeignNames {
                try self.init(
                    owning: opened, layout.lacking(error), git: git, environment: environment)
                return
            }
            git_repository_free(opened)
            throw layout.format.explained(error, of: layout.gitDirectory)
        }
        git_repository_free(opened)
        try self.init(
            owning: try copy.open(layout, workTree: workTree), layout, git: git, referenceCopy: copy,
            environment: environment)
    }

    /// Whether nothing says that a git directory is bare, and git takes it for bare by its name. libgit2 would take the
    /// folder around it for the working directory.
    private static func isBareUnsaid(_ handle: OpaquePointer, _ gitDirectory: String) -> Bool {
        let name = gitDirectory.split(separator: "/").last
        guard name != ".git", git_repository_is_bare(handle) == 0, git_repository_is_worktree(handle) == 0 else {
            return false
        }
        var configuration: OpaquePointer?
        guard git_repository_config_snapshot(&configuration, handle) == 0 else { return false }
        defer { git_config_free(configuration) }
        return ["core.bare", "core.worktree"].allSatisfy { key in
            var value: UnsafePointer<CChar>?
            return git_config_get_string(&value, configuration, key) == GIT_ENOTFOUND.rawValue
        }
    }
}
