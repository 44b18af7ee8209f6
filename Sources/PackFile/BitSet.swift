/// A set of small numbers.
struct BitSet {
    private var words: [UInt64]

    /// For the numbers from 0 to `count` − 1.
    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }
    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }
    mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }
}
