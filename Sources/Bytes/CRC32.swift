/// The CRC-32 of gzip and PNG (polynomial 0x04C11DB7, reflected), which is what tokens carry.
package enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }

    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    /// A number in digits of a base, with zeros before it.
    package static func digits(_ number: UInt32, of alphabet: StaticString, count: Int) -> [UInt8] {
        let base = UInt32(alphabet.utf8CodeUnitCount)
        var result = [UInt8](repeating: alphabet.utf8Start[0], count: count)
        var rest = number
        for index in result.indices.reversed() {
            result[index] = alphabet.utf8Start[Int(rest % base)]
            rest /= base
        }
        return result
    }
}
