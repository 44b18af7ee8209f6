import FoundationEssentials
import Platform

/// What the index of a repository will hold when a script has come to its commit: git is asked, and nothing is changed.
struct IndexForecast {
    /// Where git is asked.
    var folder: String
    let variables: [String: String]
    /// The top of the working directory; absolute.
    let top: String
    /// Whether the script makes the repository, which has no index yet.
    let isNew: Bool
    /// Files of the working directory that it takes, relative to the top.
    private(set) var files: Set<String> = []
    /// Files of which it no longer has what is staged now: only as long as each command runs if the one before has succeeded.
    private(set) var replaced: Set<String> = []
    /// Whether nothing is staged any more.
    private(set) var isCleared = false

    /// - Returns: `nil` where there is no working directory.
    init?(folder: String, variables: [String: String]) {
        (self.folder, self.variables, isNew) = (folder, variables, false)
        guard let top = Self.output(["rev-parse", "--show-toplevel"], folder, variables), !top.isEmpty else {
            return nil
        }
        self.top = top
    }

    /// Of a repository that is still to be made in a folder.
    ///
    /// - Parameter repository: An empty one, which stands for it.
    init(new folder: String, repository: String) {
        (self.folder, isNew) = (folder, true)
        let path = GitCall.absolute(folder)
        variables = ["GIT_DIR": repository, "GIT_WORK_TREE": path]
        top = Self.output(["rev-parse", "--show-toplevel"], folder, variables) ?? path
    }

    private static func output(_ words: [String], _ folder: String, _ variables: [String: String]) -> String? {
        let settings = [
            "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "advice.addIgnoredFile=false",
        ]
        do throws(CommandFailure) {
            let outcome = try GitProgram(folder: folder, variables: variables).run(settings + words)
            // Of what is wrong with one path the others are told all the same.
            return outcome.status == 0 || !outcome.output.isEmpty ? outcome.output : nil
        } catch {
            // Where git cannot be run there is no commit either.
            return nil
        }
    }

    private func listed(_ options: [String], _ paths: [String]) -> [String] {
        let output = Self.output(["ls-files", "-z", "--full-name"] + options + ["--"] + paths, folder, variables) ?? ""
        return output.split(separator: "\0").map(String.init)
    }

    /// Paths whose staged content is that of another one, which is not among them.
    func paths(sharing path: String) -> [String] {
        let entries = listed(["-s"], [":/"]).compactMap { entry -> (id: Substring, path: Substring)? in
            let parts = entry.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (parts[0], parts[1])
        }
        guard let id = entries.first(where: { $0.path == path })?.id else { return [] }
        return entries.filter { $0.id == id && $0.path != path }.map { String($0.path) }
    }

    /// What ran before may have failed.
    mutating func doubt() { (replaced, isCleared) = ([], false) }

    /// Takes a call that changes what is staged; others change nothing.
    mutating func take(_ call: GitCall) {
        if call.onlyTells || call.name != "commit" && call.has("-n") { return }
        switch call.name {
        case "add", "stage": add(call)
        case "update-index":
            for word in call.words where !word.hasPrefix("-") { add(paths: listed(["-c", "-o"], [word])) }
        case "rm": remove(call.words)
        case "restore" where call.has("--staged", "-S"): remove(call.words)
        case "reset": reset(call)
        default: break
        }
    }

    private mutating func add(paths: [String]) {
        files.formUnion(paths)
        replaced.formUnion(paths)
    }

    private mutating func add(_ call: GitCall) {
        let interactive: Set<String> = ["-p", "--patch", "-i", "--interactive", "-e", "--edit"]
        let isWhole = !call.isKnown || call.words.contains { $0.hasPrefix("--pathspec-from-file") }
        var words = isWhole ? ["-A", ":/"] : call.words.map { interactive.contains($0) ? "-u" : $0 }
        if isWhole, call.has("-f", "--force") { words.append("-f") }
        // What is not there yet keeps nothing else from being told.
        let output = Self.output(["add", "--dry-run", "--ignore-missing"] + words, folder, variables) ?? ""
        let added = output.split(separator: "\n").filter { $0.hasPrefix("add '") && $0.hasSuffix("'") }
        files.formUnion(added.map { String($0.dropFirst("add '".count).dropLast()) })
        if !replaced.isEmpty || isCleared { addAgain(isWhole ? [":/"] : call.words.filter { !$0.hasPrefix("-") }) }
        if !isWhole { replaced.formUnion(files) }
    }

    /// What was taken out of the index before and stands in it still is nothing that git would add now.
    private mutating func addAgain(_ paths: [String]) {
        let named = Set(listed(["-c"], paths))
        files.formUnion(staged.filter { named.contains($0) && (isCleared || replaced.contains($0)) })
    }

    /// Files that are staged now.
    var staged: [String] {
        let words = ["diff", "--cached", "--name-only", "-z", "--no-ext-diff"]
        return (Self.output(words, folder, variables) ?? "").split(separator: "\0").map(String.init)
    }

    /// What is staged, or was to be, is no longer.
    private mutating func remove(_ words: [String]) {
        let paths = words.filter { !$0.hasPrefix("-") }
        if paths.isEmpty { return }
        let staged = listed(["-c"], paths)
        replaced.formUnion(staged)
        // What the script itself has added is not in the index yet.
        let added = files.isEmpty ? [] : listed(["-o"], paths)
        files.subtract(staged + added)
    }

    private mutating func reset(_ call: GitCall) {
        guard call.isKnown, !call.has("--soft", "-p", "--patch") else { return }
        var paths = call.words.filter { !$0.hasPrefix("-") }
        if let first = paths.first, isCommit(first) { paths.removeFirst() }
        if !paths.isEmpty { return remove(paths) }
        (isCleared, files) = (true, [])
    }

    /// Whether a word is a commit or a tree for git, and not a path.
    private func isCommit(_ word: String) -> Bool {
        Self.output(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(word)^{tree}"], folder, variables)?
            .isEmpty == false
    }

    // MARK: What a commit takes

    /// What a call records in the history.
    struct Record {
        var takesStaged = true
        /// Of what is staged these files alone, relative to the top; `nil`: all.
        var only: Set<String>?
        /// Files of the working directory, relative to the top.
        var files: Set<String> = []
        /// Files of which what is staged is not recorded.
        var replaced: Set<String> = []
        /// A file that holds the message.
        var message: String?
    }

    /// - Returns: `nil` for a call that records nothing.
    func record(_ call: GitCall) -> Record? {
        var record = Record(takesStaged: !isCleared && !isNew, files: files, replaced: replaced)
        switch call.name {
        case "commit":
            let options = CommitOptions(call.arguments)
            if options.onlyTells { return nil }
            take(changed: options.takesAll ? [":/"] : options.paths, into: &record)
            if !options.paths.isEmpty, !options.includes { record.only = Set(listed(["-c"], options.paths)) }
            record.message = options.message
        case "stash": return stash(call, record)
        case "commit-tree": break
        case "merge", "rebase", "cherry-pick", "revert", "am":
            guard call.has("--continue") else { return nil }
        default: return nil
        }
        return record
    }

    private func take(changed paths: [String], into record: inout Record) {
        if paths.isEmpty { return }
        let changed = listed(["-m"], paths)
        record.files.formUnion(changed)
        record.replaced.formUnion(changed)
    }

    /// What was put aside is a commit, too, and stays in the history.
    private func stash(_ call: GitCall, _ record: Record) -> Record? {
        let words = call.words
        let name = words.first { !$0.hasPrefix("-") } ?? "push"
        guard ["push", "save", "create"].contains(name) || words.first?.hasPrefix("-") == true, !call.onlyTells else {
            return nil
        }
        var record = record
        if call.has("-S", "--staged") { return record }
        take(changed: [":/"], into: &record)
        if call.has("-a", "--all") { record.files.formUnion(listed(["-o"], [":/"])) }
        if call.has("-u", "--include-untracked") {
            record.files.formUnion(listed(["-o", "--exclude-standard"], [":/"]))
        }
        return record
    }
}
