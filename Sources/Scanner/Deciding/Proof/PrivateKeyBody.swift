import Bytes
import Findings

/// What stands in a private key's armour: DER (RFC 5958, 8017, 5915) or OpenSSH's own form.
enum PrivateKeyBody {
    /// Shares of the length that the key states: less is cut off, or an example with dots for the rest.
    private static let tolerance = 0.9...1.1
    private static let stump = 0.5

    static func judge(_ key: UnsafeRawBufferPointer, _ trace: inout Trace) -> StructureVerdict {
        // An encrypted body of the old form is noise; OpenPGP and PuTTY have forms of their own.
        guard let armour = ArmouredKey(key), !armour.isOldEncrypted else { return .notApplicable }
        if key.containsCaseless("openssh") {
            return armour.head.starts(with: "openssh-key-v1\0".utf8) ? .confirmed : .unconfirmed
        }
        guard let stated = statedLength(armour.head) else { return .unconfirmed }
        let share = Double(armour.length) / Double(stated)
        if let no = trace.ask(.structure, share < stump && !armour.isClosed) { return .refuted(no) }
        return tolerance.contains(share) ? .confirmed : .unconfirmed
    }

    /// How long a DER sequence says that it is, header included; `nil` if this is none that a key could be.
    private static func statedLength(_ head: [UInt8]) -> Int? {
        guard head.count >= 4, head[0] == 0x30 else { return nil }
        switch head[1] {
        case 0x20..<0x80: return Int(head[1]) + 2
        case 0x81: return Int(head[2]) + 3
        case 0x82: return Int(head[2]) << 8 | Int(head[3]) + 4
        default: return nil
        }
    }
}

/// A key between `-----BEGIN` and `-----END`, on one line or many, in a literal or not.
private struct ArmouredKey {
    /// The first bytes of the body.
    let head: [UInt8]
    /// How many bytes the body has.
    let length: Int
    let isClosed: Bool
    let isOldEncrypted: Bool

    private static let headLength = 32

    init?(_ text: UnsafeRawBufferPointer) {
        let begin = Array("-----begin ".utf8)
        guard text.count > begin.count, text.slice(0..<begin.count).containsCaseless(begin),
            let end = Self.dashes(in: text, from: begin.count)
        else { return nil }
        let body = text.slice(end + 5..<text.count)
        let close = Self.dashes(in: body, from: 0)
        isClosed = close != nil
        isOldEncrypted = text.containsCaseless("proc-type")
        var letters: [UInt8] = []
        var count = 0
        var index = 0
        let upper = close ?? body.count
        while index < upper {
            let byte = body[index]
            // `\n`: the letter is no part of the body. `" +`: neither is the sign.
            if byte == .backslash {
                index += 2
                continue
            }
            if Base64Bytes.value(of: byte) != nil, byte != .plus || !Self.joins(index, body) {
                count += 1
                if letters.count < Self.headLength { letters.append(byte) }
            }
            index += 1
        }
        head = Base64Bytes.decode(letters)
        length = count * 3 / 4
    }

    /// Whether a plus sign joins string literals.
    private static func joins(_ index: Int, _ body: UnsafeRawBufferPointer) -> Bool {
        let outside: (UInt8) -> Bool = { $0 <= .space || $0 == .quotationMark || $0 == .apostrophe }
        return index > 0 && outside(body[index - 1]) || index + 1 < body.count && outside(body[index + 1])
    }

    private static func dashes(in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard text.count >= start + 5 else { return nil }
        return (start...text.count - 5).first { index in
            text[index] == .hyphen && text.slice(index..<index + 5).allSatisfy { $0 == .hyphen }
        }
    }
}
