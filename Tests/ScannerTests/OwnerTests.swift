import Findings
import Rules
import Testing

@testable import Scanner

struct OwnerTests {
    private static let key = "q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE"
    private let requirement = ContextRequirement(
        words: ["acme"], lines: 2, file: ["api.acme.dev", "import acme"], paths: [#"(^|/)acme\.cfg$"#])

    /// The verdict on `KEY` in a text.
    private func verdict(
        _ text: String, path: String? = "main.py", pathMatches: Bool = false, requirement: ContextRequirement? = nil
    ) -> Owner.Answer {
        let marked = MarkedText(text.replacing("KEY", with: "«\(Self.key)»"))
        let rule = Rule(id: "acme-key", provider: "Acme", regex: "x", context: requirement ?? self.requirement)
        let rival = Rule(id: "rivalcorp-key", provider: "Rivalcorp", regex: "x")
        return marked.bytes.withUnsafeBytes { bytes in
            let fileWords = (requirement ?? self.requirement).file
            var unread = Trace(isKept: false)
            return Owner(requirement ?? self.requirement, rule: rule).judge(
                marked.value,
                in: Surroundings(
                    text: bytes, path: path, keys: KeyReader(),
                    holdsFileWord: fileWords.contains { text.lowercased().contains($0) },
                    pathMatches: pathMatches),
                providers: ProviderNames(rules: [rule, rival]), &unread)
        }
    }

    @Test(arguments: [
        "ACME_KEY=KEY", "acme.key = 'KEY'", "Acme(key=\"KEY\")", "k = KEY  # for acme", "acme: {k: \"KEY\"}",
        "acme:\n  key: KEY",
        "acme:\n  prod:\n    key: KEY", "[acme]\nuser = 1\nkey = KEY", "{\"acme\": {\"key\": \"KEY\"}}",
        "curl https://api.acme.dev/v1 \\\n  -H 'Authorization: Bearer KEY'",
        "call('KEY')\nurl = 'https://api.acme.dev'",
        "{\n  \"acme\": {\n    \"a\": 1,\n    \"key\": \"KEY\"",
    ])
    func theNameTheLineOrABlockSaysItDirectly(text: String) { #expect(verdict(text) == .direct) }

    @Test(arguments: [
        "# acme\nkey=KEY", "# acme\n\nkey=KEY", "key=KEY\n# acme", "key=KEY\n\n# acme", "import acme\n\n\n\n\nkey=KEY",
        "k=\"KEY\"\n\n# see acme",
    ])
    func aLineNearOrTheFileSaysItLessSurely(text: String) { #expect(verdict(text) == .nearby) }

    @Test(arguments: [
        ("key=KEY", DropReason.context), ("# acme\n\n\nkey=KEY", .context), ("key=KEY\n\n\n# acme", .context),
        ("import acme\n\n\n\nname: KEY", .context), ("RIVALCORP_KEY=KEY # acme", .foreignName),
        ("rivalcorp:\n  key: KEY\n# acme", .foreignName),
        ("# acme\n# rivalcorp\nkey=KEY", .context), ("acme_id=KEY", .identifierName),
        ("acme commit: KEY", .identifierName),
    ])
    func whatSaysNothingOrSomethingElseIsDropped(text: String, reason: DropReason) {
        #expect(verdict(text) == .dropped(reason))
    }

    @Test func theLengthOfALineBoundsWhatCountsAsTheSameLine() {
        let (near, far) = (String(repeating: "-", count: 400), String(repeating: "-", count: 7000))
        #expect(verdict("acme \(near) key=KEY") == .direct)
        #expect(verdict("acme \(far) key=KEY") == .dropped(.context))
        #expect(verdict("key=KEY \(far) acme") == .dropped(.context))
    }

    @Test func theNumberOfLinesIsTheRules() {
        var wide = requirement
        wide.lines = 4
        #expect(verdict("# acme\n\n\n\nkey=KEY", requirement: wide) == .nearby)
        wide.lines = 0
        #expect(verdict("# acme\nkey=KEY", requirement: wide) == .dropped(.context))
    }

    @Test func aPathSaysItToo() {
        #expect(verdict("key=KEY", path: "src/acme.py") == .nearby)
        #expect(verdict("key=KEY", path: nil) == .dropped(.context))
        #expect(
            verdict("name KEY", path: "src/acme.py") == .dropped(.context), "not assigned to a name that holds keys")
        #expect(verdict("name KEY", pathMatches: true) == .direct)
    }

    @Test func whereANameIsDemandedNothingElseWillDo() {
        var strict = requirement
        strict.assigned = ["passphrase"]
        #expect(verdict("# acme\npassphrase=KEY", requirement: strict) == .nearby)
        #expect(verdict("# acme\nkey=KEY", requirement: strict) == .dropped(.unassigned))
        #expect(verdict("# acme\npassphrase/KEY", requirement: strict) == .dropped(.unassigned))
        #expect(verdict("acme=KEY", requirement: strict) == .direct, "one of the words is name enough")
        #expect(verdict("passphrase=KEY # acme", requirement: strict) == .direct)
    }

    @Test func aClientOfAnotherNameWithTheRulesHostIsDirect() {
        #expect(verdict("Rivalcorp(key='KEY', url='https://api.acme.dev')") == .direct)
        #expect(verdict("Rivalcorp(key='KEY', url='https://elsewhere.dev')") == .dropped(.foreignName))
    }
}
