/// Decodes what a caller looks into. Files as a whole go through `Base64Decoder`.
package enum Base64Bytes {
    /// The bytes of base64 or base64url; ends at the first character of neither.
    package static func decode(_ text: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for byte in text {
            guard let value = value(of: byte) else { break }
            bits = bits << 6 | value
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            result.append(UInt8(truncatingIfNeeded: bits >> count))
        }
        return result
    }

    package static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5a: UInt32(byte) - 0x41
        case 0x61...0x7a: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case 0x2b, 0x2d: 62
        case 0x2f, 0x5f: 63
        default: nil
        }
    }
}

extension Sequence<UInt8> {
    /// Whether this is printable ASCII and white space throughout.
    package var isPlainText: Bool { allSatisfy { (0x20...0x7e).contains($0) || (0x09...0x0d).contains($0) } }
}
