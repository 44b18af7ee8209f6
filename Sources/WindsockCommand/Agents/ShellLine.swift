/// A shell's line, taken apart as far as one must know which programs it runs: what it comes to only the shell knows.
struct ShellLine {
    /// The words of each command, without their quotes; what a text in quotes might run follows it.
    private(set) var commands: [[String]] = []

    /// Deeper ones are no commands that anybody means.
    private static let maximumDepth = 3

    init(_ text: String, depth: Int = 0) {
        var reader = Reader(text)
        commands = reader.read()
        guard depth < Self.maximumDepth else { return }
        for word in commands.joined() where word.contains(where: \.isWhitespace) {
            commands += ShellLine(word, depth: depth + 1).commands
        }
    }

    private struct Reader {
        private var rest: Substring
        private var commands: [[String]] = []
        private var words: [String] = []
        private var word: String?

        init(_ text: String) { rest = text[...] }

        mutating func read() -> [[String]] {
            while let character = rest.popFirst() {
                switch character {
                case "\\":
                    // The end of a line behind it goes with it.
                    if let next = rest.popFirst(), !next.isNewline { append(next) }
                case "'", "\"": quoted(until: character)
                case ";", "|", "&", "(", ")", "`", "{", "}", "\n", "\r\n": endCommand()
                case _ where character.isWhitespace: endWord()
                default: append(character)
                }
            }
            endCommand()
            return commands
        }

        private mutating func append(_ character: Character) { word = (word ?? "") + String(character) }

        private mutating func quoted(until end: Character) {
            word = word ?? ""
            while let character = rest.popFirst(), character != end {
                if character == "\\", end == "\"", let next = rest.popFirst() {
                    if !next.isNewline { append(next) }
                } else {
                    append(character)
                }
            }
        }

        private mutating func endWord() {
            if let word { words.append(word) }
            word = nil
        }

        private mutating func endCommand() {
            endWord()
            if !words.isEmpty { commands.append(words) }
            words = []
        }
    }
}
