/// A set of small numbers.
package struct BitSet: Sendable {
    private var words: [UInt64]
    /// How many numbers are in it.
    package private(set) var count = 0

    /// - Parameter capacity: For the numbers from 0 to one less than this.
    package init(capacity: Int) { words = Array(repeating: 0, count: (capacity + 63) / 64) }

    package func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }

    package mutating func insert(_ number: Int) {
        if contains(number) { return }
        words[number >> 6] |= 1 << UInt64(number & 63)
        count += 1
    }

    package mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
        count = 0
    }
}
