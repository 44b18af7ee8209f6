import FoundationEssentials

/// A call of git in a shell's script.
struct GitCall {
    /// `commit`
    var name: String
    var arguments: [ShellCall.Text]
    var place: ShellCall.Place
    /// Variables by which git is told where a repository's parts are; absolute.
    var variables: [String: String] = [:]
    /// Settings that hold for the call alone: `alias.ci=commit`.
    private var settings: [String] = []
    /// Whether it only runs if what ran before it did what it should.
    let isAfterSuccess: Bool

    private static let places: Set<String> = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]
    private static let valued: Set<String> = [
        "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--super-prefix", "--config-env", "--attr-source",
        "--exec-path",
    ]

    /// - Returns: `nil` for a call of something else.
    init?(_ call: ShellCall) {
        guard call.program == "git" || call.program == "git.exe" else { return nil }
        place = call.place
        isAfterSuccess = call.isAfterSuccess
        let home = Environment.value("HOME")
        for (name, value) in call.variables where Self.places.contains(name) {
            variables[name] = Self.absolute(place.path(value, home: home))
        }
        var rest = call.arguments[...]
        var found: String?
        while let word = rest.popFirst() {
            guard word.text.hasPrefix("-") else {
                found = word.text
                break
            }
            let parts = word.text.split(separator: "=", maxSplits: 1).map(String.init)
            let inline = parts.count > 1 ? ShellCall.Text(parts[1], isKnown: word.isKnown) : nil
            guard let value = inline ?? (Self.valued.contains(word.text) ? rest.popFirst() : nil) else { continue }
            switch parts[0] {
            case "-C": place.enter(value, home: home)
            case "-c": settings.append(value.text)
            case "--git-dir": variables["GIT_DIR"] = Self.absolute(place.path(value.text, home: home))
            case "--work-tree": variables["GIT_WORK_TREE"] = Self.absolute(place.path(value.text, home: home))
            default: break
            }
        }
        guard let found else { return nil }
        (name, arguments) = (found, Array(rest))
    }

    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// Options and paths, as far as they are known.
    var words: [String] { arguments.filter(\.isKnown).flatMap { [$0.text] + $0.others } }

    var isKnown: Bool { arguments.allSatisfy(\.isKnown) }

    func has(_ options: String...) -> Bool { words.contains(where: options.contains) }

    /// Whether it may change what is staged, or record something, itself or by another name.
    var isOfInterest: Bool { !Self.own.contains(name) || records }

    var records: Bool { Self.recording.contains(name) }

    private static let recording: Set<String> = [
        "add", "stage", "update-index", "rm", "restore", "reset", "commit", "stash", "commit-tree", "merge", "rebase",
        "cherry-pick", "revert", "am", "init",
    ]

    /// Whether it only says what it would do, or how it is used.
    var onlyTells: Bool { has("--help", "-h", "--dry-run") }

    // MARK: Other names

    private static let maximumDepth = 5

    /// The calls that it comes to where its name is one that somebody has given to others.
    func resolved(depth: Int = 0) -> [GitCall] {
        guard !Self.own.contains(name), depth < Self.maximumDepth, let meaning else { return [self] }
        let rest = arguments.map { $0.isKnown ? HookLines.quoted($0.text) : "\"$unknown\"" }.joined(separator: " ")
        let isScript = meaning.hasPrefix("!")
        let script = isScript ? String(meaning.dropFirst()) : "git \(meaning)"
        return ShellWalk.calls("\(script) \(rest)", in: place.folder).compactMap(GitCall.init).flatMap { call in
            var call = call
            call.variables.merge(variables) { own, _ in own }
            call.settings += settings
            if !isScript { call.place = place }
            return call.resolved(depth: depth + 1)
        }
    }

    /// What git's settings have for the name.
    private var meaning: String? {
        if let setting = settings.last(where: { $0.hasPrefix("alias.\(name)=") }) {
            return String(setting.dropFirst("alias.\(name)=".count))
        }
        do throws(CommandFailure) {
            let outcome = try GitProgram(folder: place.folder, variables: variables).run(
                "config", "--get", "alias.\(name)")
            return outcome.status == 0 ? outcome.output : nil
        } catch {
            // Where git cannot be run there is no commit either.
            return nil
        }
    }

    /// What git itself has of that name, which no other can be given: then it need not be asked.
    private static let own: Set<String> = [
        "add", "am", "apply", "archive", "bisect", "blame", "branch", "bundle", "cat-file", "check-ignore", "checkout",
        "cherry-pick", "clean", "clone", "commit", "commit-tree", "config", "count-objects", "credential", "describe",
        "diff",
        "diff-index", "diff-tree", "fetch", "for-each-ref", "format-patch", "fsck", "gc", "grep", "hash-object", "help",
        "init",
        "log", "ls-files", "ls-remote", "ls-tree", "maintenance", "merge", "merge-base", "mv", "notes", "prune", "pull",
        "push",
        "range-diff", "read-tree", "rebase", "reflog", "remote", "repack", "replace", "reset", "restore", "rev-list",
        "rev-parse",
        "revert", "rm", "shortlog", "show", "show-ref", "sparse-checkout", "stage", "stash", "status", "submodule",
        "switch",
        "symbolic-ref", "tag", "update-index", "update-ref", "version", "worktree", "write-tree",
    ]
}
