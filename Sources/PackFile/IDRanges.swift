/// Where in an index the ids stand that begin with the same bits: some sixteen of them, so that hardly any id is looked
/// at in vain. The format's own ranges are by eight bits alone.
struct IDRanges: Sendable {
    /// By the first bits of an id: the row of the first id that does not come before. One more for the end.
    private let starts: [UInt32]
    /// How many bits are left after the first ones.
    private let shift: UInt64

    private static let idsInRange = 16
    private static let largestBitCount = 20

    /// - Parameters:
    ///   - count: How many rows.
    ///   - word: The first 8 bytes of the id of a row, as a number.
    /// - Returns: `nil` if the ids are not in their order.
    init?(count: Int, word: (Int) -> UInt64) {
        var bits = 8
        while bits < Self.largestBitCount, count >> bits > Self.idsInRange { bits += 1 }
        let shift = UInt64(64 - bits)
        var isSorted = true
        let starts = [UInt32](unsafeUninitializedCapacity: 1 << bits + 1) { starts, initialized in
            var next = 0
            for row in 0..<count {
                let range = Int(word(row) >> shift)
                if range + 1 < next { isSorted = false }
                while next <= range {
                    starts[next] = UInt32(row)
                    next += 1
                }
            }
            while next <= 1 << bits {
                starts[next] = UInt32(count)
                next += 1
            }
            initialized = 1 << bits + 1
        }
        guard isSorted else { return nil }
        self.starts = starts
        self.shift = shift
    }

    /// The rows whose ids begin as the first 8 bytes of an id do, and what follows those bits, as a fraction of 2⁶⁴.
    @inline(__always)
    func rows(_ word: UInt64) -> (range: Range<Int>, fraction: UInt64) {
        let first = Int(word >> shift)
        return (Int(starts[first])..<Int(starts[first + 1]), word << (64 - shift))
    }
}
