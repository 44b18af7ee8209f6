import Bytes

/// A literal that says whose a value is, and how it must stand in a text to say so.
struct ContextWord: Sendable {
    /// Lower case.
    let bytes: [UInt8]
    /// Short words are parts of many others (`exa` of `example`, `gmap` of `configmap`): they must begin a word.
    private let mustBeginWord: Bool

    private static let longestShortWord = 5
    /// What may follow a short word without a capital letter or a separator: `exakey`, `wizsecret`.
    private static let suffixes = [
        "api", "key", "token", "secret", "auth", "client", "ai", "sdk", "pass", "cred", "url", "io", "hq",
    ].map {
        Array($0.utf8)
    }

    init(_ word: String) {
        bytes = Array(word.utf8)
        mustBeginWord = bytes.count <= Self.longestShortWord && word.utf8.allSatisfy { (0x61...0x7a).contains($0) }
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
        guard start > 0, Self.isLetter(text[start - 1]) else { return true }
        return Self.isUpper(text[start]) && !Self.isUpper(text[start - 1])
    }

    private func endsWord(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
        guard end < text.count, Self.isLetter(text[end]) else { return true }
        // A capital after small letters begins the next word; after capitals the word goes on: `EXAMPLE`.
        if Self.isUpper(text[end]), !Self.isUpper(text[end - 1]) { return true }
        let rest = text.slice(end..<min(text.count, end + 8))
        return Self.suffixes.contains { suffix in
            rest.count >= suffix.count
                && suffix.indices.allSatisfy { UnsafeRawBufferPointer.folded(rest[$0]) == suffix[$0] }
        }
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || (0x61...0x7a).contains(byte) }
}
