import Bytes
import Platform

/// What a value consists of: the cheap tests that come first.
struct CharacterStatistics {
    private(set) var digits = 0
    private(set) var uppercase = 0
    private(set) var lowercase = 0
    private(set) var others = 0
    /// Digits and a-f, A-F.
    private(set) var hexDigits = 0
    private(set) var distinct = 0
    let count: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        count = bytes.count
        var seen = SeenBytes()
        for byte in bytes {
            seen.insert(byte)
            classify(byte)
        }
        distinct = seen.count
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

    // MARK: What few are asked for

    /// Shannon entropy in bits a byte.
    static func entropy(of bytes: UnsafeRawBufferPointer) -> Double {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { frequencies in
            frequencies.initialize(repeating: 0)
            for byte in bytes { frequencies[Int(byte)] += 1 }
            return frequencies.reduce(0.0) { entropy, frequency in
                guard frequency > 0 else { return entropy }
                let share = Double(frequency) / Double(bytes.count)
                return entropy - share * log2(share)
            }
        }
    }

    /// Length of the longest run of one byte, or of neighbours in the alphabet or the digits (`abcdef`, `9876`; 9 and
    /// 0 are neighbours).
    ///
    /// - Parameter step: 2: the longest such run among every second byte, `a1b2c3d4`.
    static func longestRun(of bytes: UnsafeRawBufferPointer, step: Int = 1) -> Int {
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

/// Which bytes stand somewhere.
private struct SeenBytes {
    private var low: (UInt64, UInt64) = (0, 0)
    private var high: (UInt64, UInt64) = (0, 0)

    @inline(__always)
    mutating func insert(_ byte: UInt8) {
        let bit = UInt64(1) &<< UInt64(byte & 63)
        switch byte >> 6 {
        case 0: low.0 |= bit
        case 1: low.1 |= bit
        case 2: high.0 |= bit
        default: high.1 |= bit
        }
    }

    var count: Int {
        low.0.nonzeroBitCount + low.1.nonzeroBitCount + high.0.nonzeroBitCount + high.1.nonzeroBitCount
    }
}
