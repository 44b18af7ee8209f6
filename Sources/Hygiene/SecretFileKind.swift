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
}
