import Findings
import Scanner

/// What the program was called with, as messages may repeat it: whoever pastes a key where a path or a name belongs must not
/// find it in the log of a job.
///
/// It is asked where messages are written and not where they are made: so the parser's own go through it, too.
enum EchoedArguments {
    /// Pieces of arguments that may be secrets, the longest first, and what is shown in their place.
    private static let secrets = secrets(in: Array(CommandLine.arguments.dropFirst()), TextFile.exists)

    /// A message without what may be a secret among the arguments.
    static func masked(_ message: String) -> String { masked(message, secrets) }

    static func masked(_ message: String, _ secrets: [(piece: String, shown: String)]) -> String {
        secrets.reduce(message) { $0.replacing($1.piece, with: $1.shown) }
    }

    /// - Parameters:
    ///   - words: The arguments.
    ///   - isThere: Whether a file is there: its name is no key, and who looks for it needs it.
    static func secrets(in words: [String], _ isThere: (String) -> Bool) -> [(piece: String, shown: String)] {
        var seen: Set<String> = []
        var secrets: [(piece: String, shown: String)] = []
        // A fingerprint tells nothing, and is what a message about it has to name.
        for (number, word) in words.enumerated() where !isThere(word) && !isFingerprint(word) {
            // An id of a commit is as random as a key, and is what the message is about.
            let namesCommits = number > 0 && commitOptions.contains(words[number - 1]) || word.contains("..")
            for piece in pieces(of: word) where seen.insert(piece).inserted {
                let shown = namesCommits ? RandomRuns.masked(path: piece) : MaskedText.masked(piece)
                if shown != piece { secrets.append((piece, shown)) }
            }
        }
        return secrets.sorted { $0.piece.utf8.count > $1.piece.utf8.count }
    }

    /// What of an argument a message may repeat: all of it, or a part between characters that mean something to somebody. White
    /// space is written otherwise in a message.
    private static func pieces(of word: String) -> [String] {
        let words = word.split(whereSeparator: \.isWhitespace)
        return words.map(String.init)
            + words.flatMap { $0.split { "=,:;/@'\"".contains($0) } }.map(String.init)
            + words.flatMap { $0.split(separator: "..") }.map(String.init)
    }

    /// All or the beginning of one, in small letters or capitals.
    private static func isFingerprint(_ word: String) -> Bool {
        let word = word.lowercased()
        return word.hasPrefix("v1:") && word.utf8.count <= 35 && word.dropFirst(3).allSatisfy(\.isHexDigit)
    }

    private static let commitOptions: Set<String> = ["--range", "--branch", "--commit"]
}
