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
        guard isPattern, Self.isQuick(text) else { return nil }
        self.text = text
    }

    /// Whether the files are told soon enough for a client that waits: each folder that may be many is looked through, and with
    /// each further star a name is tried once more from each of its places.
    private static func isQuick(_ text: String) -> Bool {
        let parts = text.split(separator: "/")
        return parts.count(where: { $0.contains(where: signs.contains) }) <= maximumDepth
            && parts.allSatisfy { $0.count(where: { $0 == "*" }) <= maximumStars }
    }

    private static let maximumDepth = 2
    private static let maximumStars = 4

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

extension ShellScript.Word {
    /// What its braces make of it: `{a,b}.txt` is `a.txt` and `b.txt`.
    var alternatives: [ShellScript.Word] {
        var words = [self]
        while words.count < Self.maximumCount, let place = words.firstIndex(where: { $0.opened != nil }) {
            guard let opened = words[place].opened else { break }
            words.replaceSubrange(place...place, with: opened)
        }
        return words
    }

    /// More are none that anybody means.
    private static let maximumCount = 64

    /// The words that the first pair of braces makes; `nil`: there is none with a comma in it.
    private var opened: [ShellScript.Word]? {
        for (number, part) in parts.enumerated() {
            guard case .text(let text, false) = part, let start = text.firstIndex(of: "{"),
                let end = text[start...].firstIndex(of: "}"), text[start..<end].contains(",")
            else { continue }
            let (ahead, behind) = (text[..<start], text[text.index(after: end)...])
            let choices = text[text.index(after: start)..<end].split(separator: ",", omittingEmptySubsequences: false)
            return choices.map { choice in
                var word = self
                word.parts[number] = .text("\(ahead)\(choice)\(behind)", isQuoted: false)
                return word
            }
        }
        return nil
    }
}
