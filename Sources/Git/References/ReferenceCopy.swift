import Bytes
internal import CLibgit2
internal import Platform

/// A temporary git directory with the references of a repository whose own libgit2 cannot read: git has said what they are.
///
/// It has neither objects nor an index; those are the repository's, or git reads them, too.
final class ReferenceCopy {
    /// With a slash at its end.
    let path: String
    /// What other worktrees have checked out, by their names.
    let worktreeHeads: [Reference]

    init(_ layout: RepositoryLayout, _ git: GitCommand) throws(GitError) {
        var template = Array("/tmp/windsock.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw git.failure(["for-each-ref"], "a folder in /tmp could not be made: \(SystemError.reason(of: errno))")
        }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/"
        self.path = path
        do throws(GitError) {
            for folder in ["objects", "refs", "info", "logs"] { mkdir(path + folder, 0o700) }
            try Self.write("[core]\n\trepositoryformatversion = 0\n\tbare = \(layout.isBare)\n", path + "config")
            try Self.write(Self.head(git), path + "HEAD")
            try Self.write(Self.packedReferences(git), path + "packed-refs")
            try Self.write(Self.log(git), path + "logs/HEAD")
            try Self.write(Self.shallow(layout), path + "shallow")
            let excluded = try Repository.readSmallFile(layout.commonDirectory + "info/exclude") ?? []
            try Self.write(excluded, path + "info/exclude")
            worktreeHeads = try Self.worktreeHeads(git)
        } catch {
            Self.remove(path)
            throw error
        }
    }

    deinit { Self.remove(path) }

    /// Opens the copy, with the repository's own configuration and work tree.
    func open(_ layout: RepositoryLayout, workTree: String?) throws(GitError) -> OpaquePointer {
        var opened: OpaquePointer?
        let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
        try GitError.check("open the copy of", layout.gitDirectory) {
            git_repository_open_ext(&opened, path, flags, nil)
        }
        guard let opened else { preconditionFailure("libgit2 gave no repository") }
        do throws(GitError) {
            if let workTree {
                try GitError.check("use the work tree", workTree) { git_repository_set_workdir(opened, workTree, 0) }
            }
            try Self.useConfiguration(of: layout, opened)
        } catch {
            git_repository_free(opened)
            throw error
        }
        return opened
    }

    private static func useConfiguration(of layout: RepositoryLayout, _ handle: OpaquePointer) throws(GitError) {
        var configuration: OpaquePointer?
        try GitError.check("read the configuration of", layout.gitDirectory) { git_config_open_default(&configuration) }
        defer { git_config_free(configuration) }
        let file = layout.commonDirectory + "config"
        if access(file, R_OK) == 0 {
            try GitError.check("read the configuration", file) {
                git_config_add_file_ondisk(configuration, file, GIT_CONFIG_LEVEL_LOCAL, nil, 1)
            }
        }
        try GitError.check("use the configuration of", layout.gitDirectory) {
            git_repository_set_config(handle, configuration)
        }
    }

    // MARK: What git says

    /// `ref: refs/heads/main` or an id.
    private static func head(_ git: GitCommand) throws(GitError) -> [UInt8] {
        // It fails where HEAD names a commit and no branch.
        if let name = try? git.output(of: ["symbolic-ref", "--quiet", "HEAD"]) { return Array("ref: ".utf8) + name }
        let id = try git.output(of: ["rev-parse", "--verify", "HEAD"])
        guard let id = ForeignNames.id(id.dropLast()) else {
            throw git.failure(["rev-parse"], "HEAD is neither a branch nor a commit")
        }
        return Array("\(id)\n".utf8)
    }

    private static func packedReferences(_ git: GitCommand) throws(GitError) -> [UInt8] {
        let listing = try git.output(of: ["for-each-ref", "--format=%(objectname) %(refname)", "--sort=refname"])
        var result = Array("# pack-refs with: sorted \n".utf8)
        for line in listing.split(separator: UInt8(ascii: "\n")) {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")), let id = ForeignNames.id(line[..<space]) else {
                continue
            }
            result += Array(id.description.utf8) + line[space...] + [UInt8(ascii: "\n")]
        }
        return result
    }

    /// What the logs of all references mention, as one log: whose it is makes no difference to what is kept by it.
    private static func log(_ git: GitCommand) throws(GitError) -> [UInt8] {
        // Where there is no log at all, or a commit of it is gone, git has nothing to say.
        let listing = (try? git.output(of: ["log", "--walk-reflogs", "--all", "--format=%H"])) ?? []
        var result: [UInt8] = []
        for line in listing.split(separator: UInt8(ascii: "\n")).reversed() {
            guard let id = ForeignNames.id(line) else { continue }
            result += Array("\(ObjectID.zero) \(id) git <git> 0 +0000\t\n".utf8)
        }
        return result
    }

    private static func shallow(_ layout: RepositoryLayout) throws(GitError) -> [UInt8]? {
        guard let lines = try Repository.readSmallFile(layout.commonDirectory + "shallow") else { return nil }
        let ids = lines.split(separator: UInt8(ascii: "\n")).compactMap { ForeignNames.id($0) }
        return Array(ids.map { "\($0)\n" }.joined().utf8)
    }

    /// Of each worktree some lines: `worktree PATH`, `HEAD ID`, and more; the first is the main one.
    private static func worktreeHeads(_ git: GitCommand) throws(GitError) -> [Reference] {
        let listing = try git.output(of: ["worktree", "list", "--porcelain"])
        var heads: [Reference] = []
        var name = ""
        for line in String(decoding: listing, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("worktree ") {
                let path = line.dropFirst("worktree ".count)
                name = path + "/" == git.workTree ? "" : String(path.split(separator: "/").last ?? "")
            }
            guard !name.isEmpty, line.hasPrefix("HEAD "), let id = ForeignNames.id(line.dropFirst("HEAD ".count).utf8),
                id != .zero
            else {
                continue
            }
            heads.append(Reference(name: "HEAD of worktree \(name)", target: id))
        }
        return heads
    }

    // MARK: Files

    private static func write(_ text: String, _ path: String) throws(GitError) { try write(Array(text.utf8), path) }

    private static func write(_ bytes: [UInt8]?, _ path: String) throws(GitError) {
        guard let bytes else { return }
        let file = fopen(path, "we")
        let written = file.map { fwrite(bytes, 1, bytes.count, $0) }
        guard let file, fclose(file) == 0, written == bytes.count else {
            throw GitError(
                operation: "write", subject: path, kind: .program, category: "operating system",
                message: SystemError.reason(of: errno))
        }
    }

    private static func remove(_ path: String) {
        for file in ["logs/HEAD", "info/exclude", "config", "HEAD", "packed-refs", "shallow"] { unlink(path + file) }
        for folder in ["objects", "refs", "info", "logs", ""] { rmdir(path + folder) }
    }
}
