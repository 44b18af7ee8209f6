import Bytes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a value consists of: the cheap tests that come first.
struct CharacterStatistics {
    private(set) var digits = 0
    private(set) var uppercase = 0
    private(set) var lowercase = 0
    private(set) var others = 0
    /// Digits and a-f, A-F.
    private(set) var hexDigits = 0
    /// Length of the longest run of one byte, or of neighbours in the alphabet or the digits (`abcdef`, `9876`; 9 and
    /// 0 are neighbours).
    private(set) var longestRun = 1
    /// Length of the longest such run among every second byte: `a1b2c3d4`.
    private(set) var longestInterleavedRun = 1
    private(set) var distinct = 0
    let count: Int
    /// Shannon entropy in bits a byte.
    private(set) var entropy = 0.0

    init(_ bytes: UnsafeRawBufferPointer) {
        count = bytes.count
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { frequencies in
            frequencies.initialize(repeating: 0)
            for byte in bytes {
                frequencies[Int(byte)] += 1
                classify(byte)
            }
            for frequency in frequencies where frequency > 0 {
                distinct += 1
                let share = Double(frequency) / Double(count)
                entropy -= share * log2(share)
            }
        }
        longestRun = Self.longestRun(bytes, step: 1)
        longestInterleavedRun = Self.longestRun(bytes, step: 2)
    }

    private mutating func classify(_ byte: UInt8) {
        switch byte {
        case UInt8.digits: digits += 1
        case UInt8.uppercaseLetters: uppercase += 1
        case UInt8.lowercaseLetters: lowercase += 1
        default: others += 1
        }
        if byte.isHexDigit { hexDigits += 1 }
    }

    private static func longestRun(_ bytes: UnsafeRawBufferPointer, step: Int) -> Int {
        var longest = 1
        for start in 0..<min(step, bytes.count) {
            var (repeated, ascending, descending) = (1, 1, 1)
            var index = start + step
            var previous = caseless(bytes[start])
            while index < bytes.count {
                let byte = caseless(bytes[index])
                switch byte &- previous {
                // In a random value few bytes are next to each other: equal, one up, one down, or 9 and 0.
                case 0, 1, 9, 0xff, 0xf7:
                    repeated = byte == previous ? repeated + 1 : 1
                    ascending =
                        byte == previous &+ 1 || (previous == UInt8(ascii: "9") && byte == UInt8(ascii: "0"))
                        ? ascending + 1 : 1
                    descending =
                        byte == previous &- 1 || (previous == UInt8(ascii: "0") && byte == UInt8(ascii: "9"))
                        ? descending + 1 : 1
                    longest = max(longest, repeated, ascending, descending)
                default: (repeated, ascending, descending) = (1, 1, 1)
                }
                previous = byte
                index += step
            }
        }
        return longest
    }

    private static func caseless(_ byte: UInt8) -> UInt8 { UnsafeRawBufferPointer.folded(byte) }

    var isHex: Bool { hexDigits == count }
    var letters: Int { uppercase + lowercase }
}
