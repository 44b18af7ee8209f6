/// The SHA-1 name of a git object: 20 bytes, stored inline.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Three big-endian numbers: comparing them compares the bytes, and no pointer is chased.
    @usableFromInline let high: UInt64
    @usableFromInline let middle: UInt64
    @usableFromInline let low: UInt32

    /// How many bytes an id has.
    @inlinable public static var byteCount: Int { 20 }
    /// The id of no object: git writes it where there is none.
    public static let zero = ObjectID(high: 0, middle: 0, low: 0)

    @usableFromInline
    init(high: UInt64, middle: UInt64, low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// Reads an id from its 20 bytes.
    ///
    /// - Returns: `nil` unless there are exactly 20.
    @inlinable
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(unchecked: bytes, at: 0)
    }

    /// Reads the 20 bytes at `offset`; the caller has seen that they are there.
    @inlinable
    public init(unchecked bytes: UnsafeRawBufferPointer, at offset: Int) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt32.self))
    }

    /// Reads 40 hex digits of either case.
    ///
    /// - Returns: `nil` for any other text.
    public init?(hex: some StringProtocol) {
        guard let id = Array(hex.utf8).withUnsafeBytes({ ObjectID(hexDigits: $0) }) else { return nil }
        self = id
    }

    /// Reads 40 hex digits as bytes.
    public init?(hexDigits: UnsafeRawBufferPointer) {
        guard hexDigits.count == 2 * Self.byteCount,
            let first = Self.number(ofEight: hexDigits, at: 0), let second = Self.number(ofEight: hexDigits, at: 8),
            let third = Self.number(ofEight: hexDigits, at: 16), let fourth = Self.number(ofEight: hexDigits, at: 24),
            let fifth = Self.number(ofEight: hexDigits, at: 32)
        else { return nil }
        self.init(
            high: UInt64(first) << 32 | UInt64(second), middle: UInt64(third) << 32 | UInt64(fourth), low: fifth)
    }

    /// Reads 40 hex digits as bytes.
    public init?(hexDigits: ArraySlice<UInt8>) {
        guard let id = hexDigits.withUnsafeBytes({ ObjectID(hexDigits: $0) }) else { return nil }
        self = id
    }

    /// Reads eight hex digits, all at once: commits and references have hundreds of thousands of ids.
    @inline(__always)
    private static func number(ofEight hexDigits: UnsafeRawBufferPointer, at offset: Int) -> UInt32? {
        // The first digit in the highest byte.
        let digits = UInt64(bigEndian: hexDigits.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let each: UInt64 = 0x0101_0101_0101_0101
        let top = 0x80 * each
        // In bytes without their top bit, adding what is left from a character to 128 sets it from that character on.
        let isDecimal = (digits &+ 0x50 * each) & ~(digits &+ 0x46 * each) & top
        let lower = digits | 0x20 * each
        let isLetter = (lower &+ 0x1f * each) & ~(lower &+ 0x19 * each) & top
        guard digits & top == 0, isDecimal | isLetter == top else { return nil }
        let values = (digits & (0x0f * each)) &+ 9 &* (isLetter >> 7)
        let bytes = (values | values >> 4) & 0x00ff_00ff_00ff_00ff
        let pairs = (bytes | bytes >> 8) & 0x0000_ffff_0000_ffff
        return UInt32(truncatingIfNeeded: pairs | pairs >> 16)
    }

    /// The 20 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Lends the 20 bytes.
    @inlinable
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
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
    }

    /// Whether the two ids are the same.
    @inlinable
    public static func == (left: ObjectID, right: ObjectID) -> Bool {
        left.high == right.high && left.middle == right.middle && left.low == right.low
    }

    /// Whether the one stands before the other as hex digits do, and in indexes of packs.
    @inlinable
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
