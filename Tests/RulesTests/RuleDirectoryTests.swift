import Rules
import TestSupport
import Testing

/// Folders of rule files: what is read, what is passed over, and what is an error because it would be passed over.
struct RuleDirectoryTests {
    private static let rule = "[[rules]]\nid='acme-key'\nprovider='Acme'\nregex='acme_[a-z]{8}'\n"
    private static let base = """
        [lists.digests]
        regexes = ['sha1']
        [lists.tests]
        regexes = ['test']
        [steps]
        replace = "Create a new {kind}."
        look = "Look at {provider}'s log."
        [kinds.key]
        then = ["replace"]
        """

    private func base() throws -> SharedRules { try SharedRules(text: Self.base, file: "Rules/shared.toml") }

    /// Reads all files of a folder, as `rules check FOLDER` does.
    private func read(_ files: [String: String]) throws -> [Rule] {
        let folder = TemporaryDirectory()
        for (name, text) in files { folder.write(name, text) }
        let directory = try RuleDirectory(path: folder.path, shared: base())
        return try directory.names.flatMap { try directory.file($0).rules }
    }

    private func complaint(_ files: [String: String]) throws -> String {
        "\(try #require(throws: RuleFileError.self) { try read(files) })"
    }

    // MARK: shared.toml

    @Test func aFolderAddsToWhatIsShared() throws {
        let own = "[lists.ours]\nregexes=['ours']\n[lists.tests]\nregexes=['other']\n"
        let fields = "use=['ours', 'digests', 'tests']\nkind='key'\n"
        let rules = try read(["shared.toml": own, "acme.toml": Self.rule + fields])
        #expect(rules[0].allowlists.map(\.regexes) == [["ours"], ["sha1"], ["other"]])
        #expect(rules[0].remediation == ["Create a new key."])
    }

    @Test func ownKindsNameStepsOfBoth() throws {
        let own = "[steps]\nwait='Wait for {provider}.'\n[kinds.key]\nthen=['wait', 'look']\n"
        let rules = try read(["shared.toml": own, "acme.toml": Self.rule + "kind='key'\n"])
        #expect(rules[0].remediation == ["Wait for Acme.", "Look at Acme's log."])
        let wrong = try complaint(["shared.toml": "[kinds.key]\nthen=['replce']\n", "acme.toml": Self.rule])
        #expect(wrong.contains("shared.toml: the file names for the kind \"key\" the step \"replce\""))
        #expect(wrong.contains("did you mean \"replace\"?"))
    }

    @Test func rulesInWhatIsSharedAreAnError() throws {
        #expect(try complaint(["shared.toml": Self.rule]).contains("put them into a file of another name"))
    }

    /// Beside a single file, a `shared.toml` may be anybody's.
    @Test(arguments: ["port = 8080\n", "[server\nnot TOML", "", "[[rules]]\nid='x'\nregex='y'\n"])
    func anUnrelatedFileOfThatNameIsPassedOver(text: String) throws {
        let folder = TemporaryDirectory()
        folder.write("shared.toml", text)
        let path = folder.write("team.toml", Self.rule + "kind='key'\nuse=['tests']\n")
        let rule = try RuleDirectory.file(path, shared: base()).rules[0]
        #expect(rule.allowlists.map(\.regexes) == [["test"]])
    }

    @Test(arguments: ["[list.a]\nregexes=['b']\n", "[lists.a\n", "[steps]\na=1\n"])
    func aWrongOneIsAnError(text: String) throws {
        let folder = TemporaryDirectory()
        folder.write("shared.toml", text)
        let path = folder.write("team.toml", Self.rule + "kind='key'\n")
        let error = try #require(throws: RuleFileError.self) { try RuleDirectory.file(path, shared: base()) }
        #expect(error.file.hasSuffix("shared.toml"))
    }

    // MARK: What is read

    private static let found = "=== a.env\nKEY=«acme_abcdefgh»\n"

    @Test func whatPeopleAndProgramsLeaveInAFolderIsPassedOver() throws {
        let rules = try read([
            "acme/rule.toml": Self.rule, "acme/examples/acme-key.txt": Self.found, "acme/examples/.DS_Store": "\u{0}",
            "acme/examples/README.md": "About these.", "acme/examples/acme-key/README": "About these.",
            "acme/examples/acme-key/more.txt~": "=", "acme/.cache/x.toml": "a = 1", "README.md": "x", "LICENSE": "x",
            "acme/notes.md": "x", ".git/config.toml": "a = 1",
        ])
        #expect(rules.map(\.id) == ["acme-key"])
        #expect(rules[0].examples.count == 1)
    }

    @Test(arguments: [
        ("acme/other.toml", "acme/other.toml: is not read"), ("acme/example/acme-key.txt", "did you mean examples?"),
        ("acme/Examples/acme-key.txt", "did you mean examples?"),
        ("acme/acme-key.txt", "acme/acme-key.txt: is not read"),
        ("quux/rules.toml", "quux/rules.toml: is not read"), ("quux/rules.toml", "did you mean rule.toml?"),
        ("acme/examples/acme-kye.txt", "there is no rule acme-kye in"),
        ("acme/examples/acme-kye.txt", "did you mean acme-key?"),
        ("acme/examples/acme-key.md", "is neither examples (.txt) nor answers (.toml) nor a folder of them"),
    ])
    func whatWouldBePassedOverInSilenceIsAnError(name: String, reason: String) throws {
        let text = try complaint(["acme/rule.toml": Self.rule, name: Self.found])
        #expect(text.contains(reason), "\(text)")
    }

    @Test func aRuleFileInTheFolderOfItsProviderHasItsExamples() throws {
        let folder = TemporaryDirectory()
        folder.write("rule.toml", Self.rule)
        folder.write("examples/acme-key.txt", Self.found)
        #expect(try RuleDirectory.file(folder("rule.toml"), shared: .none).rules[0].examples.count == 1)
        folder.write("example/acme-key.txt", Self.found)
        #expect(throws: RuleFileError.self) { try RuleDirectory.file(folder("rule.toml"), shared: .none) }
    }
}
