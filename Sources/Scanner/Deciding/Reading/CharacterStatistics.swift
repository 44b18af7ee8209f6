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
            // Without branches: in a random value each of them would be foretold wrongly every second time.
            digits &+= Self.one(if: byte &- UInt8(ascii: "0") < 10)
            uppercase &+= Self.one(if: byte &- UInt8(ascii: "A") < 26)
            lowercase &+= Self.one(if: byte &- UInt8(ascii: "a") < 26)
            // Case is one bit of letters.
            hexDigits &+= Self.one(if: (byte | 0x20) &- UInt8(ascii: "a") < 6)
        }
        hexDigits += digits
        others = count - digits - uppercase - lowercase
        distinct = seen.count
    }

    @inline(__always)
    private static func one(if condition: Bool) -> Int { condition ? 1 : 0 }

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

    /// Whether a value holds a run of one byte, or of neighbours in the alphabet or the digits: `abcdef`, `9876`; 9 and 0 are
    /// neighbours.
    ///
    /// - Parameters:
    ///   - length: Of the run, in bytes: at least 2.
    ///   - step: 2: the run stands at every second byte, `a1b2c3d4`.
    static func holdsRun(of length: Int, in bytes: UnsafeRawBufferPointer, step: Int = 1) -> Bool {
        (0..<step).contains { start in
            let pairs = (bytes.count - start - 1) / step
            let relation = { (pair: Int) in
                Relation(from: bytes[start + pair * step], to: bytes[start + (pair + 1) * step])
            }
            // In a random value few bytes are next to each other: where the last pair of a run is none, no run holds it.
            var first = 0
            while first + length - 1 <= pairs {
                var place = first + length - 2
                let last = relation(place)
                guard last != .none else {
                    first = place + 1
                    continue
                }
                while place > first, relation(place - 1) == last { place -= 1 }
                if place == first { return true }
                first = place
            }
            return false
        }
    }

    /// How one byte of a run follows the one before, ASCII case ignored.
    private enum Relation {
        case none, repeated, ascending, descending

        @inline(__always)
        init(from previous: UInt8, to next: UInt8) {
            let (previous, next) = (UnsafeRawBufferPointer.folded(previous), UnsafeRawBufferPointer.folded(next))
            switch next &- previous {
            case 0: self = .repeated
            case 1: self = .ascending
            case 0xff: self = .descending
            case 9 where previous == UInt8(ascii: "0") && next == UInt8(ascii: "9"): self = .descending
            case 0xf7 where previous == UInt8(ascii: "9") && next == UInt8(ascii: "0"): self = .ascending
            default: self = .none
            }
        }
    }

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
        let quarter = byte >> 6
        low.0 |= quarter == 0 ? bit : 0
        low.1 |= quarter == 1 ? bit : 0
        high.0 |= quarter == 2 ? bit : 0
        high.1 |= quarter == 3 ? bit : 0
    }

    var count: Int {
        low.0.nonzeroBitCount + low.1.nonzeroBitCount + high.0.nonzeroBitCount + high.1.nonzeroBitCount
    }
}
