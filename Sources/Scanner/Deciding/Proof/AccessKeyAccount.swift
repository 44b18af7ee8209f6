import Bytes

/// The AWS account that an access key's id names.
///
/// The 16 characters behind `AKIA` are base32; bits 1 to 40 are the number of the account, which has twelve digits at the
/// most. Ids made before 2019 begin with `I` or `J` there and name none. One in eleven strings made at random does not
/// fit, so that this tells some from real ones and proves none.
enum AccessKeyAccount {
    static func judge(_ id: UnsafeRawBufferPointer) -> StructureVerdict {
        guard id.count == 20, id[4] != UInt8(ascii: "I"), id[4] != UInt8(ascii: "J") else { return .notApplicable }
        var bits: UInt64 = 0
        // Nine characters hold the first 45 bits.
        for byte in id.slice(4..<13) {
            switch byte {
            case UInt8.uppercaseLetters: bits = bits << 5 | UInt64(byte - UInt8(ascii: "A"))
            case UInt8(ascii: "2")...UInt8(ascii: "7"): bits = bits << 5 | UInt64(byte - UInt8(ascii: "2") + 26)
            default: return .notApplicable
            }
        }
        let account = bits >> 4 & 0xff_ffff_ffff
        return account < 1_000_000_000_000 ? .confirmed : .unconfirmed
    }
}
