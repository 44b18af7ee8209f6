import Bytes
import Rules

/// The names of all providers that the rules know: a value whose name holds one belongs to that provider.
struct ProviderNames: Sendable {
    private var words: Set<String> = []
    /// These names by a hash of their bytes, for ASCII text.
    private var wordsByHash: [UInt64: [[UInt8]]] = [:]
    /// Names long enough to be looked for inside of a run such as `openaiclient`.
    private var longNames: [UInt64: [[UInt8]]] = [:]

    private static func namesByKey(_ words: [Substring]) -> Bool {
        guard let first = words.first, words.count <= 4,
            words.dropFirst().allSatisfy({ Words.wordsOfKeys.contains(String($0)) })
        else { return false }
        return Words.namesOfWholeKeys.contains(String(first))
            || words.count > 1 && Words.namesBeforeKey.contains(String(first))
    }

    init(rules: [Rule]) {
        for rule in rules {
            let owner = rule.owner
            for name in Self.names(of: owner.provider, id: rule.id) where !Words.everydayNames.contains(name) {
                words.insert(name)
            }
            for word in owner.words
            where word.utf8.count >= 5 && !Words.everydayNames.contains(word) && Self.isOfLetters(word) {
                words.insert(word)
            }
        }
        words.formUnion(Words.wellKnownProviders)
        wordsByHash = Dictionary(grouping: words.map { Array($0.utf8) }) { $0.reduce(Self.hashSeed, Self.hash) }
        longNames = Dictionary(grouping: words.filter { $0.utf8.count >= 6 }.map { Array($0.utf8) }) { name in
            name.prefix(6).reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// What a rule's provider is called in code: its name in one word, and the first word of the id if that begins it.
    static func names(of provider: String, id: String) -> [String] {
        // Bytes: this runs for every rule.
        let bytes = provider.utf8.lazy.map { UnsafeRawBufferPointer.folded($0) }.filter {
            $0.isAlphanumeric || UInt8.outsideASCII.contains($0)
        }
        let provider = String(decoding: Array(bytes), as: UTF8.self)
        guard provider.utf8.count >= 3 else { return [] }
        // The first word of an id is often the provider's short name, and sometimes a tool or a protocol.
        let prefix = String(id.utf8.drop { $0 == .hyphen }.prefix { $0 != .hyphen }) ?? provider
        return provider.hasPrefix(prefix) && prefix.utf8.count >= 3 ? [provider, prefix] : [provider]
    }

    /// Most words are ASCII, and asking Unicode about a letter takes long.
    private static func isOfLetters(_ word: String) -> Bool {
        word.utf8.allSatisfy { $0.isLetter || $0 >= 0x80 }
            && (word.utf8.allSatisfy { $0 < 0x80 } || word.allSatisfy(\.isLetter))
    }

    /// Whether a stretch of text names a provider that none of `own` words belongs to.
    func namesForeign(_ text: UnsafeRawBufferPointer, own: [[UInt8]]) -> Bool {
        if own.contains(where: { text.containsCaseless($0) }) { return false }
        // Each candidate on a line asks about the line: where characters are bytes, no string is made.
        if text.allSatisfy({ $0 < 0x80 }) { return namesAnyInASCII(text) }
        return namesAny(text)
    }

    /// Whether any provider is named.
    func namesAny(_ text: UnsafeRawBufferPointer) -> Bool {
        let lower = String(decoding: text, as: UTF8.self).lowercased()
        let parts = lower.split(whereSeparator: { !($0.isLetter || $0.isNumber) })
        for word in parts where words.contains(String(word)) { return true }
        guard text.count <= Self.longestName else { return false }
        return Self.namesByKey(parts) || holdsLongName(text)
    }

    /// Longer stretches are prose and data, where a name inside of a word is chance.
    private static let longestName = 128

    /// Whether any provider is named in text that is ASCII throughout.
    func namesAnyInASCII(_ text: UnsafeRawBufferPointer) -> Bool {
        var first: Range<Int>?
        var start = 0
        while start < text.count {
            var hash = Self.hashSeed
            var end = start
            while end < text.count, text[end].isAlphanumeric {
                hash = Self.hash(hash, UnsafeRawBufferPointer.folded(text[end]))
                end += 1
            }
            if end > start {
                first = first ?? start..<end
                if let names = wordsByHash[hash], names.contains(where: { Self.equal(text.slice(start..<end), $0) }) {
                    return true
                }
            }
            start = end + 1
        }
        guard text.count <= Self.longestName, let first else { return false }
        if Self.mayNameByKey(text.slice(first)) {
            let lower = String(decoding: text, as: UTF8.self).lowercased()
            if Self.namesByKey(lower.split(whereSeparator: { !($0.isLetter || $0.isNumber) })) { return true }
        }
        return holdsLongName(text)
    }

    /// Whether a stretch that begins with this word is worth being split into words.
    private static func mayNameByKey(_ word: UnsafeRawBufferPointer) -> Bool {
        guard (2...longestKeyName).contains(word.count) else { return false }
        let name = String(decoding: word, as: UTF8.self).lowercased()
        return Words.namesOfWholeKeys.contains(name) || Words.namesBeforeKey.contains(name)
    }

    private static let longestKeyName =
        Words.namesOfWholeKeys.union(Words.namesBeforeKey).map(\.utf8.count).max() ?? 0

    private static func equal(_ text: UnsafeRawBufferPointer, _ word: [UInt8]) -> Bool {
        text.count == word.count && text.indices.allSatisfy { UnsafeRawBufferPointer.folded(text[$0]) == word[$0] }
    }

    /// FNV-1a, 64 bit.
    private static let hashSeed: UInt64 = 0xcbf2_9ce4_8422_2325
    private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

    private func holdsLongName(_ text: UnsafeRawBufferPointer) -> Bool {
        var window: UInt64 = 0
        for (index, byte) in text.enumerated() {
            window = (window << 8 | UInt64(UnsafeRawBufferPointer.folded(byte))) & 0xffff_ffff_ffff
            guard index >= 5, let names = longNames[window] else { continue }
            let rest = text.slice(index - 5..<text.count)
            if names.contains(where: { $0.count <= rest.count && rest.slice(0..<$0.count).containsCaseless($0) }) {
                return true
            }
        }
        return false
    }
}
