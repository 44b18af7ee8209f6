import Bytes
import Scanner

extension SecretFileKind {
    /// Whether what stands in the file looks like secrets: an `.env` of nothing but ports and placeholders is none.
    func holdsSecrets(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if Self.isEncrypted(bytes) { return false }
        return switch self {
        case .environment: Self.assignsSecret(bytes, separators: [.equalsSign])
        case .privateKey: Self.isPrivateKey(bytes)
        case .keystore: Keystore.holdsPrivateKeys(bytes)
        case .secretsFolder:
            Self.assignsSecret(bytes, separators: [.equalsSign, .colon]) || Self.isPrivateKey(bytes)
                || Self.isSecretAlone(bytes)
        }
    }

    /// What SOPS, Ansible, git-crypt and sealed secrets have encrypted may be tracked. They say so in the beginning.
    private static func isEncrypted(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let beginning = bytes.slice(0..<min(bytes.count, 1 << 16))
        return ["ENC[", "$ANSIBLE_VAULT", "\u{0}GITCRYPT", "SealedSecret"].contains { beginning.first($0) != nil }
    }

    private static func isPrivateKey(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let armour = "PRIVATE KEY-----"
        if let start = bytes.first(armour) {
            // A key has hundreds of characters; a sample has an ellipsis.
            return bytes[(start + armour.utf8.count)...].prefix { $0 != .hyphen }.count > 60
        }
        if bytes.starts(with: "PuTTY-User-Key-File-".utf8) || bytes.starts(with: "== ed25519v1-secret: ".utf8) {
            return true
        }
        // DER: a sequence with a length of two bytes, and then the version 0.
        return bytes.count > 100 && bytes.count < 10_000 && bytes[0] == 0x30 && bytes[1] == 0x82
            && bytes[4...].starts(with: [0x02, 0x01, 0x00])
    }

    private static let secretWords = [
        "key", "token", "secret", "passw", "pwd", "credential", "private", "dsn", "_url", "_uri", "auth",
    ]

    private static func assignsSecret(_ bytes: UnsafeRawBufferPointer, separators: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let end = bytes.first(.lineFeed, from: start) ?? bytes.count
            if assignsSecret(line: bytes.slice(start..<end), separators) { return true }
            start = end + 1
        }
        return false
    }

    private static func assignsSecret(line bytes: UnsafeRawBufferPointer, _ separators: [UInt8]) -> Bool {
        guard bytes.contains(where: separators.contains) else { return false }
        // Other line ends than a line feed are rare, and made of several bytes.
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).contains { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard !line.hasPrefix("#"),
                let middle = line.firstIndex(where: { $0.asciiValue.map(separators.contains) == true })
            else { return false }
            let name = line[..<middle].lowercased()
            guard secretWords.contains(where: name.contains) else { return false }
            let isAddress = name.contains("_url") || name.contains("_uri") || name.contains("dsn")
            return isSecret(line[line.index(after: middle)...], isAddress: isAddress)
        }
    }

    private static func isSecret(_ written: Substring, isAddress: Bool) -> Bool {
        let value = written.split(separator: " #").first.map { $0.filter { !"\"' \t\r,".contains($0) } } ?? ""
        if isAddress {
            // Only one with a password, and not one of the developer's own machine.
            guard let scheme = value.firstRange(of: "://"), let at = value.lastIndex(of: "@"), at > scheme.upperBound,
                value[scheme.upperBound..<at].contains(":")
            else { return false }
            return !["localhost", "127.0.0.1", "@db:", "@postgres:", "@mysql:", "@redis:", "password@", "${"].contains(
                where: value.contains)
        }
        guard value.count >= 8, !value.contains("://"), value.contains(where: \.isNumber) || value.count >= 20 else {
            return false
        }
        return !CertainNo.isStandIn(Array(value.utf8))
    }

    private static let longestSecret = 200

    /// One word in the whole file, as Docker's secrets are.
    private static func isSecretAlone(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let isSpace = { (byte: UInt8) in byte == .space || byte == .tab || byte == .lineFeed || byte == .carriageReturn
        }
        guard let start = bytes.firstIndex(where: { !isSpace($0) }),
            let end = bytes.lastIndex(where: { !isSpace($0) }), end - start < 4 * longestSecret
        else { return false }
        let words = String(decoding: bytes.slice(start..<end + 1), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        return words.count == 1 && words[0].count <= longestSecret && isSecret(words[0], isAddress: false)
    }
}

extension UnsafeRawBufferPointer {
    /// Where a text begins for the first time, if it does.
    fileprivate func first(_ text: String) -> Int? {
        let needle = Array(text.utf8)
        guard let byte = needle.first else { return nil }
        var position = 0
        while let found = first(byte, from: position), found + needle.count <= count {
            if slice(found..<found + needle.count).elementsEqual(needle) { return found }
            position = found + 1
        }
        return nil
    }
}
