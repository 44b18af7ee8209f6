import Scanner

/// Files that hold secrets by their kind, told by their path, and whether one does.
enum SecretFileKind: Equatable {
    /// `.env` and its copies.
    case environment
    /// `.pem`, `.key`.
    case privateKey
    /// A file in a folder `secrets/`.
    case secretsFolder

    /// - Returns: `nil` for any other file, for examples, and in folders of tests and of other people's code.
    init?(path: String) {
        guard Self.mayBeOne(path) else { return nil }
        let components = path.lowercased().split(separator: "/").map(String.init)
        guard let name = components.last, !components.dropLast().contains(where: Self.harmlessFolders.contains) else {
            return nil
        }
        let parts = Set(name.split { ".-_".contains($0) }.map(String.init))
        guard parts.isDisjoint(with: Self.exampleWords) else { return nil }
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        if name == ".env" || name.hasPrefix(".env.") || name.hasPrefix(".env-") || name.hasPrefix(".env_")
            || name.hasSuffix(".env") || name == ".envrc"
        {
            self = .environment
        } else if ending == "pem" || ending == "key" {
            self = .privateKey
        } else if components.dropLast().contains("secrets"), Self.settingEndings.contains(ending) || !name.contains(".")
        {
            self = .secretsFolder
        } else {
            return nil
        }
    }

    /// Whether a path has what one of these has, told without taking it apart: nearly none has.
    private static func mayBeOne(_ path: String) -> Bool {
        var path = path
        return path.withUTF8 { bytes in
            var last: UInt32 = 0
            for byte in bytes {
                // In lower case other letters, too, can be ASCII.
                if byte >= 0x80 { return true }
                last = last << 8 | UInt32(byte | 0x20)
                // `.env`, and the beginning of `secrets`.
                if last == 0x2e65_6e76 || last == 0x7365_6372 { return true }
            }
            // `pem`, `key`.
            return last & 0xff_ffff == 0x70_656d || last & 0xff_ffff == 0x6b_6579
        }
    }

    private static let exampleWords: Set<String> = [
        "example", "examples", "sample", "template", "tmpl", "tpl", "dist", "default", "defaults", "schema", "test",
        "testing",
        "ci", "dummy", "md", "enc", "encrypted", "gpg", "age", "pub", "public", "j2",
    ]

    private static let harmlessFolders: Set<String> = [
        "node_modules", "vendor", "third_party", "third-party", "testdata", "test", "tests", "__tests__", "spec",
        "fixtures",
        "example", "examples", "sample", "samples", "docs", "doc", "e2e", "mocks", "templates", ".git",
    ]

    private static let settingEndings: Set<String> = [
        "txt", "json", "yaml", "yml", "ini", "conf", "cfg", "properties", "toml", "env", "secret", "password", "token",
    ]

    /// Whether what stands in the file looks like secrets: an `.env` of nothing but ports and placeholders is none.
    func holdsSecrets(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
        // What SOPS, Ansible, git-crypt and sealed secrets have encrypted may be tracked.
        if ["ENC[", "$ANSIBLE_VAULT", "\u{0}GITCRYPT", "SealedSecret"].contains(where: text.contains) { return false }
        switch self {
        case .environment: return Self.assignsSecret(text, separators: "=")
        case .privateKey: return Self.isPrivateKey(text, bytes)
        case .secretsFolder:
            return Self.assignsSecret(text, separators: "=:") || Self.isPrivateKey(text, bytes)
                || Self.isSecretAlone(text)
        }
    }

    private static func isPrivateKey(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        if let armour = text.firstRange(of: "PRIVATE KEY-----") {
            // A key has hundreds of characters; a sample has an ellipsis.
            return text[armour.upperBound...].prefix { $0 != "-" }.utf8.count > 60
        }
        // DER: a sequence with a length of two bytes, and then the version 0.
        return bytes.count > 100 && bytes.count < 10_000 && bytes[0] == 0x30 && bytes[1] == 0x82
            && bytes[4...].starts(with: [0x02, 0x01, 0x00])
    }

    private static let secretWords = [
        "key", "token", "secret", "passw", "pwd", "credential", "private", "dsn", "_url", "_uri", "auth",
    ]

    private static func assignsSecret(_ text: String, separators: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard !line.hasPrefix("#"), let middle = line.firstIndex(where: separators.contains) else { return false }
            let name = line[..<middle].lowercased()
            guard secretWords.contains(where: name.contains) else { return false }
            let isAddress = name.contains("_url") || name.contains("_uri") || name.contains("dsn")
            return isSecret(line[line.index(after: middle)...], isAddress: isAddress)
        }
    }

    private static func isSecret(_ written: Substring, isAddress: Bool) -> Bool {
        let value = written.split(separator: " #")[safe: 0].map { $0.filter { !"\"' \t\r,".contains($0) } } ?? ""
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

    /// One word in the whole file, as Docker's secrets are.
    private static func isSecretAlone(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 1 && words[0].count <= 200 && isSecret(words[0], isAddress: false)
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
