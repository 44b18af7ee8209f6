import Bytes

/// What the bytes of a private key say about themselves: which form they have, and where they end.
///
/// - SeeAlso: RFC 5958 (PKCS #8), RFC 8017 (PKCS #1), RFC 5915 (SEC1), RFC 9580 (OpenPGP), OpenSSH's `PROTOCOL.key`.
struct KeyStructure: Equatable {
    enum Form: Equatable {
        case pkcs8
        case pkcs1
        case sec1
        case dsa
        /// PKCS #8 under a passphrase.
        case encryptedPKCS8
        case openSSH(isEncrypted: Bool)
        case sshCom(isEncrypted: Bool)
        case openPGP
        /// A public key or a certificate.
        case publicHalf
        /// A DER sequence of something else.
        case sequence
    }

    var form: Form
    /// How many bytes the key has, as it says itself; of one that ends before it has said that, more than there are.
    var count: Int
    /// Whether the key has said how long it is.
    var isCountKnown: Bool

    /// The structure of a body of which the first bytes are known; `nil` if it is none of these.
    init?(_ body: [UInt8]) {
        let found = Self.der(body) ?? Self.openSSH(body) ?? Self.sshCom(body) ?? Self.openPGP(body)
        guard let (form, count) = found else { return nil }
        self.form = form
        isCountKnown = count != nil
        self.count = count ?? body.count + 1
    }

    /// Whether a passphrase is needed to use the key; `nil` if it does not say.
    var isEncrypted: Bool? {
        switch form {
        case .pkcs8, .pkcs1, .sec1, .dsa: false
        case .encryptedPKCS8: true
        case .openSSH(let isEncrypted), .sshCom(let isEncrypted): isEncrypted
        case .openPGP, .publicHalf, .sequence: nil
        }
    }

    /// What stands in the armour of such a key; `nil` if there is none for it alone.
    var label: String? {
        switch form {
        case .pkcs8: "PRIVATE KEY"
        case .pkcs1: "RSA PRIVATE KEY"
        case .sec1: "EC PRIVATE KEY"
        case .dsa: "DSA PRIVATE KEY"
        case .encryptedPKCS8: "ENCRYPTED PRIVATE KEY"
        case .openSSH: "OPENSSH PRIVATE KEY"
        case .sshCom: "SSH2 ENCRYPTED PRIVATE KEY"
        case .openPGP: "PGP PRIVATE KEY BLOCK"
        case .publicHalf, .sequence: nil
        }
    }

    // MARK: DER

    private typealias Found = (Form, Int?)

    private static let (integer, bitString, octets, sequence): (UInt8, UInt8, UInt8, UInt8) = (0x02, 0x03, 0x04, 0x30)
    /// No exponent of RSA is longer; no order of a DSA group is shorter.
    private static let longestExponent = 8

    private static func der(_ body: [UInt8]) -> Found? {
        guard let outer = DERElement(body, at: 0), outer.tag == sequence, outer.content.count >= 32 else { return nil }
        let total = outer.content.upperBound
        guard let first = DERElement(body, at: outer.content.lowerBound),
            let second = DERElement(body, at: first.content.upperBound)
        else { return (.sequence, total) }
        switch (first.tag, second.tag) {
        case (integer, sequence): return (.pkcs8, total)
        case (integer, octets): return (.sec1, total)
        case (integer, integer):
            guard let third = DERElement(body, at: second.content.upperBound), third.tag == integer else {
                return (.sequence, total)
            }
            return (third.content.count <= longestExponent ? .pkcs1 : .dsa, total)
        case (sequence, octets): return (.encryptedPKCS8, total)
        case (sequence, bitString), (sequence, sequence): return (.publicHalf, total)
        default: return (.sequence, total)
        }
    }

    // MARK: SSH

    private static let openSSHMark = Array("openssh-key-v1\0".utf8)
    private static let none = Array("none".utf8)

    private static func openSSH(_ body: [UInt8]) -> Found? {
        guard body.starts(with: openSSHMark) else { return nil }
        var strings = LengthPrefixed(body, from: openSSHMark.count)
        guard let cipher = strings.next() else { return (.openSSH(isEncrypted: false), nil) }
        let form = Form.openSSH(isEncrypted: !body[cipher].elementsEqual(none))
        // The derivation of the key, its options; one key, its public half and itself.
        let isWhole = strings.skip() && strings.skip() && strings.number() == 1 && strings.skip() && strings.skip()
        return (form, isWhole ? strings.index : nil)
    }

    private static let sshComMark: [UInt8] = [0x3f, 0x6f, 0xf9, 0xeb]

    private static func sshCom(_ body: [UInt8]) -> Found? {
        guard body.starts(with: sshComMark) else { return nil }
        var strings = LengthPrefixed(body, from: sshComMark.count)
        guard let count = strings.number(), strings.skip(), let cipher = strings.next() else { return nil }
        return (.sshCom(isEncrypted: !body[cipher].elementsEqual(none)), count)
    }

    // MARK: OpenPGP

    private static let secretKeyTag = 5

    private static func openPGP(_ body: [UInt8]) -> Found? {
        guard let first = PGPPacket(body, at: 0), first.tag == secretKeyTag else { return nil }
        var end = first.end
        while end < body.count, let next = PGPPacket(body, at: end) { end = next.end }
        return (.openPGP, end)
    }
}

/// An element of DER. Its content may reach behind what is known of the text.
private struct DERElement {
    let tag: UInt8
    let content: Range<Int>

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + 1 < bytes.count else { return nil }
        tag = bytes[start]
        let length = Int(bytes[start + 1])
        guard length >= 0x80 else {
            content = start + 2..<start + 2 + length
            return
        }
        let digits = length & 0x7f
        guard (1...3).contains(digits), start + 2 + digits <= bytes.count else { return nil }
        let count = bytes[start + 2..<start + 2 + digits].reduce(0) { $0 << 8 | Int($1) }
        content = start + 2 + digits..<start + 2 + digits + count
    }
}

/// Strings of SSH's protocols, each behind its length in four bytes.
struct LengthPrefixed {
    private let bytes: [UInt8]
    private(set) var index: Int

    init(_ bytes: [UInt8], from index: Int) { (self.bytes, self.index) = (bytes, index) }

    /// Whether all is read.
    var isAtEnd: Bool { index == bytes.count }

    mutating func number() -> Int? {
        guard index + 4 <= bytes.count else { return nil }
        defer { index += 4 }
        return bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func next() -> Range<Int>? {
        let start = index
        guard let count = number(), index + count <= bytes.count else {
            index = start
            return nil
        }
        defer { index += count }
        return index..<index + count
    }

    mutating func skip() -> Bool { next() != nil }
}

/// A packet of OpenPGP whose length stands in its header.
private struct PGPPacket {
    let tag: Int
    let end: Int

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + 6 < bytes.count, bytes[start] & 0x80 != 0 else { return nil }
        let head = bytes[start]
        let isNew = head & 0x40 != 0
        let first = Int(bytes[start + 1])
        let digits: Int
        if isNew {
            tag = Int(head & 0x3f)
            switch first {
            case ..<192:
                end = start + 2 + first
                return
            case ..<224:
                end = start + 3 + (first - 192) << 8 + Int(bytes[start + 2]) + 192
                return
            case 255: digits = 4
            default: return nil
            }
        } else {
            tag = Int(head >> 2 & 0x0f)
            guard head & 3 < 3 else { return nil }
            digits = 1 << Int(head & 3)
        }
        let lengthStart = start + (isNew ? 2 : 1)
        let length = bytes[lengthStart..<lengthStart + digits].reduce(0) { $0 << 8 | Int($1) }
        end = lengthStart + digits + length
    }
}
