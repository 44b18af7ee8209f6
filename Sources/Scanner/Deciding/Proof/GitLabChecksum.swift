import Bytes

/// `glpat-PAYLOAD.01.LLCCCCCCC`: LL is the payload's length and C the CRC-32 of all before it, both in base 36.
enum GitLabChecksum {
    static let length = 7
    static let alphabet: StaticString = "0123456789abcdefghijklmnopqrstuvwxyz"

    static func judge(_ token: UnsafeRawBufferPointer) -> StructureVerdict {
        // Tokens of the years before are one part only, those of the form's first months two.
        guard token.count > length, token.count(where: { $0 == .period }) == 2 else { return .notApplicable }
        let covered = token.slice(0..<token.count - length)
        let wanted = CRC32.digits(CRC32.checksum(covered), of: alphabet, count: length)
        return token.suffix(length).elementsEqual(wanted) ? .confirmed : .unconfirmed
    }
}
