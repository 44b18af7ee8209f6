import Findings
import Pipeline
import ScanSources

/// A shell's command that makes a commit, before it is run: what would be committed is looked at, as a hook of git does it.
struct AgentCommit {
    /// What the command would commit.
    let subject: ScanRequest.Subject

    /// - Parameter command: As the shell gets it.
    /// - Returns: `nil` where it makes no commit.
    init?(_ command: String) {
        let words = command.split { $0.isWhitespace || ";|&()\"'`".contains($0) }
        guard let git = words.indices.first(where: { Self.isCommit(at: $0, of: words) }) else { return nil }
        let addsAll = words[git...].contains { word in
            word == "--all" || word.hasPrefix("-") && !word.hasPrefix("--") && word.contains("a")
        }
        // What is added by the same command is not in the index yet.
        let isStagedNow = words.contains("add") || words.contains("stage")
        subject = addsAll || isStagedNow ? .uncommitted : .staged
    }

    /// `git commit`, `git -C folder -c name=value commit`, `/usr/bin/git commit`.
    private static func isCommit(at index: Int, of words: [Substring]) -> Bool {
        guard words[index] == "git" || words[index].hasSuffix("/git") else { return false }
        var position = index + 1
        while position < words.count, words[position].hasPrefix("-") {
            position += ["-C", "-c", "--git-dir", "--work-tree"].contains(words[position]) ? 2 : 1
        }
        return position < words.count && words[position] == "commit"
    }

    /// What is found in it, by the rules, baselines and comments that hold for a commit.
    ///
    /// - Returns: Nothing, too, where there is no repository: then there is no commit either.
    func findings(_ rules: RuleOptions, _ thresholds: ThresholdOptions) throws -> [Finding] {
        var command = try ScanCommand.parse([])
        (command.ruleOptions, command.thresholds) = (rules, thresholds)
        do throws(CommandFailure) {
            return try command.result(of: subject).findings
        } catch {
            // Git will say what is wrong with the repository; what is wrong with the configuration is ours to say.
            if error.code == .incomplete { return [] }
            throw error
        }
    }
}
