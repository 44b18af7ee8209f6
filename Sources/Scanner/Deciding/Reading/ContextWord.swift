import Bytes

/// A literal that says whose a value is, and how it must stand in a text to say so.
struct ContextWord: Sendable {
    /// Lower case.
    let bytes: [UInt8]
    /// Short words are parts of many others (`exa` of `example`, `gmap` of `configmap`): they must begin a word.
    private let mustBeginWord: Bool

    private static let longestShortWord = 5

    init(_ word: String) {
        bytes = Array(word.utf8)
        mustBeginWord = !bytes.isEmpty && bytes.count <= Self.longestShortWord && word.utf8.allSatisfy(\.isLowercase)
    }

    func stands(in text: UnsafeRawBufferPointer) -> Bool {
        guard mustBeginWord else { return text.containsCaseless(bytes) }
        guard text.containsCaseless(bytes) else { return false }
        for start in 0...(text.count - bytes.count) where matches(text, at: start) {
            if beginsWord(text, start), endsWord(text, start + bytes.count) { return true }
        }
        return false
    }

    private func matches(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
        for offset in bytes.indices where UnsafeRawBufferPointer.folded(text[start + offset]) != bytes[offset] {
            return false
        }
        return true
    }

    /// Nothing before it, no letter, or a letter of the other case: `myExaKey`, `my_exa_key`, not `Texas`.
    private func beginsWord(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        guard start > 0, text[start - 1].isLetter else { return true }
        return text[start].isUppercase && !text[start - 1].isUppercase
    }

    private func endsWord(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
        guard end < text.count, text[end].isLetter else { return true }
        // A capital after small letters begins the next word; after capitals the word goes on: `EXAMPLE`.
        if text[end].isUppercase, !text[end - 1].isUppercase { return true }
        let rest = text.slice(end..<min(text.count, end + 8))
        return Words.shortWordSuffixes.contains { suffix in
            rest.count >= suffix.count
                && suffix.indices.allSatisfy { UnsafeRawBufferPointer.folded(rest[$0]) == suffix[$0] }
        }
    }
}
