/// Some of the prefilter's keywords, by number; one bit each.
struct KeywordSet: Sendable, Equatable {
    private var words: [UInt64]

    /// - Parameter count: How many keywords there are.
    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    mutating func insert(_ keyword: Int) {
        // Most keywords of a text stand there more than once.
        if !contains(keyword) { words[keyword >> 6] |= 1 << UInt64(keyword & 63) }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func contains(_ keyword: Int) -> Bool { words[keyword >> 6] >> UInt64(keyword & 63) & 1 == 1 }

    mutating func formUnion(_ other: KeywordSet) {
        // What is equal stays shared: most blobs have the keywords of their base.
        for index in words.indices where other.words[index] & ~words[index] != 0 { words[index] |= other.words[index] }
    }

    mutating func formIntersection(_ other: KeywordSet) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }

    func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
