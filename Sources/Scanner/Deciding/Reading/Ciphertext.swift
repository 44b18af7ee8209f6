import Bytes

/// Tells what is encrypted or a digest from secrets: by the form of the value, and by a name that says so.
///
/// Who has such a value has nothing yet: without the key, or without trying, it opens nothing.
enum Ciphertext {
    /// Whether the value's form is that of a ciphertext, or of a digest that says how it was made.
    static func isOne(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let first = value.first, value.count >= 8 else { return false }
        switch first {
        case .dollar, .leftBrace, .asterisk: return isCrypt(value)
        case UInt8(ascii: "-"): return isArmoured(value)
        case 0: return value.starts(with: "\0GITCRYPT".utf8)
        default:
            return Words.sealedBeginnings.contains { value.count >= $0.from && value.startsCaseless(with: $0.literal) }
                || Words.sealedEncodings.contains { value.count >= $0.from && value.starts(with: $0.literal.bytes) }
                || isPostgreSQLDigest(value) || isEncryptedToken(value) || isOfRails(value)
        }
    }

    // MARK: Digests that say how they were made

    /// `$2b$12$…`, `{SSHA}…`, `{bcrypt}$2a$…`, and `*` before 40 digits as MySQL stores it.
    private static func isCrypt(_ value: UnsafeRawBufferPointer) -> Bool {
        switch value[0] {
        case .dollar:
            // `$6$salt$digest`, `$argon2id$v=19$…`: a scheme in small letters and digits, and a third field.
            guard let end = value.dropFirst().firstIndex(of: .dollar), (2...16).contains(end) else { return false }
            let isScheme = value.slice(1..<end).allSatisfy {
                $0.isDigit || $0.isLetter || $0 == .hyphen || $0 == .underscore
            }
            let isDrupalOrPHPass = end == 2 && value[1].isUppercase
            return isScheme && value.count >= 24
                && (isDrupalOrPHPass || value.slice(end + 1..<value.count).contains(.dollar) || value.count >= 40)
        case .leftBrace:
            guard let end = value.firstIndex(of: .rightBrace), end < value.count - 8 else { return false }
            return Words.digestSchemes.contains { value.slice(1..<end).equalsCaseless($0) }
        default:
            return value.count == 41 && value.dropFirst().allSatisfy { $0.isHexDigit && !$0.isLowercase }
        }
    }

    /// Whether the name of a scheme stands before a value that was read without it: `{SSHA}…`.
    static func isBehindScheme(_ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        // The brace may have been taken for the value's own.
        let end = text[value.lowerBound] == .rightBrace ? value.lowerBound : value.lowerBound - 1
        guard end > 0, text[end] == .rightBrace,
            let start = text.slice(max(0, end - 16)..<end).lastIndex(of: .leftBrace)
        else { return false }
        let scheme = text.slice(max(0, end - 16) + start + 1..<end)
        return Words.digestSchemes.contains { scheme.equalsCaseless($0) }
    }

    /// `md5` and 32 digits, as PostgreSQL stores a password.
    private static func isPostgreSQLDigest(_ value: UnsafeRawBufferPointer) -> Bool {
        value.count == 35 && value.starts(with: "md5".utf8) && value.dropFirst(3).allSatisfy(\.isHexDigit)
    }

    // MARK: Ciphertexts

    /// `-----BEGIN PGP MESSAGE-----`, of age, of PKCS #7; not a private key.
    private static func isArmoured(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.starts(with: "-----BEGIN ".utf8) else { return false }
        let title = value.slice(11..<min(value.count, 60))
        return ["PGP MESSAGE", "AGE ENCRYPTED FILE", "PKCS7", "CMS", "ENCRYPTED MESSAGE"].contains {
            title.starts(with: $0.utf8)
        }
    }

    /// A JSON web token of five parts: one that is encrypted.
    private static func isEncryptedToken(_ value: UnsafeRawBufferPointer) -> Bool {
        value.starts(with: "eyJ".utf8) && value.count(where: { $0 == .period }) == 4
    }

    /// `ciphertext--initialization--tag`, as Rails encrypts its credentials.
    private static func isOfRails(_ value: UnsafeRawBufferPointer) -> Bool {
        let count = value.count
        guard count > 60, value.slice(count - 2..<count).elementsEqual("==".utf8) else { return false }
        return value.slice(count - 26..<count - 24).elementsEqual("--".utf8)
            && value.slice(count - 44..<count - 42).elementsEqual("--".utf8)
    }

    // MARK: Names

    /// Whether the name of a value says that it is a digest, or encrypted: `checksum/secret`, `password_hash`,
    /// `encryptedPassword`, `cipher-aes-db-password`.
    ///
    /// - Parameter name: As it was read; what stands before it up to a blank or a quote belongs to it, too.
    static func isNamed(
        _ name: Range<Int>, for value: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer
    ) -> Bool {
        var start = name.lowerBound
        while start > 0, name.lowerBound - start < 64, text[start - 1].isPartOfPath { start -= 1 }
        let name = text.slice(start..<name.upperBound)
        let groups = Words.sealedNames.groups(in: name)
        guard groups != 0 else { return false }
        let words = AssignedName.words(of: name)
        if groups & 1 != 0, words.contains(where: Words.sealed.contains) { return true }
        if groups & 2 != 0, words.count >= 3, words[0] == "cipher" { return true }
        guard groups & 12 != 0, isDigest(value) else { return false }
        if groups & 8 != 0, isFingerprint(value, of: words, name) { return true }
        // `hash_secret` is a secret that digests are made with, `hash/secret` the digest of one.
        let isOfAnother = name.firstIndex(of: .slash).map {
            Words.digests.contains(String(decoding: name.slice(0..<$0), as: UTF8.self).lowercased())
        }
        return isOfAnother == true || words.last.map(Words.digests.contains) == true
            || words.contains { $0 == "checksum" || $0 == "fingerprint" || $0 == "checksums" }
    }

    /// Whether a block around a value says that all in it is encrypted, or a digest: `encryptedData:`, `checksums = {`.
    static func isInBlockNamedSo(_ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard isDigest(text.slice(value)) else { return false }
        return EnclosingLines.ranges(above: value.lowerBound, in: text).contains { line in
            let heading = text.slice(line.prefix(longestHeading))
            guard Words.sealedNames.groups(in: heading) & 5 != 0 else { return false }
            let words = AssignedName.words(of: heading)
            return words.contains(where: Words.sealed.contains)
                || text.slice(value).allSatisfy(\.isHexDigit) && words.contains(where: Words.digestsOfBlocks.contains)
        }
    }

    /// How much of an enclosing line is looked at, in bytes.
    private static let longestHeading = 128

    /// What names a key of GnuPG: `signingkey` of git's configuration, `gpg_key`.
    private static func isFingerprint(
        _ value: UnsafeRawBufferPointer, of words: [String], _ name: UnsafeRawBufferPointer
    ) -> Bool {
        guard [16, 32, 40].contains(value.count), value.allSatisfy(\.isHexDigit) else { return false }
        if words.contains(where: { $0 == "gpg" || $0 == "pgp" || $0 == "gnupg" }) { return true }
        // No other fingerprint has 32 digits today, and keys that sign cookies have.
        if name.endsCaseless(with: "user.signingkey") { return true }
        return value.count != 32 && name.endsCaseless(with: "signingkey")
            || !value.contains(where: \.isLowercase) && name.endsCaseless(with: "signing_key")
    }

    /// Whether a value may be a digest: hexadecimal digits or base64 and nothing else.
    private static func isDigest(_ value: UnsafeRawBufferPointer) -> Bool {
        value.count >= 16
            && value.allSatisfy {
                $0.isAlphanumeric || $0 == .plus || $0 == .slash || $0 == .equalsSign || $0 == .hyphen
                    || $0 == .underscore || $0 == .colon
            }
    }

    // MARK: Digests under the name of what they are of

    /// Whether a value is a digest of a password as a database stores it: in a statement or in a log of one's
    /// arguments, `UPDATE users SET password = '…'`, `["password", "…"]`.
    static func isStored(_ name: Range<Int>, _ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        let digits = text.slice(value)
        guard isLikeStored(digits), Words.storedPasswords.contains(where: { text.slice(name).equalsCaseless($0) })
        else {
            return false
        }
        let before = text.slice(text.lineStart(of: name.lowerBound, reach: 400)..<name.lowerBound)
        if before.last == .quotationMark, before.dropLast().last == .leftBracket { return true }
        // The list of columns may be broken into lines.
        let statement = text.slice(max(0, name.lowerBound - 400)..<name.lowerBound)
        return before.containsCaseless("update ") && before.containsCaseless(" set ")
            || statement.containsCaseless("insert into ")
            || before.containsCaseless("select ") && before.containsCaseless(" where ")
    }

    /// Whether a value may be a digest, or a salt and a digest: 32 hexadecimal digits or more, or 32 bytes or more in base64.
    private static func isLikeStored(_ value: UnsafeRawBufferPointer) -> Bool {
        if value.count >= 32, value.count.isMultiple(of: 2), value.allSatisfy(\.isHexDigit) { return true }
        let letters = value.count { $0 != .equalsSign }
        return letters >= 43 && value.count - letters <= 2 && value.count.isMultiple(of: 4)
            && value.allSatisfy { Base64Bytes.value(of: $0) != nil || $0 == .equalsSign }
    }
}

extension UInt8 {
    /// Letters, digits, and what joins the words of names and the segments of paths.
    fileprivate var isPartOfPath: Bool {
        isAlphanumeric || self == .underscore || self == .hyphen || self == .period || self == .slash
    }
}

extension StaticString {
    fileprivate var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}

extension UnsafeRawBufferPointer {
    fileprivate func startsCaseless(with literal: StaticString) -> Bool {
        count >= literal.utf8CodeUnitCount && slice(0..<literal.utf8CodeUnitCount).equalsCaseless(literal)
    }
}
