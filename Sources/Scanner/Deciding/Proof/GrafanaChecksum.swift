import Bytes

/// `glsa_SECRET_CCCCCCCC`: the CRC-32 of `glsa_SECRET`, least significant byte first, in hexadecimal digits.
enum GrafanaChecksum {
    static func judge(_ token: UnsafeRawBufferPointer) -> StructureVerdict {
        guard let underscore = token.lastIndex(of: .underscore), token.count - underscore == 9 else {
            return .notApplicable
        }
        let checksum = CRC32.checksum(token.slice(0..<underscore)).byteSwapped
        let wanted = CRC32.digits(checksum, of: "0123456789abcdef", count: 8)
        let written = token.slice(underscore + 1..<token.count)
        return written.lazy.map { UnsafeRawBufferPointer.folded($0) }.elementsEqual(wanted) ? .confirmed : .unconfirmed
    }
}
