import Bytes

/// `ghp_`, thirty or more characters, and the CRC-32 of these in six digits of base 62.
enum Base62Checksum {
    static let length = 6
    static let alphabet: StaticString = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    static func judge(_ token: UnsafeRawBufferPointer) -> StructureVerdict {
        guard let underscore = token.firstIndex(of: .underscore) else { return .notApplicable }
        let body = token.slice(underscore + 1..<token.count)
        // Other forms of the same prefix (`ghs_1_eyJ….eyJ….…`) carry none.
        guard body.count > length, body.allSatisfy(\.isAlphanumeric) else { return .notApplicable }
        let random = body.slice(0..<body.count - length)
        let wanted = CRC32.digits(CRC32.checksum(random), of: alphabet, count: length)
        return body.suffix(length).elementsEqual(wanted) ? .confirmed : .unconfirmed
    }
}
