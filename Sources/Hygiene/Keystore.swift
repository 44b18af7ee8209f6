import Bytes

/// What a keystore's bytes say of its content.
///
/// - SeeAlso: RFC 7292 (PKCS #12). Java's own form (JKS, JCEKS) is described by its reader alone, `sun.security.provider.JavaKeyStore`.
enum Keystore {
    private static let marks: [[UInt8]] = [[0xfe, 0xed, 0xfe, 0xed], [0xce, 0xce, 0xce, 0xce]]
    private static let (privateKey, certificate, secretKey): (Int, Int, Int) = (1, 2, 3)

    /// Whether there are private keys in it. PKCS #12 does not say: it is taken for a key's.
    static func holdsPrivateKeys(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if marks.contains(where: { bytes.starts(with: $0) }) { return holdsKeysOfJava(bytes) }
        return isPKCS12(bytes)
    }

    /// A sequence of definite or indefinite length that begins with the version 3.
    private static func isPKCS12(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 100, bytes[0] == 0x30 else { return false }
        let lengthBytes = bytes[1] > 0x80 ? Int(bytes[1] & 0x7f) : 0
        return bytes[min(bytes.count, 2 + lengthBytes)...].starts(with: [0x02, 0x01, 0x03])
    }

    /// Goes through the entries up to the first key: certificates alone are for all to see.
    private static func holdsKeysOfJava(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var reader = BigEndianReader(bytes, from: marks[0].count)
        guard reader.number(4) != nil, let count = reader.number(4) else { return false }
        for _ in 0..<count {
            guard let tag = reader.number(4), reader.skipString(2), reader.skip(8) else { return false }
            switch tag {
            case privateKey, secretKey: return true
            case certificate: guard reader.skipString(2), reader.skipString(4) else { return false }
            default: return false
            }
        }
        return false
    }
}

/// Numbers, and strings behind their length.
private struct BigEndianReader {
    private let bytes: UnsafeRawBufferPointer
    private var index: Int

    init(_ bytes: UnsafeRawBufferPointer, from index: Int) { (self.bytes, self.index) = (bytes, index) }

    mutating func number(_ size: Int) -> Int? {
        guard index + size <= bytes.count else { return nil }
        defer { index += size }
        return bytes[index..<index + size].reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func skip(_ count: Int) -> Bool {
        guard index + count <= bytes.count else { return false }
        index += count
        return true
    }

    /// - Parameter size: Of the length, in bytes.
    mutating func skipString(_ size: Int) -> Bool { number(size).map { skip($0) } ?? false }
}
