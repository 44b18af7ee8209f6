import Testing
import TestSupport

/// Wrong paths, ranges, configurations and rules: nothing is scanned, and the message says what to mend.
@Suite struct BadUsageTests {
    let key = RandomKey(30)

    @Test func aPathThatDoesNotExistIsNamed() {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", ".", "no/such/path"], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("no/such/path: No such file or directory"))
        #expect(outcome.output == "")
    }

    @Test(arguments: [["--history"], ["--staged"], ["--uncommitted"], ["--range", "HEAD"]])
    func aFolderThatIsNoRepositoryIsNamed(_ mode: [String]) {
        let folder = TemporaryDirectory()
        folder.write(".env", key.line)
        let outcome = Windsock.run(["scan"] + mode, in: folder.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("neither it nor a folder above it is a git repository"))
        #expect(!outcome.reveals(key.description))
    }

    /// Perhaps this clone lacks it: that is a scan that could not be made, not one that was asked for wrongly.
    @Test(arguments: ["nowhere..HEAD", "HEAD..nowhere", "nowhere...HEAD", "nowhere", "HEAD~5..HEAD"])
    func aRangeThatDoesNotResolveIs3(_ range: String) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", "--range", range], in: story.path)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("could not scan the range \(range)"))
        #expect(outcome.errors.contains("not found"))
    }

    @Test(arguments: ["..", "...", "HEAD:.env", "HEAD^{tree}..HEAD"])
    func aRangeThatIsNoneIs2(_ range: String) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", "--range", range], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("could not scan the range \(range)"))
    }

    @Test func anUnbornBranchHasNoRange() {
        let outcome = Windsock.run(["scan", "--range", "HEAD"], in: RepositoryBuilder().path)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("could not scan the range HEAD"))
    }

    /// The file's text, and what the message says beside its name.
    static let brokenFiles = [
        ("a = 1\nb = [\n", ":2: not valid TOML"),
        ("title = \"x\"\n\n[[rules]]\nid = \"acme\"\nregex = '''acme_([a-z]{20}'''\n", ":3: rule acme: pattern does not compile"),
        ("[[rules]]\nregex = '''a'''\n", ":1: rule 1 has no id"),
        ("[[rules]]\nid = \"acme\"\n", ":1: rule acme has neither a regex nor a path"),
        ("# x\n[[rules]]\nid = \"acme\"\nregex = '''a'''\nreggex = '''b'''\n", ":2: rule acme has the unknown field \"reggex\""),
        ("[[rules]]\nid = \"acme\"\nregex = 7\n", ":1: rule acme needs a string as \"regex\""),
        ("[[rules]]\nid = \"acme\"\nregex = '''a'''\nseverity = \"huge\"\n", ":1: rule acme has \"huge\" as \"severity\""),
        ("[[rules]]\nid = \"a\"\nregex = '''a'''\n[[rules]]\nid = \"a\"\nregex = '''b'''\n", "a is used by two rules"),
        ("[allowlist]\ndescription = \"ours\"\nregexes = ['''(''']\n", ": the allow-list \"ours\": pattern does not compile"),
    ]

    @Test(arguments: ["--config", "--rules"], brokenFiles)
    func aBrokenConfigurationOrRuleIsNamedWithLineAndReason(_ option: String, _ broken: (text: String, complaint: String)) {
        let story = RepositoryBuilder().commit("first", [".env": key.line, "broken.toml": broken.text])
        let outcome = Windsock.run(["scan", option, "broken.toml"], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(broken.complaint), "\(outcome.errors)")
        #expect(outcome.errors.contains("broken.toml:") || broken.complaint.contains("two rules"))
        #expect(outcome.output == "")
    }

    @Test func aBrokenConfigurationOfTheFolderIsNamed() {
        let story = RepositoryBuilder().commit("first", [".windsock.toml": "rules = 3\n"])
        let outcome = Windsock.run(["scan"], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(".windsock.toml: the file needs tables"))
    }

    @Test(arguments: ["--config", "--rules", "--baseline"])
    func aMissingFileIsNamed(_ option: String) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", option, "nowhere.toml"], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("nowhere.toml"))
        #expect(outcome.errors.contains("there is no such"))
    }

    @Test func aBrokenBaselineIsNamedWithItsLine() {
        let story = RepositoryBuilder().commit("first", [".env": key.line, "known": "# known\nnot an entry\n"])
        let outcome = Windsock.run(["scan", "--baseline", "known"], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("known:2: not a baseline entry"))
    }

    @Test func aConfigurationThatExtendsItselfIsNamed() {
        let story = RepositoryBuilder().commit("first", ["c.toml": "[extend]\npath = \"c.toml\"\n"])
        let outcome = Windsock.run(["scan", "--config", "c.toml"], in: story.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("c.toml: extends more than"))
    }
}
