/// What the words behind `git commit` say of what it takes.
struct CommitOptions {
    /// All tracked files that were changed.
    var takesAll = false
    /// What is staged besides files that are named.
    var includes = false
    /// Files that are named.
    var paths: [String] = []
    /// The file that holds the message.
    var message: String?
    /// Whether no commit is made.
    var onlyTells = false

    private static let valued: [String] = [
        "--message", "--file", "--author", "--date", "--template", "--reuse-message", "--reedit-message", "--fixup",
        "--squash",
        "--cleanup", "--trailer", "--pathspec-from-file",
    ]

    init(_ arguments: [ShellCall.Text]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            let text = word.text
            if !word.isKnown, !Self.isValue(text) {
                // It may be anything.
                (takesAll, includes) = (true, true)
            } else if text == "--" {
                paths += rest.map(\.text)
                if rest.contains(where: { !$0.isKnown }) { (takesAll, includes) = (true, true) }
                break
            } else if text.hasPrefix("--") {
                take(long: text, &rest)
            } else if text.hasPrefix("-"), text.count > 1 {
                take(letters: text.dropFirst(), &rest)
            } else {
                paths.append(text)
            }
        }
    }

    /// Whether what only the shell knows of a word is the value of an option: `--message="$(date)"`, `-m"$(date)"`.
    private static func isValue(_ text: String) -> Bool {
        if text.hasPrefix("--") { return text.contains("=") }
        guard text.hasPrefix("-"), let letter = text.dropFirst().first(where: valuedLetters.contains) else {
            return false
        }
        return text.prefix { $0 != letter }.dropFirst().allSatisfy(plainLetters.contains)
    }

    private static let valuedLetters: Set<Character> = ["m", "F", "C", "c", "t", "u", "S"]
    private static let plainLetters: Set<Character> = ["a", "i", "p", "h", "v", "q", "n", "s", "e", "o", "z"]

    private mutating func take(long text: String, _ rest: inout ArraySlice<ShellCall.Text>) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        // Git takes the beginning of a name for the name.
        func isMeant(_ name: String) -> Bool { name == parts[0] || parts[0].count > 3 && name.hasPrefix(parts[0]) }
        if isMeant("--all") { takesAll = true }
        if isMeant("--include") { includes = true }
        if isMeant("--patch") || isMeant("--interactive") || isMeant("--pathspec-from-file") {
            (takesAll, includes) = (true, true)
        }
        if isMeant("--dry-run") || isMeant("--help") || isMeant("--porcelain") { onlyTells = true }
        guard Self.valued.contains(where: isMeant) else { return }
        let value = parts.count > 1 ? parts[1] : rest.popFirst()?.text
        if isMeant("--file") { message = value }
    }

    private mutating func take(letters: Substring, _ rest: inout ArraySlice<ShellCall.Text>) {
        var letters = letters
        while let letter = letters.popFirst() {
            switch letter {
            case "a": takesAll = true
            case "i": includes = true
            case "p": (takesAll, includes) = (true, true)
            case "h": onlyTells = true
            // The rest says which untracked files are shown, or which key signs.
            case "u", "S": return
            case "m", "F", "C", "c", "t":
                let value = letters.isEmpty ? rest.popFirst()?.text : String(letters)
                if letter == "F" { message = value }
                return
            default: break
            }
        }
    }
}
