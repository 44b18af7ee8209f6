import FoundationEssentials

/// Tries a hook: git makes a commit, a merge or a push with a key that nobody ever had, in a temporary worktree.
///
/// Nothing of it stays in the repository: new objects go into a folder of their own, which is removed with the worktree. Whatever
/// else the hooks do they do in that worktree, too.
struct HookProof {
    enum Outcome {
        case refused
        /// By windsock, where another hook that runs ahead of it is left out: it refuses in the trial's worktree.
        case refusedAlone
        case passed
        /// What was said instead.
        case refusedBySomebodyElse(String)
        /// Windsock itself could not do its work: what it said.
        case failed(String)
    }

    let location: HooksLocation
    let kind: HookKind

    /// Whether the hooks are those that new repositories get.
    private var isTemplate: Bool { location.isTemplate }

    private static let fileName = "windsock-doctor.env"
    private static let rule = "mistral-api-key"

    func run() throws(CommandFailure) -> Outcome {
        let files = FileManager.default
        let scratch = files.temporaryDirectory.appendingPathComponent("windsock-doctor-\(UUID().uuidString)").path
        do {
            try files.createDirectory(
                atPath: scratch + "/objects", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("could not make the folder \(scratch) for a trial")
        }
        defer { _ = removed(scratch) }
        if isTemplate || location.isBare {
            return try tryRepository(scratch)
        }
        let outcome = try tryWorktree(scratch, "empty")
        // Another hook may miss the files that it is for; to check them all out takes long in a large repository.
        guard case .refusedBySomebodyElse = outcome else { return outcome }
        let whole = tryWholeWorktree(scratch) ?? outcome
        // Or something that is not in git. What refuses ahead of windsock lets nothing pass either.
        guard case .refusedBySomebodyElse = whole,
            case .refused = try tryWorktree(scratch, "alone", isAlone: true)
        else { return whole }
        return .refusedAlone
    }

    // MARK: Where it is tried

    /// With all files of HEAD; `nil` where that cannot be.
    private func tryWholeWorktree(_ scratch: String) -> Outcome? {
        do throws(CommandFailure) {
            return try tryWorktree(scratch, "whole", "HEAD")
        } catch {
            // There may be no commit yet, or not all of its files here: what was seen without them is told.
            return nil
        }
    }

    /// - Parameters:
    ///   - name: The worktree's folder.
    ///   - revision: What is checked out in it; `nil`: nothing. There may be no commit yet.
    ///   - isAlone: Whether windsock's script leaves out the hook that was there before.
    private func tryWorktree(
        _ scratch: String, _ name: String, _ revision: String? = nil, isAlone: Bool = false
    ) throws(CommandFailure) -> Outcome {
        var repository = GitProgram(folder: location.top, variables: variables(scratch))
        // Variables may name a repository that does not lie above its files.
        repository.variables["GIT_DIR"] = try must(
            GitProgram(folder: location.top), ["rev-parse", "--absolute-git-dir"])
        if isAlone { repository.variables[HookTrial.aloneVariable] = "1" }
        let worktree = "\(scratch)/\(name)"
        let commit: String
        if let revision {
            commit = try must(repository, ["rev-parse", "--verify", "--quiet", revision])
        } else {
            let tree = try must(repository, ["mktree"])
            commit = try must(repository, ["commit-tree", tree, "-m", "windsock hook doctor"])
        }
        _ = try must(
            repository,
            ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--force", "--detach", worktree, commit])
        defer { removeWorktree(repository, worktree) }
        var git = repository
        git.folder = worktree
        git.variables["GIT_DIR"] = .some(nil)
        try copyConfigurations(to: worktree, git)
        return try attempt(git, scratch)
    }

    /// A repository of its own, with the same hooks.
    private func tryRepository(_ scratch: String) throws(CommandFailure) -> Outcome {
        var variables = variables(scratch)
        for name in ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"] { variables[name] = .some(nil) }
        var git = GitProgram(folder: scratch, variables: variables)
        let template = isTemplate ? ["--template=\(location.top)"] : []
        _ = try must(git, ["init", "--quiet"] + template + ["repository"])
        git.folder = scratch + "/repository"
        if !isTemplate, kind != .preReceive { _ = try must(git, ["config", "core.hooksPath", location.folder]) }
        return try attempt(git, scratch)
    }

    private func variables(_ scratch: String) -> [String: String?] {
        var result: [String: String?] = [
            "GIT_OBJECT_DIRECTORY": scratch + "/objects",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": location.commonDirectory + "/objects", "GIT_EDITOR": "true",
        ]
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_QUARANTINE_PATH"] {
            result[name] = .some(nil)
        }
        result[HookTrial.variable] = .some(isTemplate ? nil : location.top)
        for role in ["AUTHOR", "COMMITTER"] {
            result["GIT_\(role)_NAME"] = "windsock hook doctor"
            result["GIT_\(role)_EMAIL"] = "doctor@windsock.invalid"
        }
        return result
    }

    /// What managers of hooks read of the working directory, changes that are not committed included. Windsock reads what it
    /// needs where it stands.
    private func copyConfigurations(to worktree: String, _ git: GitProgram) throws(CommandFailure) {
        let managers = HookManager.allCases.compactMap { $0 == .husky ? nil : $0.configuration(location) }
        for name in Set(managers.map(location.shown)).sorted() {
            guard let text = HookText.read(location.top + "/" + name) else { continue }
            try HookText.write(text, worktree + "/" + name, executable: false)
        }
        _ = try must(git, ["add", "--all", "--force"])
        _ = try must(
            git, silently(["commit", "--quiet", "--allow-empty", "--message", "configuration"]))
    }

    // MARK: What is tried

    private func attempt(_ git: GitProgram, _ scratch: String) throws(CommandFailure) -> Outcome {
        let key = Self.madeUpKey()
        switch kind {
        case .preCommit:
            try stage(key, git)
            return try judge(git, ["commit", "--quiet", "--message", "trial"], key)
        case .commitMessage:
            return try judge(git, ["commit", "--quiet", "--allow-empty", "--message", "MISTRAL_API_KEY=\(key)"], key)
        case .preMergeCommit:
            _ = try must(git, silently(["commit", "--quiet", "--allow-empty", "--message", "base"]))
            let base = try must(git, ["rev-parse", "HEAD"])
            try stage(key, git)
            _ = try must(git, silently(["commit", "--quiet", "--message", "side"]))
            let side = try must(git, ["rev-parse", "HEAD"])
            _ = try must(git, silently(["checkout", "--quiet", "--detach", base]))
            return try judge(git, ["merge", "--quiet", "--no-ff", "--no-edit", side], key)
        case .prePush, .preReceive:
            try stage(key, git)
            _ = try must(git, silently(["commit", "--quiet", "--message", "trial"]))
            let target = scratch + "/target.git"
            var server = GitProgram(folder: scratch, variables: git.variables)
            for name in ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"] {
                server.variables[name] = .some(nil)
            }
            let template = isTemplate && kind == .preReceive ? ["--template=\(location.top)"] : ["--template="]
            _ = try must(server, ["init", "--quiet", "--bare"] + template + [target])
            if kind == .preReceive, !isTemplate {
                server.folder = target
                _ = try must(server, ["config", "core.hooksPath", location.folder])
            }
            return try judge(git, ["push", "--quiet", target, "HEAD:refs/heads/trial"], key)
        }
    }

    private func stage(_ key: String, _ git: GitProgram) throws(CommandFailure) {
        try HookText.write("MISTRAL_API_KEY=\(key)\n", git.folder + "/" + Self.fileName, executable: false)
        // Settings for line ends are about the file's, which are neither here nor there.
        _ = try must(git, ["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "add", "--force", Self.fileName])
    }

    /// Without any hook: what has to be there before the trial.
    private func silently(_ arguments: [String]) -> [String] {
        ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false"] + arguments
    }

    private func judge(_ git: GitProgram, _ arguments: [String], _ key: String) throws(CommandFailure) -> Outcome {
        // A folder that is relative to the working directory is not there in another one: husky's is ignored.
        let hooks = location.isRelative && !location.isBare ? ["-c", "core.hooksPath=\(location.folder)"] : []
        let outcome = try git.run(hooks + ["-c", "commit.gpgSign=false"] + arguments)
        if outcome.status == 0 { return .passed }
        let said = outcome.output + "\n" + outcome.errors
        // How windsock begins and ends the key in a report.
        let redacted = "\(key.prefix(4))…\(key.suffix(4))"
        if said.contains(Self.rule), said.contains(redacted) { return .refused }
        let shown = String(said.replacing(key, with: redacted).suffix(2000))
        return said.split(separator: "\n").contains { $0.hasPrefix("windsock: ") }
            ? .failed(shown) : .refusedBySomebodyElse(shown)
    }

    static func madeUpKey() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        while true {
            let key = (0..<32).compactMap { _ in alphabet.randomElement() }
            let kinds = [
                key.count(where: \.isUppercase), key.count(where: \.isLowercase), key.count(where: \.isNumber),
            ]
            // What is told from words and from other identifiers by its mixture.
            if kinds.allSatisfy({ $0 >= 4 }) { return String(key) }
        }
    }

    // MARK: Housekeeping

    private func must(_ git: GitProgram, _ arguments: [String]) throws(CommandFailure) -> String {
        let outcome = try git.run(arguments)
        guard outcome.status == 0 else {
            throw CommandFailure(
                "the hook could not be tried: git \(arguments.joined(separator: " ")): \(outcome.errors)")
        }
        return outcome.output
    }

    private func removeWorktree(_ repository: GitProgram, _ worktree: String) {
        do throws(CommandFailure) {
            let removed = try repository.run("worktree", "remove", "--force", worktree)
            if removed.status != 0 {
                StandardError.write("windsock: the worktree of the trial is left: \(removed.errors)")
            }
        } catch {
            StandardError.write("windsock: the worktree of the trial is left: \(error)\n")
        }
    }

    private func removed(_ scratch: String) -> Bool {
        do {
            try FileManager.default.removeItem(atPath: scratch)
            return true
        } catch {
            StandardError.write("windsock: the folder of the trial is left: \(scratch)\n")
            return false
        }
    }
}
