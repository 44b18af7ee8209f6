import Bytes

/// Alphabets of tokens by name, and what they hold.
package enum TokenAlphabet {
    /// The names, and what stands between the brackets of a pattern's class for each.
    package static let named: [(name: String, set: String)] = [
        ("hex", "0-9a-f"), ("base32", "A-Z2-7"), ("base58", "1-9A-HJ-NP-Za-km-z"), ("base62", "A-Za-z0-9"),
        ("base64", "A-Za-z0-9+/"), ("base64url", "A-Za-z0-9_-"),
    ]
    /// The form that has hyphens at places of its own, and no length to be named.
    package static let uuid = "uuid"

    /// What stands between the brackets of a class for a name; the text itself if it is no name.
    package static func set(_ alphabet: String) -> String { named.first { $0.name == alphabet }?.set ?? alphabet }

    /// What is wrong with an alphabet that is neither a name nor the inside of a class, as a sentence's end behind it.
    package static func objection(to alphabet: String) -> String? {
        let names = named.map(\.name) + [uuid]
        guard !names.contains(alphabet) else { return nil }
        if alphabet.contains("\\") {
            return "holds a backslash, which means nothing here: write the characters as they are, the hyphen last"
        }
        guard alphabet.utf8.allSatisfy({ UInt8.visibleCharacters.contains($0) }) else {
            return "holds what is no visible ASCII character"
        }
        if alphabet.contains("[") || alphabet.contains("]") || alphabet.hasPrefix("^") {
            return "is written like a class: write what stands between the brackets, A-Z2-9"
        }
        let ranges = ranges(of: alphabet)
        if let range = ranges.first(where: { $0.first > $0.last }) {
            return "has a range that ends before it begins, \(range.words)"
        }
        let letters = alphabet.filter { $0.isLetter || $0.isNumber }
        let isRanged = ranges.contains { $0.first < $0.last }
        if let meant = isRanged
            ? names.first(where: { $0 == letters.lowercased() }) : NearestWord.to(letters, in: names)
        {
            return "is no alphabet's name: did you mean \(meant)?"
        }
        // A list of characters names each once, and more than a few: what does not is a word.
        let isList = Set(alphabet).count == alphabet.count && alphabet.count >= shortestList || letters.isEmpty
        guard isRanged || isList || !alphabet.contains(where: \.isLetter) else {
            return
                "is no alphabet's name; there are \(names.joined(separator: ", ")), and characters and ranges, A-Z2-9"
        }
        return nil
    }

    private static let shortestList = 8

    /// What a class without escapes is made of: ranges, and single characters as ranges of one.
    private static func ranges(of set: String) -> [(first: UInt8, last: UInt8, words: String)] {
        let bytes = Array(set.utf8)
        var ranges: [(first: UInt8, last: UInt8, words: String)] = []
        var position = 0
        while position < bytes.count {
            let isRange = position + 2 < bytes.count && bytes[position + 1] == UInt8(ascii: "-")
            let last = position + (isRange ? 2 : 0)
            ranges.append((bytes[position], bytes[last], String(decoding: bytes[position...last], as: UTF8.self)))
            position = last + 1
        }
        return ranges
    }

    /// All that a class without escapes holds.
    package static func bytes(of set: String) -> Set<UInt8> {
        ranges(of: set).reduce(into: []) { if $1.first <= $1.last { $0.formUnion($1.first...$1.last) } }
    }

    /// The first named alphabet that holds all of a text; `uuid` for one.
    package static func of(_ text: String) -> String? {
        if isUUID(text) { return uuid }
        // Base 32 and 58 are seldom told from a single sample.
        return named.first { $0.name != "base32" && $0.name != "base58" && holds($0.name, all: text) }?.name
    }

    /// Whether a text is made of an alphabet alone.
    package static func holds(_ alphabet: String, all text: String) -> Bool {
        if alphabet == uuid { return isUUID(text) }
        let set = bytes(of: set(alphabet))
        return text.utf8.allSatisfy(set.contains)
    }

    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && holds("hex", all: parts.joined())
    }
}
