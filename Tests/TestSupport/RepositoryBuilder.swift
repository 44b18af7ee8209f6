/// Builds a repository with the real `git`, told as a story:
///
///     let repository = RepositoryBuilder()
///         .commit("add key", [".env": "KEY=…"])
///         .branch("side").commit("more", ["a": "1"])
///         .checkout("main").merge("side")
///
/// The user's and the machine's configuration play no part; every commit is a minute later than the one before.
public final class RepositoryBuilder {
    /// Whose removal removes the repository.
    public let directory: TemporaryDirectory
    /// Of the working directory, or of the bare repository.
    public let path: String
    private var minute = 0

    /// The first commit's time in seconds since 1970: 2024-01-01 00:00 UTC.
    public static let start = 1_704_067_200

    /// Makes an empty repository with the branch `main`.
    ///
    /// - Parameters:
    ///   - name: The folder in a temporary folder.
    ///   - options: For `git init`: `--bare`, `--object-format=sha256`.
    ///   - directory: Where; otherwise in a temporary folder of its own.
    public init(
        _ name: String = "repository", options: [String] = [], in directory: TemporaryDirectory = TemporaryDirectory()
    ) {
        self.directory = directory
        path = directory(name)
        run(["init", "--quiet", "--initial-branch=main"] + options + [path], in: directory.path)
    }

    private init(directory: TemporaryDirectory, path: String) {
        self.directory = directory
        self.path = path
    }

    /// The repository that some other command made in the same temporary folder.
    public func sibling(_ name: String) -> RepositoryBuilder {
        RepositoryBuilder(directory: directory, path: directory(name))
    }

    // MARK: The story

    /// Writes files, without telling git.
    @discardableResult
    public func write(_ files: [String: String]) -> Self {
        for (name, content) in files { directory.write(relative(name), content) }
        return self
    }

    /// Writes files, stages them and all other changes, and commits; `nil` removes a file.
    @discardableResult
    public func commit(_ message: String, _ files: [String: String?] = [:]) -> Self {
        stage(files)
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message", message)
        return self
    }

    /// Writes files and stages them; `nil` removes a file.
    @discardableResult
    public func stage(_ files: [String: String?]) -> Self {
        for (name, content) in files {
            if let content { directory.write(relative(name), content) } else { directory.remove(relative(name)) }
            git("add", "--all", "--force", "--", name)
        }
        return self
    }

    /// Makes a branch here and switches to it.
    @discardableResult
    public func branch(_ name: String) -> Self {
        git("checkout", "--quiet", "-b", name)
        return self
    }

    /// Switches to what exists.
    @discardableResult
    public func checkout(_ revision: String) -> Self {
        git("checkout", "--quiet", revision)
        return self
    }

    /// Merges other branches with a merge commit, whose files get this content, as if conflicts were resolved so.
    @discardableResult
    public func merge(_ branches: String..., resolving files: [String: String] = [:]) -> Self {
        let merged = run(["merge", "--quiet", "--no-commit", "--no-ff"] + branches, allowsFailure: true)
        precondition(merged.status == 0 || !files.isEmpty, "the merge has conflicts: \(merged.output)")
        write(files)
        git("add", "--all")
        git("commit", "--quiet", "--message", "merge \(branches.joined(separator: " and "))")
        return self
    }

    /// Makes an annotated tag.
    @discardableResult
    public func tag(_ name: String, _ message: String) -> Self {
        git("tag", "--annotate", name, "--message", message)
        return self
    }

    // MARK: git itself

    /// Runs git in the repository; it must succeed.
    ///
    /// - Returns: What it printed, without the last line's end.
    @discardableResult
    public func git(_ arguments: String...) -> String {
        run(arguments).output.trimmingEnd()
    }

    /// Runs git in the repository, and hands out whatever comes of it.
    @discardableResult
    public func run(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String = "",
        allowsFailure: Bool = false
    ) -> Command.Outcome {
        minute += 1
        var variables = Self.environment(time: Self.start + 60 * minute)
        variables.merge(environment) { $1 }
        let outcome = Command.run(["git"] + arguments, in: folder ?? path, environment: variables, input: input)
        precondition(
            allowsFailure || outcome.status == 0, "git \(arguments.joined(separator: " ")): \(outcome.errors)")
        return outcome
    }

    /// The id of what a revision names.
    public func id(_ revision: String) -> String {
        git("rev-parse", "--verify", "--quiet", revision)
    }

    /// The id of the blob with this content, whether or not it exists.
    public func blob(_ content: String) -> String {
        run(["hash-object", "--stdin"], input: content).output.trimmingEnd()
    }

    /// Stores a blob that nothing refers to.
    @discardableResult
    public func store(_ content: String) -> String {
        run(["hash-object", "-w", "--stdin"], input: content).output.trimmingEnd()
    }

    /// Where a loose object's file is, relative to the temporary folder.
    public func looseObject(_ id: String) -> String {
        relative(".git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    }

    /// The path of a file of the repository, relative to the temporary folder.
    public func relative(_ name: String) -> String {
        String(path.dropFirst(directory.path.count + 1)) + "/" + name
    }

    /// Variables that keep git away from the user's configuration.
    public static func environment(time: Int) -> [String: String] {
        [
            // A file that is not there counts as empty.
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_AUTHOR_DATE": "\(time) +0200",
            "GIT_COMMITTER_NAME": "Bob", "GIT_COMMITTER_EMAIL": "bob@example.org",
            "GIT_COMMITTER_DATE": "\(time) +0000", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8",
            "GIT_ALLOW_PROTOCOL": "file",
        ]
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
