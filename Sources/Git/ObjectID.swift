/// The SHA-1 name of a git object: 20 bytes, stored inline.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Three big-endian numbers: comparing them compares the bytes, and no pointer is chased.
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// How many bytes an id has.
    public static let byteCount = 20
    /// The id of no object: git writes it where there is none.
    public static let zero = ObjectID(high: 0, middle: 0, low: 0)

    private init(high: UInt64, middle: UInt64, low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// Reads an id from its 20 bytes.
    ///
    /// - Returns: `nil` unless there are exactly 20.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(unchecked: bytes, at: 0)
    }

    /// Reads the 20 bytes at `offset`; the caller has seen that they are there.
    init(unchecked bytes: UnsafeRawBufferPointer, at offset: Int) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt32.self))
    }

    /// Reads 40 hex digits of either case.
    public init?(hex: some StringProtocol) {
        guard let id = Array(hex.utf8).withUnsafeBytes({ ObjectID(hexDigits: $0) }) else { return nil }
        self = id
    }

    /// Reads 40 hex digits as bytes.
    init?(hexDigits: UnsafeRawBufferPointer) {
        guard hexDigits.count == 2 * Self.byteCount else { return nil }
        guard let high = Self.number(hexDigits, 0..<16), let middle = Self.number(hexDigits, 16..<32),
            let low = Self.number(hexDigits, 32..<40)
        else { return nil }
        self.init(high: high, middle: middle, low: UInt32(low))
    }

    /// Reads 40 hex digits as bytes.
    init?(hexDigits: ArraySlice<UInt8>) {
        guard let id = hexDigits.withUnsafeBytes({ ObjectID(hexDigits: $0) }) else { return nil }
        self = id
    }

    @inline(__always)
    private static func number(_ hexDigits: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64? {
        var number: UInt64 = 0
        for position in range {
            let digit = hexDigits[position]
            let letter = digit | 0x20
            if digit &- UInt8(ascii: "0") < 10 {
                number = number << 4 | UInt64(digit &- UInt8(ascii: "0"))
            } else if letter &- UInt8(ascii: "a") < 6 {
                number = number << 4 | UInt64(letter &- UInt8(ascii: "a") + 10)
            } else {
                return nil
            }
        }
        return number
    }

    /// The 20 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Lends the 20 bytes.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Padding after the last number is not lent.
        try Swift.withUnsafeBytes(of: (high.bigEndian, middle.bigEndian, low.bigEndian)) {
            (raw: UnsafeRawBufferPointer) throws(Failure) -> Result in
            try body(UnsafeRawBufferPointer(rebasing: raw.prefix(Self.byteCount)))
        }
    }

    /// An id is a digest already: its first word is as good as any hash of all of it.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
    }

    public static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }

    /// 40 lower-case hex digits.
    public var description: String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 2 * Self.byteCount) { output in
            withUnsafeBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    output[2 * index] = digits.utf8Start[Int(byte >> 4)]
                    output[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
                }
            }
            return 2 * Self.byteCount
        }
    }

    /// The first ten hex digits, for people.
    public var abbreviated: String { String(description.prefix(10)) }
}
