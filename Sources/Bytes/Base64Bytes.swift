/// What the characters of base64 stand for, and the bytes of short values. Texts that are decoded as a whole go through
/// the scanner's `Base64Decoder`, which looks at many runs and gives up early.
package enum Base64Bytes {
    /// For each byte value, the six bits that it stands for in base64 or base64url; `notInAlphabet` for all others.
    package static let values: [UInt8] = {
        var table = [UInt8](repeating: notInAlphabet, count: 256)
        for (value, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(value) }
        // base64url writes these two in place of the last two.
        table[Int(UInt8.hyphen)] = 62
        table[Int(UInt8.underscore)] = 63
        return table
    }()

    package static let notInAlphabet: UInt8 = 0xff

    /// The bytes of base64 or base64url; ends at the first character of neither.
    package static func decode(_ text: some Sequence<UInt8>) -> [UInt8] {
        // Not generic where the work is done: other modules call this, and would ask for each byte by its protocol.
        text.withContiguousStorageIfAvailable { decode(bytes: UnsafeRawBufferPointer($0)) }
            ?? Array(text).withUnsafeBytes(decode(bytes:))
    }

    private static func decode(bytes text: UnsafeRawBufferPointer) -> [UInt8] {
        Array(unsafeUninitializedCapacity: text.count * 3 / 4 + 1) { result, length in
            values.withUnsafeBufferPointer { values in
                var (bits, count): (UInt32, UInt32) = (0, 0)
                for byte in text {
                    let value = values[Int(byte)]
                    guard value != notInAlphabet else { break }
                    bits = bits << 6 | UInt32(value)
                    count += 6
                    guard count >= 8 else { continue }
                    count -= 8
                    result[length] = UInt8(truncatingIfNeeded: bits >> count)
                    length += 1
                }
            }
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Bytes in base64, padded.
    package static func encode(_ bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: 3).flatMap { start in
            let group = bytes[start..<min(bytes.count, start + 3)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            return (0..<4).map { place in
                place > group.count ? UInt8.equalsSign : alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]
            }
        }
    }

    /// The six bits that a character of base64 or base64url stands for; `nil` for every other byte.
    package static func value(of byte: UInt8) -> UInt32? {
        let value = values[Int(byte)]
        return value == notInAlphabet ? nil : UInt32(value)
    }
}

extension Sequence<UInt8> {
    /// Whether this is printable ASCII and white space throughout.
    @inlinable package var isPlainText: Bool { allSatisfy { $0.isPlainText } }
}
