/// Programs that are given other programs' words, or scripts.
enum ShellProgramWords {
    private static let shells: Set<String> = ["sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "mksh"]
    private static let scriptOptions: Set<String> = ["--run", "--command", "-command", "/c", "/k"]

    /// The script that a call has a shell run.
    ///
    /// - Parameter source: What writes what it reads.
    static func script(of call: ShellCall, after source: ShellCall?) -> String? {
        guard shells.contains(call.program) else {
            if mentioning.contains(call.program) { return nil }
            if call.program == "git" { return foreach(call.arguments) }
            guard let option = call.arguments.firstIndex(where: { isScriptOption($0.text) }) else { return nil }
            return call.arguments.dropFirst(option + 1).map(\.text).first { !$0.hasPrefix("-") }
        }
        var rest = call.arguments[...]
        var (isScript, readsInput) = (false, false)
        while let word = rest.first?.text, word.hasPrefix("-") || word.hasPrefix("+"), word.count > 1 {
            rest.removeFirst()
            if word == "--" { break }
            if word == "--rcfile" || word == "--init-file" { rest = rest.dropFirst() }
            if word.hasPrefix("--") { continue }
            if word.hasPrefix("-"), word.contains("c") { isScript = true }
            if word.hasPrefix("-"), word.contains("s") { readsInput = true }
            // Of a cluster, too, the name of a setting is the next word: `-euo pipefail`.
            if word.contains("o") || word.contains("O") { rest = rest.dropFirst() }
        }
        if isScript { return rest.first?.text }
        if readsInput { rest = [] }
        // A file that holds one is none that can be read.
        guard rest.isEmpty || rest.first?.text == "-" else { return nil }
        return input(of: call) ?? source.flatMap(output)
    }

    /// `-c`, also behind other letters: `-qc`.
    private static func isScriptOption(_ word: String) -> Bool {
        if scriptOptions.contains(word.lowercased()) { return true }
        return word.hasPrefix("-") && word.hasSuffix("c") && word.count < 5 && word.dropFirst().allSatisfy(\.isLetter)
    }

    private static func input(of call: ShellCall) -> String? {
        guard let last = call.redirections.last(where: { $0.operation.hasPrefix("<") }) else { return nil }
        return last.operation == "<<<" ? last.target.text : last.document?.text
    }

    private static func output(of call: ShellCall) -> String? {
        switch call.program {
        case "echo", "printf": call.arguments.filter { !$0.text.hasPrefix("-") }.map(\.text).joined(separator: "\n")
        case "cat", "tee": input(of: call)
        default: nil
        }
    }

    private static func foreach(_ words: [ShellCall.Text]) -> String? {
        guard let place = words.firstIndex(where: { $0.text == "foreach" }), place > 0,
            words[place - 1].text == "submodule"
        else { return nil }
        return words[(place + 1)...].filter { !$0.text.hasPrefix("--") }.map(\.text).joined(separator: " ")
    }

    /// Programs to which other programs' names are words.
    private static let mentioning: Set<String> = [
        "echo", "printf", "grep", "egrep", "fgrep", "rg", "ag", "ack", "sed", "awk", "gawk", "cat", "man", "tldr",
        "info", "help",
        "which", "type", "whereis", "whatis", "apropos", "hash", "ls", "test", "[", "[[", "alias", "unalias", "set",
        "read", "diff",
        "tee", "head", "tail", "jq", "yq", "cp", "mv", "rm", "ln", "mkdir", "touch", "chmod", "apt", "apt-get", "brew",
        "dnf", "yum",
        "pacman", "apk", "pip", "gem", "npm", "yarn", "pnpm", "cargo", "gh", "glab", "codex", "claude", "python",
        "python3", "node",
        "ruby", "perl", ":", "true", "false", "exit", "return", "tr", "sort", "wc", "less", "more", "pgrep", "pkill",
        "killall",
    ]

    /// What else a call runs: `find . -exec git add {} \;`, `poetry run git commit`.
    static func inner(of call: ShellCall) -> [ShellCall] {
        let words = call.arguments
        func inner(from start: Int, to end: Int) -> ShellCall {
            var result = call
            result.program = ShellCall.name(words[start].text)
            result.arguments = words[(start + 1)..<end].map {
                $0.text == "{}" ? ShellCall.Text("", isKnown: false) : $0
            }
            result.redirections = []
            return result
        }
        if call.program == "find" || call.program == "fd" {
            let marks: Set<String> = ["-exec", "-execdir", "-ok", "-x", "-X", "--exec"]
            return words.indices.filter { marks.contains(words[$0].text) && $0 + 1 < words.count }.map { index in
                inner(
                    from: index + 1, to: words[index...].firstIndex { $0.text == ";" || $0.text == "+" } ?? words.count)
            }
        }
        if call.program == "git" || call.program == "windsock" || mentioning.contains(call.program) { return [] }
        guard let start = words.firstIndex(where: { ["git", "windsock"].contains(ShellCall.name($0.text)) }) else {
            return []
        }
        return [inner(from: start, to: words.count)]
    }
}
