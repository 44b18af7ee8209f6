internal import Bytes

/// Tells letters that could be a word, of nearly any European language, from letters that were drawn at random.
enum WordLikeness {
    /// For each letter from `a` to `z`, those that follow it in words: 370 of the 676 pairs, which are 98 in a hundred of
    /// what is in common words. Four random letters pass in one of six cases, eight in one of seventy.
    private static let followers: [StaticString] = [
        "abcdfgiklmnprstuvwxy", "abcdeijlmoprstuy", "acdefhiklmnoprstuy", "abcdefgilmnoprstuvy",
        "abcdefghiklmnopqrstuvwxy", "adefilmnorstuy", "aefghilmnorstu", "aeilmorstuy",
        "abcdefgklmnoprstvxz", "aeosu", "aegilnst", "abcdefiklnoprstuvy",
        "abdeilmopsuy", "abcdefghiklmnoprstuvy", "abcdefgiklmnoprstuvwx", "acdeghikloprstuy",
        "lu", "abcdefgiklmnoprstuvwy", "abcdefghiklmnopqrstuvwy", "abcdefghilmnoprstuvwy",
        "abcdefgilmnoprst", "aeio", "aehinors", "aceiopt",
        "eilmnopst", "aei",
    ]

    /// A bit for each letter that may follow.
    private static let masks: [UInt32] = followers.map { letters in
        letters.withUTF8Buffer { $0.reduce(0) { $0 | 1 << UInt32($1 - UInt8(ascii: "a")) } }
    }

    /// Whether words have the second letter behind the first; both are lower-case.
    static func follows(_ second: UInt8, _ first: UInt8) -> Bool {
        masks[Int(first - UInt8(ascii: "a"))] & 1 << UInt32(second - UInt8(ascii: "a")) != 0
    }

    static func isVowel(_ letter: UInt8) -> Bool { "aeiouy".utf8.contains(letter) }

    /// What the letters from U+00C0 to U+00FF are without their accents, by the second byte that they have in UTF-8.
    private static let bases: StaticString = "aaaaaaaceeeeiiiidnooooo-ouuuuypsaaaaaaaceeeeiiiidnooooo-ouuuuypy"

    /// A text with plain letters in the place of those that Western European languages write with accents.
    static func withoutAccents(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(0xc3) else { return Array(text) }
        var result: [UInt8] = []
        for byte in text {
            if result.last == 0xc3, (0x80...0xbf).contains(byte) {
                result[result.count - 1] = bases.withUTF8Buffer { $0[Int(byte - 0x80)] }
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
