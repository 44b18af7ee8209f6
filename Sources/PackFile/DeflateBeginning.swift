/// Inflates the beginning of a zlib stream (RFC 1950 and 1951).
///
/// libdeflate only inflates whole streams into memory of their size. This one is for those that are too large for
/// that: a few kilobytes are wanted, so it is short rather than fast.
struct DeflateBeginning: ~Copyable {
    private let input: UnsafeRawBufferPointer
    private let output: UnsafeMutableRawBufferPointer
    private var position = 2
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var written = 0

    /// The stream is damaged or ends, or the output is full.
    private struct Stop: Error {}

    /// Inflates as much as has room and is not damaged; checksums, which come last, are not seen.
    ///
    /// - Returns: How many bytes were written.
    static func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
        // Method 8, without a dictionary.
        guard input.count >= 2, input[0] & 15 == 8, (Int(input[0]) << 8 | Int(input[1])) % 31 == 0, input[1] & 32 == 0
        else { return 0 }
        var state = DeflateBeginning(input: input, output: output)
        while let isLast = try? state.readBlock(), !isLast {}
        return state.written
    }

    private init(input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer) {
        self.input = input
        self.output = output
    }

    private mutating func readBits(_ count: Int) throws(Stop) -> Int {
        while bitCount < count {
            guard position < input.count else { throw Stop() }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = bits & ((1 << UInt32(count)) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func write(_ byte: UInt8) throws(Stop) {
        guard written < output.count else { throw Stop() }
        output[written] = byte
        written += 1
    }

    private mutating func readBlock() throws(Stop) -> Bool {
        let isLast = try readBits(1) == 1
        switch try readBits(2) {
        case 0: try copyStored()
        case 1: try readCodes(Self.fixedLiterals, Self.fixedDistances)
        case 2:
            let (literals, distances) = try readTables()
            try readCodes(literals, distances)
        default: throw Stop()
        }
        return isLast
    }

    private mutating func copyStored() throws(Stop) {
        // From the next whole byte on; never are eight bits pending.
        (bits, bitCount) = (0, 0)
        guard input.count - position >= 4 else { throw Stop() }
        let count = Int(input[position]) | Int(input[position + 1]) << 8
        guard count ^ 0xffff == Int(input[position + 2]) | Int(input[position + 3]) << 8 else { throw Stop() }
        position += 4
        for _ in 0..<count {
            guard position < input.count else { throw Stop() }
            try write(input[position])
            position += 1
        }
    }

    // MARK: Huffman codes

    /// Codes in the order of their numbers: how many there are of each length, and what they mean.
    private struct Codes {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        init(lengths: [Int]) throws(Stop) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            var room = 1
            for length in 1..<16 {
                room = 2 * room - counts[length]
                // More codes than there are.
                guard room >= 0 else { throw Stop() }
            }
            for length in 1..<16 {
                symbols += lengths.indices.lazy.filter { lengths[$0] == length }
            }
        }
    }

    private static let fixedLiterals = try? Codes(
        lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = try? Codes(lengths: Array(repeating: 5, count: 30))

    private mutating func readSymbol(_ codes: borrowing Codes) throws(Stop) -> Int {
        var code = 0
        var first = 0
        var index = 0
        for length in 1..<16 {
            code |= try readBits(1)
            let count = codes.counts[length]
            if code - count < first { return codes.symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw Stop()
    }

    private mutating func readTables() throws(Stop) -> (Codes, Codes) {
        let literalCount = try readBits(5) + 257
        let distanceCount = try readBits(5) + 1
        let lengthCount = try readBits(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw Stop() }
        var lengths = [Int](repeating: 0, count: 19)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        for symbol in order.prefix(lengthCount) { lengths[symbol] = try readBits(3) }
        let codes = try Codes(lengths: lengths)

        lengths = []
        while lengths.count < literalCount + distanceCount {
            let symbol = try readSymbol(codes)
            switch symbol {
            case ..<16: lengths.append(symbol)
            case 16:
                guard let last = lengths.last else { throw Stop() }
                lengths += Array(repeating: last, count: try readBits(2) + 3)
            case 17: lengths += Array(repeating: 0, count: try readBits(3) + 3)
            default: lengths += Array(repeating: 0, count: try readBits(7) + 11)
            }
        }
        guard lengths.count == literalCount + distanceCount else { throw Stop() }
        return (
            try Codes(lengths: Array(lengths[..<literalCount])), try Codes(lengths: Array(lengths[literalCount...]))
        )
    }

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]

    private mutating func readCodes(_ literals: Codes?, _ distances: Codes?) throws(Stop) {
        guard let literals, let distances else { throw Stop() }
        while true {
            let symbol = try readSymbol(literals)
            if symbol < 256 {
                try write(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol - 257 < Self.lengthBases.count else { throw Stop() }
            let count = Self.lengthBases[symbol - 257] + (try readBits(Self.lengthBits[symbol - 257]))
            let distanceSymbol = try readSymbol(distances)
            guard distanceSymbol < Self.distanceBases.count else { throw Stop() }
            let distance = Self.distanceBases[distanceSymbol] + (try readBits(max(0, distanceSymbol / 2 - 1)))
            guard distance <= written else { throw Stop() }
            for _ in 0..<count { try write(output[written - distance]) }
        }
    }
}
