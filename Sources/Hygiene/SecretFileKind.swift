/// Files that hold secrets by their kind, told by their path, and whether one does.
enum SecretFileKind: Equatable {
    /// `.env` and its copies.
    case environment
    /// `.pem`, `.key`, `.ppk`, and OpenSSH's and Tor's own names.
    case privateKey
    /// `.jks`, `.keystore`, `.p12`, `.pfx`: private keys under a password, which often stands in a file beside it.
    case keystore
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
        } else if ["pem", "key", "ppk"].contains(ending) || Self.namesOfKeys.contains(name) {
            self = .privateKey
        } else if Self.keystoreEndings.contains(ending), !Self.namesOfTrust.contains(where: name.contains) {
            self = .keystore
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
            return lastLetters.contains(last & 0xff_ffff)
        }
    }

    /// The last three letters of each name and ending below.
    private static let lastLetters = Set(
        (["pem", "key", "ppk"] + namesOfKeys + keystoreEndings).map { name in
            name.utf8.suffix(3).reduce(UInt32(0)) { $0 << 8 | UInt32($1 | 0x20) }
        })

    private static let namesOfKeys: Set<String> = [
        "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk", "identity",
        "ssh_host_rsa_key", "ssh_host_ecdsa_key", "ssh_host_ed25519_key", "hs_ed25519_secret_key",
    ]

    private static let keystoreEndings: Set<String> = ["jks", "jceks", "keystore", "p12", "pfx"]

    /// Stores of certificates that are trusted; and Android's for debug builds, whose password is public.
    private static let namesOfTrust = ["trust", "cacerts", "debug.keystore"]

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
}
