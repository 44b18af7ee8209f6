import ArgumentParser
import Rules

/// Says what somebody may have meant by a word that is no command, or by an option that is another program's.
enum UnknownWords {
    /// What other scanners call what we do.
    private static let commands = [
        "detect": "windsock scan --history", "git": "windsock scan --history REPOSITORY",
        "protect": "windsock scan --staged", "dir": "windsock scan FOLDER", "directory": "windsock scan FOLDER",
        "file": "windsock scan FILE", "files": "windsock scan FILE", "filesystem": "windsock scan FOLDER",
        "path": "windsock scan PATH", "repo": "windsock scan --history REPOSITORY",
        "stdin": "windsock scan -", "secret": "windsock scan", "check": "windsock scan",
        "pre-commit": "windsock hook install",
        "commit-range": "windsock scan --range A..B", "ci": "windsock scan --ci", "validate": "windsock verify",
        "remediate": "windsock fix", "repair": "windsock fix", "version": "windsock --version",
    ]

    /// What other scanners call our options.
    private static let options = [
        "--source": "name the path without an option", "--no-git": "it is what `windsock scan PATH` does",
        "--report-path": "--output FILE", "--report-format": "--format FORMAT", "--json": "--format json",
        "--sarif": "--format sarif", "--baseline-path": "--baseline FILE", "--redact": "secrets are redacted already",
        "--show-secret": "--show-secrets", "--exit-code": "--exit-zero, or --fail-on",
        "--no-banner": "there is none", "--no-color": "--color never",
        "--no-verification": "nothing is verified unless --verify is given",
        "--only-verified": "--verify --fail-on live", "--results": "--verify --fail-on live",
        "--since-commit": "--range COMMIT..HEAD", "--log-opts": "--range A..B, or --branch and --since",
        "--enable-rule": "--only RULE", "--rule": "--only RULE", "--pipe": "windsock scan -", "--diff": "--patch",
    ]

    /// - Parameter words: What follows the program's name.
    /// - Returns: What is wrong with the first word that should be a command; `nil`: nothing is.
    static func complaint(about words: [String]) -> String? {
        var path = ["windsock"]
        var command: any ParsableCommand.Type = Windsock.self
        for word in words {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty || word.hasPrefix("-") || word == "help" { return nil }
            guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
                // With a default the word may be its argument.
                if command.configuration.defaultSubcommand != nil { return nil }
                return complaint(about: word, in: path, subcommands.compactMap { $0.configuration.commandName })
            }
            path.append(word)
            command = next
        }
        return nil
    }

    private static func complaint(about word: String, in path: [String], _ names: [String]) -> String {
        let group = path.joined(separator: " ")
        let meant: String? =
            if path.count == 1, let ours = commands[word.lowercased()] { ours } else {
                NearestWord.to(word, in: names).map { "\(group) \($0)" }
            }
        let suggestion = meant.map { "; did you mean `\($0)`?" } ?? ""
        // Whoever pastes a key where a command belongs must not find it in a log.
        let shown = word.count <= 20 ? "\(group) has no command \(word)" : "\(group) has no such command"
        return "\(shown)\(suggestion)\n\(group) has \(names.joined(separator: ", ")); `\(group) --help` says more"
    }

    /// What an option of another program is called here.
    ///
    /// - Parameter words: What follows the program's name.
    static func hint(about words: [String]) -> String? {
        for word in words {
            let name = String(word.prefix { $0 != "=" })
            if let ours = options[name] { return "\(name): \(ours)" }
        }
        return nil
    }
}
