import Bytes
internal import Git

/// Tells of most ids that they are not among some, by their first bits.
struct IDFilter: Sendable {
    private var bits: [UInt64]

    init(_ ids: Set<ObjectID>) {
        bits = [UInt64](repeating: 0, count: 1 << 16 / 64)
        for id in ids {
            let number = id.withUnsafeBytes { Self.number($0) }
            bits[number >> 6] |= 1 << UInt64(number & 63)
        }
    }

    private static func number(_ id: UnsafeRawBufferPointer) -> Int { Int(id[0]) << 8 | Int(id[1]) }

    /// - Parameter id: Its bytes.
    /// - Returns: Whether it has to be asked for.
    func mayContain(_ id: UnsafeRawBufferPointer) -> Bool {
        let number = Self.number(id)
        return bits[number >> 6] >> UInt64(number & 63) & 1 == 1
    }
}
