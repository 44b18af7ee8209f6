import Platform

/// A word that stands for the files that it fits: `*.txt`.
struct ShellPattern {
    /// As the C library takes it: what was in quotes is escaped.
    private let text: String

    private static let signs: Set<Character> = ["*", "?", "["]

    /// - Returns: `nil` for a word that is none, or that is not known in whole.
    init?(_ word: ShellScript.Word) {
        var text = ""
        var isPattern = false
        for part in word.parts {
            guard case .text(let piece, let isQuoted) = part else { return nil }
            text += isQuoted ? Self.escaped(piece) : piece
            if !isQuoted, piece.contains(where: Self.signs.contains) { isPattern = true }
        }
        guard isPattern else { return nil }
        self.text = text
    }

    private static func escaped(_ text: String) -> String {
        String(text.flatMap { signs.contains($0) || $0 == "\\" ? ["\\", $0] : [$0] })
    }

    /// More are not told to a client that waits.
    private static let maximumCount = 4096

    /// The files that it fits, as the shell would write them.
    func paths(in place: ShellCall.Place) -> [String] {
        guard place.isKnown, !text.hasPrefix("~") else { return [] }
        let prefix = text.hasPrefix("/") ? "" : Self.escaped(place.folder) + "/"
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(prefix + text, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
        let count = prefix.isEmpty ? 0 : place.folder.utf8.count + 1
        return (0..<min(Int(found.gl_pathc), Self.maximumCount)).compactMap { index in
            paths[index].map { String(decoding: String(cString: $0).utf8.dropFirst(count), as: UTF8.self) }
        }
    }
}
