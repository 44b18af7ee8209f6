import FoundationEssentials

/// Where git takes a repository's hooks from, as git itself says: `core.hooksPath` may come from any file or variable, begin with
/// `~`, or be relative to the top of the working directory.
struct HooksLocation {
    /// The top of the working directory, or the bare repository: where hooks run. Absolute.
    let top: String
    let isBare: Bool
    /// The git directory that all worktrees share. Absolute.
    let commonDirectory: String
    /// Where git looks for hooks now. Absolute.
    let folder: String
    /// Where `core.hooksPath` is set: `file:.git/config`; `nil`: nowhere.
    let origin: String?
    /// Whether `core.hooksPath` is relative, so that each worktree has hooks of its own.
    let isRelative: Bool
    /// Whether it is what git copies into new repositories.
    let isTemplate: Bool

    /// - Parameter path: A folder of the repository.
    /// - Throws: `CommandFailure` where there is no repository, or git runs no hooks in it.
    init(path: String) throws(CommandFailure) {
        let git = GitProgram(folder: path)
        let common = try git.run("rev-parse", "--path-format=absolute", "--git-common-dir")
        guard common.status == 0 else {
            let said = common.errors.split(separator: "\n").first.map(String.init) ?? "git rev-parse failed"
            throw CommandFailure("could not find the repository of \(path): \(said)")
        }
        let shown = try git.run("rev-parse", "--show-toplevel")
        isBare = shown.status != 0 || shown.output.isEmpty
        // Before version 2.31 git prints the option and a path that may be relative.
        commonDirectory = Self.absolute(Self.lastLine(common.output), in: path)
        if isBare {
            let own = try git.run("rev-parse", "--path-format=absolute", "--git-dir")
            top = Self.absolute(Self.lastLine(own.output), in: path)
        } else {
            top = shown.output
        }
        let above = GitProgram(folder: top)
        let hooks = try above.run("rev-parse", "--path-format=absolute", "--git-path", "hooks")
        folder = Self.absolute(Self.lastLine(hooks.output), in: top)
        let setting = try above.run("config", "--show-origin", "--get", "core.hooksPath")
        let fields = setting.output.split(separator: "\t", maxSplits: 1)
        origin = setting.status == 0 ? fields.first.map(String.init) : nil
        let value = try above.run("config", "--type=path", "--get", "core.hooksPath")
        isRelative = value.status == 0 && !value.output.hasPrefix("/")
        if value.status == 0, value.output.isEmpty {
            throw CommandFailure(
                "git runs no hooks here: core.hooksPath (\(origin ?? "from the environment")) is empty; name a folder, or take the setting away with `git config --unset core.hooksPath` (--global where it is set there)"
            )
        }
        isTemplate = false
        try checkFolder()
    }

    /// The hooks of a folder that git copies into repositories.
    init(template: String) {
        (top, commonDirectory, folder) = (template, template, template + "/hooks")
        (isBare, origin, isRelative, isTemplate) = (true, nil, false, true)
    }

    /// Git's own place, which is not asked where `core.hooksPath` names another.
    var defaultFolder: String { commonDirectory + "/hooks" }

    /// Whether the folder is part of what the repository's people share: `.githooks`, `.husky`.
    var isShared: Bool {
        !isBare && (folder + "/").hasPrefix(top + "/") && !(folder + "/").hasPrefix(commonDirectory + "/")
    }

    /// Whether a file is one that can be committed: it lies in a folder that is shared, and git does not ignore it.
    func isCommitted(_ path: String) -> Bool {
        guard isShared, path.hasPrefix(folder + "/") else { return false }
        do throws(CommandFailure) {
            return try GitProgram(folder: top).run("check-ignore", "--quiet", "--", path).status != 0
        } catch {
            return true
        }
    }

    func hook(_ kind: HookKind) -> String { "\(folder)/\(kind.rawValue)" }

    /// The path as people read it: from the top, where it lies below.
    func shown(_ path: String) -> String {
        path.hasPrefix(top + "/") ? String(path.dropFirst(top.count + 1)) : path
    }

    private func checkFolder() throws(CommandFailure) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), !isFolder else { return }
        let advice =
            origin == nil
            ? "move it away"
            : "name a folder, or take the setting away with `git config --unset core.hooksPath` (--global where it is set there)"
        throw CommandFailure("git runs no hooks here: \(reason), which is not a folder; \(advice)")
    }

    private var reason: String {
        origin.map { "core.hooksPath (\($0)) is \(folder)" } ?? "it looks for them in \(folder)"
    }

    private static func lastLine(_ text: String) -> String { text.split(separator: "\n").last.map(String.init) ?? "" }

    private static func absolute(_ path: String, in folder: String) -> String {
        if path.hasPrefix("/") { return path }
        let base = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
        return URL(fileURLWithPath: base + "/" + path).standardizedFileURL.path
    }
}
