import Findings
import Pipeline
import ScanSources

/// A shell's command that makes a commit, before it is run: what would be committed is looked at, as a hook of git does it.
struct AgentCommit {
    /// What the command would commit.
    private var subjects: [ScanRequest.Subject] = []
    /// The repository, or a folder in it.
    private var folder: String

    /// - Parameters:
    ///   - command: As the shell gets it.
    ///   - folder: Where it is run.
    /// - Returns: `nil` where it makes no commit.
    init?(_ command: String, in folder: String = ".") {
        self.folder = folder
        var isStagedNow = false
        for words in ShellLine(command).commands {
            if words.count > 1, words[0] == "cd" || words[0] == "pushd" { enter(words[1]) }
            for word in words { take(variable: word) }
            for index in words.indices where words[index] == "git" || words[index].hasSuffix("/git") {
                guard let (name, arguments) = git(words[(index + 1)...]) else { continue }
                // What is added by the same command is not in the index yet.
                if ["add", "stage", "mv", "apply"].contains(name) { isStagedNow = true }
                guard name == "commit" else { continue }
                subjects = Self.subjects(arguments, isStagedNow: isStagedNow)
                return
            }
        }
        return nil
    }

    private mutating func enter(_ path: String) {
        let home = Environment.value("HOME") ?? "~"
        let path = path == "~" ? home : path.hasPrefix("~/") ? home + path.dropFirst() : path
        folder = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    private mutating func take(variable word: String) {
        if word.hasPrefix("GIT_DIR=") { take(gitFolder: String(word.dropFirst("GIT_DIR=".count))) }
        if word.hasPrefix("GIT_WORK_TREE=") { enter(String(word.dropFirst("GIT_WORK_TREE=".count))) }
    }

    private mutating func take(gitFolder path: String) {
        guard path != ".git", !path.isEmpty else { return }
        enter(path.hasSuffix("/.git") ? String(path.dropLast("/.git".count)) : path)
    }

    private static let optionsWithValue: Set<String> = [
        "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--super-prefix", "--config-env", "--attr-source",
    ]

    /// What is behind the options of git: `git -C folder -c name=value commit -m text`.
    private mutating func git(_ words: ArraySlice<String>) -> (name: String, arguments: ArraySlice<String>)? {
        var rest = words
        while let word = rest.popFirst() {
            guard word.hasPrefix("-") else { return (word, rest) }
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let value = parts.count > 1 ? parts[1] : Self.optionsWithValue.contains(word) ? rest.popFirst() : nil
            guard let value else { continue }
            switch parts[0] {
            case "-C", "--work-tree": enter(value)
            case "--git-dir": take(gitFolder: value)
            default: break
            }
        }
        return nil
    }

    // MARK: What is committed

    private static let longWithValue: Set<String> = [
        "--message", "--file", "--author", "--date", "--template", "--reuse-message", "--reedit-message", "--fixup",
        "--squash", "--cleanup", "--trailer",
    ]

    private static func subjects(_ arguments: ArraySlice<String>, isStagedNow: Bool) -> [ScanRequest.Subject] {
        var (addsAll, namesFiles) = (false, isStagedNow)
        var rest = arguments
        while let word = rest.popFirst() {
            if word.hasPrefix("--") {
                if word == "--all" { addsAll = true }
                if word == "--" || ["--only", "--include", "--patch", "--interactive"].contains(word)
                    || word.hasPrefix("--pathspec-from-file")
                {
                    namesFiles = true
                }
                if longWithValue.contains(word) { _ = rest.popFirst() }
            } else if word.hasPrefix("-"), word.count > 1 {
                var letters = word.dropFirst()
                while let letter = letters.popFirst() {
                    if letter == "a" { addsAll = true }
                    if "pio".contains(letter) { namesFiles = true }
                    guard "mFCct".contains(letter) else { continue }
                    if letters.isEmpty { _ = rest.popFirst() }
                    break
                }
            } else {
                namesFiles = true
            }
        }
        if namesFiles { return [.staged, .uncommitted] }
        return addsAll ? [.uncommitted] : [.staged]
    }

    /// What is found in it, by the rules and baselines that hold for a commit.
    ///
    /// - Returns: Nothing, too, where there is no repository: then there is no commit either.
    func findings(_ rules: RuleOptions, _ thresholds: ThresholdOptions) throws -> [Finding] {
        var command = try ScanCommand.parse([])
        (command.ruleOptions, command.thresholds, command.paths) = (rules, thresholds, [folder])
        for subject in subjects {
            let findings = try findings(command, subject)
            if !findings.isEmpty { return findings }
        }
        return []
    }

    private func findings(
        _ command: ScanCommand, _ subject: ScanRequest.Subject
    ) throws(CommandFailure) -> [Finding] {
        var strict = command
        // Whoever has written the key can have written the comment.
        strict.thresholds.noInlineIgnores = true
        do throws(CommandFailure) {
            let all = try strict.result(of: subject).findings
            if all.isEmpty || command.thresholds.noInlineIgnores { return all }
            let standing = Set(try command.result(of: subject).findings.map(\.fingerprint))
            return all.filter { standing.contains($0.fingerprint) || !isCommitted($0) }
        } catch {
            // Git will say what is wrong with the repository; what is wrong with the configuration is ours to say.
            if error.code == .incomplete { return [] }
            throw error
        }
    }

    /// Whether what a comment lets pass is in the last commit: then somebody has let it pass before.
    private func isCommitted(_ finding: Finding) -> Bool {
        finding.occurrences.allSatisfy { occurrence in
            do throws(CommandFailure) {
                let outcome = try GitProgram(folder: folder).run("show", "HEAD:\(occurrence.path)")
                return outcome.status == 0
                    && !TextPlaces.ranges(of: finding.secret.bytes, in: Array(outcome.output.utf8)).isEmpty
            } catch {
                return false
            }
        }
    }
}
