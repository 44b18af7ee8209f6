import Platform
import Reports
import Scanner

/// The `git commit` or `git push` that a hook runs in: git tells its hooks little of it, and what people paste has to do the same again.
///
/// How it was called the system says; and by the name of its index git says whether it has taken files into it.
enum StoppedCommit {
    /// Options of git that have a value behind them.
    private static let gitValues: Set<String> = [
        "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--super-prefix", "--config-env",
    ]
    /// Options of `git commit` that say its message, or what is done with it, and have a value.
    private static let messageValues = [
        "--message", "--file", "--reuse-message", "--reedit-message", "--template", "--fixup", "--squash", "--trailer",
    ]
    /// Options that have a value and stay.
    private static let otherValues = ["--author", "--date", "--cleanup", "--pathspec-from-file"]
    /// What is asked of the message anew.
    private static let dropped: Set<String> = ["--edit", "--no-edit", "--no-verify", "--verify"]
    /// What git does a commit in by itself: that is gone on with by `git commit`.
    private static let others: Set<String> = ["merge", "pull", "rebase", "cherry-pick", "revert", "am"]

    /// The command that this process runs in.
    ///
    /// - Parameter isPush: Whether that is a push.
    static func command(messageFile: String?, isPush: Bool = false) -> StoppedCommand {
        var command =
            CurrentProcess.callers.lazy.compactMap { Self.command($0, isPush: isPush) }.first ?? unknown(isPush: isPush)
        if let messageFile { command.messageFile = messageFile }
        let index = Environment.value("GIT_INDEX_FILE")?.split(separator: "/").last.map(String.init) ?? ""
        command.takesFiles = index.hasSuffix(".lock")
        return command
    }

    /// - Parameters:
    ///   - words: Of a process.
    ///   - isPush: Whether it is a push: all its words say what goes where.
    /// - Returns: `nil` where it is no git.
    static func command(_ words: [String], isPush: Bool = false) -> StoppedCommand? {
        guard words.first?.split(separator: "/").last == "git" else { return nil }
        var rest = words.dropFirst()
        var git = ["git"]
        while let word = rest.first, word.hasPrefix("-") {
            git.append(word)
            rest = rest.dropFirst()
            guard gitValues.contains(word), let value = rest.popFirst() else { continue }
            git.append(value)
        }
        guard let name = rest.popFirst() else { return nil }
        if isPush {
            let kept = rest.filter { !["--no-verify", "--verify"].contains($0) }
            guard isShowable(git + [name] + kept) else { return unknown(isPush: true) }
            return StoppedCommand(
                git: quoted(git), beginning: quoted(git + [name]),
                paths: kept.map { " " + HookLines.word($0) }.joined(),
                isKnown: true)
        }
        // An alias is taken for what it is: options behind it are those of the commit.
        var kept = git + [others.contains(name) ? "commit" : name]
        var paths: [String] = []
        if !others.contains(name) { read(rest, &kept, &paths) }
        guard isShowable(kept + paths) else { return unknown(isPush: false) }
        return StoppedCommand(
            git: quoted(git), beginning: quoted(kept), paths: paths.isEmpty ? "" : " -- " + quoted(paths), isKnown: true
        )
    }

    private static func unknown(isPush: Bool) -> StoppedCommand {
        StoppedCommand(beginning: isPush ? "git push" : "git commit")
    }

    /// What may be a secret is shown to nobody.
    private static func isShowable(_ words: [String]) -> Bool {
        words.allSatisfy { MaskedText.masked($0) == $0 && !$0.isEmpty }
    }

    private static func read(_ words: ArraySlice<String>, _ kept: inout [String], _ paths: inout [String]) {
        var rest = words
        while let word = rest.popFirst() {
            if word == "--" {
                paths += rest
                return
            }
            if word.hasPrefix("--") {
                long(word, &rest, &kept)
            } else if word.hasPrefix("-"), word.count > 1 {
                if let bundle = short(word, &rest) { kept.append(bundle) }
            } else {
                paths.append(word)
            }
        }
    }

    private static func long(_ word: String, _ rest: inout ArraySlice<String>, _ kept: inout [String]) {
        let name = String(word.prefix { $0 != "=" })
        // Git takes a beginning for the option that it is the only beginning of.
        let isValue = { (options: [String]) in options.contains { $0 == name || name.count > 4 && $0.hasPrefix(name) } }
        let hasValue = word.contains("=")
        if isValue(messageValues) {
            if !hasValue { rest = rest.dropFirst() }
        } else if isValue(otherValues) {
            kept.append(word)
            if !hasValue, let value = rest.popFirst() { kept.append(value) }
        } else if !dropped.contains(name) {
            kept.append(word)
        }
    }

    /// Several letters in one word, the last of which may have a value: `-am text`.
    private static func short(_ word: String, _ rest: inout ArraySlice<String>) -> String? {
        var letters = word.dropFirst()
        var kept = "-"
        while let letter = letters.popFirst() {
            switch letter {
            case "m", "F", "C", "c", "t":
                if letters.isEmpty { rest = rest.dropFirst() }
                letters = ""
            case "S", "u":
                // Their value stands in the same word, if they have one.
                kept += "\(letter)\(letters)"
                letters = ""
            case "e", "n": continue
            default: kept.append(letter)
            }
        }
        return kept == "-" ? nil : kept
    }

    private static func quoted(_ words: [String]) -> String { words.map(HookLines.word).joined(separator: " ") }
}
