import TestSupport
import Testing

/// Wrong paths, ranges, configurations and rules: nothing is scanned, and the message says what to mend.
@Suite struct BadUsageTests {
    let key = RandomKey(30)

    @Test func aPathThatDoesNotExistIsNamed() {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", ".", "no/such/path"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("no/such/path: No such file or directory"))
        #expect(outcome.output == "")
    }

    @Test(arguments: [["--history"], ["--staged"], ["--uncommitted"], ["--range", "HEAD"]])
    func aFolderThatIsNoRepositoryIsNamed(_ mode: [String]) {
        let folder = TemporaryDirectory()
        folder.write(".env", key.line)
        let outcome = Windsock.run(["scan"] + mode, in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("neither it nor a folder above it is a git repository"))
        #expect(!outcome.reveals(key.description))
    }

    /// Perhaps this clone lacks it: that is a scan that could not be made, not one that was asked for wrongly.
    @Test(arguments: ["nowhere..HEAD", "HEAD..nowhere", "nowhere...HEAD", "nowhere", "HEAD~5..HEAD"])
    func aRangeThatDoesNotResolveIs3(_ range: String) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", "--range", range], in: story)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("could not scan the range \(range)"))
        #expect(outcome.errors.contains("not found") || outcome.errors.contains("does not exist"))
    }

    @Test(arguments: ["..", "...", "HEAD:.env", "HEAD^{tree}..HEAD"])
    func aRangeThatIsNoneIs2(_ range: String) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", "--range", range], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("could not scan the range \(range)"))
    }

    @Test func anUnbornBranchHasNoRange() {
        let outcome = Windsock.run(["scan", "--range", "HEAD"], in: RepositoryBuilder())
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("could not scan the range HEAD"))
    }

    /// A file that cannot be used, and what the message says after its name.
    struct BrokenFile: Sendable, CustomTestStringConvertible {
        var complaint: String
        var text: String
        var testDescription: String { complaint }

        init(_ complaint: String, _ lines: String...) {
            self.complaint = complaint
            text = lines.joined(separator: "\n") + "\n"
        }
    }

    static let brokenFiles = [
        BrokenFile(":2: not valid TOML", "a = 1", "b = ["),
        BrokenFile(
            ":3: rule acme: pattern does not compile", "title = 'x'", "", "[[rules]]", "id = 'acme'",
            "regex = 'acme_([a-z]{20}'"),
        BrokenFile(":1: rule 1 has no id", "[[rules]]", "regex = 'a'"),
        BrokenFile(":1: rule acme has neither a regex nor a path", "[[rules]]", "id = 'acme'"),
        BrokenFile(
            ":2: rule acme has the unknown field \"reggex\"", "# x", "[[rules]]", "id = 'acme'", "regex = 'a'",
            "reggex = 'b'"),
        BrokenFile(":1: rule acme needs a string as \"regex\"", "[[rules]]", "id = 'acme'", "regex = 7"),
        BrokenFile(
            ":1: rule acme has \"huge\" as \"severity\"", "[[rules]]", "id = 'acme'", "regex = 'a'",
            "severity = 'huge'"),
        BrokenFile(
            ": the allow-list \"ours\": pattern does not compile", "[allowlist]", "description = 'ours'",
            "regexes = ['(']"),
    ]

    @Test(arguments: ["--config", "--rules"], brokenFiles)
    func aBrokenConfigurationOrRuleIsNamedWithLineAndReason(_ option: String, _ broken: BrokenFile) {
        let story = RepositoryBuilder().commit("first", [".env": key.line, "broken.toml": broken.text])
        let outcome = Windsock.run(["scan", option, "broken.toml"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("broken.toml\(broken.complaint)"), "\(outcome.errors)")
        #expect(outcome.output == "")
    }

    @Test func anIdOfTwoRulesIsNamed() {
        let rule = "[[rules]]\nid = 'acme'\nregex = 'a'\n"
        let story = RepositoryBuilder().commit("first", ["twice.toml": rule + rule])
        let outcome = Windsock.run(["scan", "--rules", "twice.toml"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("acme is used by two rules"))
    }

    @Test func aBrokenConfigurationOfTheFolderIsNamed() {
        let story = RepositoryBuilder().commit("first", [".windsock.toml": "rules = 3\n"])
        let outcome = Windsock.run(["scan"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(".windsock.toml: the file needs tables"))
    }

    @Test(arguments: ["--config", "--rules", "--baseline"])
    func aMissingFileIsNamed(_ option: String) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", option, "nowhere.toml"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("nowhere.toml"))
        #expect(outcome.errors.contains("there is no such"))
    }

    @Test func aBrokenBaselineIsNamedWithItsLine() {
        let story = RepositoryBuilder().commit("first", [".env": key.line, "known": "# known\nnot an entry\n"])
        let outcome = Windsock.run(["scan", "--baseline", "known"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("known:2: not a baseline entry"))
    }

    /// Without rules everything would look clean.
    @Test func aConfigurationThatLeavesNoRuleIsNamed() {
        let story = RepositoryBuilder().commit(
            "first",
            [
                "base.toml": "[[rules]]\nid = \"a\"\nregex = \"a\"\n",
                "c.toml": "[extend]\npath = \"base.toml\"\ndisabledRules = [\"a\"]\n",
            ])
        let outcome = Windsock.run(["scan", "--config", "c.toml"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("c.toml: leaves no rule to scan with"))
    }

    @Test func aConfigurationThatExtendsItselfIsNamed() {
        let story = RepositoryBuilder().commit("first", ["c.toml": "[extend]\npath = \"c.toml\"\n"])
        let outcome = Windsock.run(["scan", "--config", "c.toml"], in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("c.toml: extends more than"))
    }
}
