import BuiltinRules
import Rules
import TestSupport
import Testing

struct RuleCodingTests {
    /// The rules of each file, read once for all tests.
    private static let files: [String: Result<[Rule], any Error>] = Dictionary(
        uniqueKeysWithValues: RuleFolder.names.map { name in
            (name, Result { try RuleFolder.file(name).rules })
        })

    private func decode(_ text: String) -> [Rule] {
        // Never given back: the texts of a rule are read when they are asked for.
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = bytes.initialize(fromContentsOf: text.utf8)
        return RuleCoding.decode(PermanentBytes(UnsafeBufferPointer(bytes)))
    }

    /// Examples stay in the files.
    private func withoutExamples(_ rules: [Rule]) -> [Rule] {
        rules.map { rule in
            var rule = rule
            rule.examples = []
            rule.verification?.examples = []
            return rule
        }
    }

    @Test(arguments: RuleFolder.names) func theRulesOfAFileSurviveTheRoundTrip(name: String) throws {
        let rules = try #require(Self.files[name]).get()
        #expect(!rules.isEmpty)
        #expect(decode(RuleCoding.encode(rules)) == withoutExamples(rules))
    }

    @Test func everyKindOfFieldSurvives() {
        var full = Rule(
            id: "a:b", description: "12:34\r\n\"\"\"##", provider: "Ünïcode 🔑", severity: .critical, confidence: .low,
            regex: "", secretGroup: 12, entropy: 0.1 + 0.2, minimumDigits: 1, minimumUppercase: 22,
            minimumLowercase: 333, keywords: ["", "é"], path: "", tags: ["t"], remediation: ["r"], references: ["s"],
            allowlists: [
                Allowlist(
                    description: "d", condition: .all, target: .line, regexes: ["a", "b"], paths: ["c"],
                    commits: ["d"], stopwords: ["e"], targetRules: ["f"]),
                Allowlist(),
            ],
            context: ContextRequirement(
                words: ["w"], lines: 50, file: ["f"], paths: ["p"], assigned: ["a"], nearby: .high),
            validator: .password,
            verification: VerificationSpec(attempts: [
                .init(
                    name: "n", method: .post, url: "https://a/b?{{secret}}", headers: [.init(name: "X", value: "1:2")],
                    body: "",
                    answers: [
                        .init(
                            statuses: [200, 201], kind: .xml, has: ["a"],
                            equals: [
                                .init(path: "b", value: .text("c")), .init(path: "d", value: .integer(-7)),
                                .init(path: "e", value: .bool(true)),
                            ],
                            contains: ["f"], isBare: true, liveness: .restricted, reason: "g")
                    ]), .init(url: "https://c", answers: []),
            ]))
        full.shape = PatternShape(pattern: "a{7}\n?", keywords: ["aaa"])
        var plain = Rule(id: "")
        plain.shape = .unknown
        let bare = Rule(id: "z", context: ContextRequirement(words: []))
        #expect(decode(RuleCoding.encode([full, plain, bare])) == [full, plain, bare])
        #expect(decode(RuleCoding.encode([])).isEmpty)
    }

    /// Who asks how all providers are named reads no rule whole, and is told the same before and after it was read.
    @Test func ownersAreReadAlone() throws {
        let rules = try Self.files.values.flatMap { try $0.get() }
        let compiled = decode(RuleCoding.encode(rules))
        for round in 0..<2 {
            for (rule, expected) in zip(compiled, rules) {
                let owner = rule.owner
                #expect(owner.provider == expected.provider, "round \(round)")
                #expect(owner.aliases == expected.aliases && owner.words == expected.context?.words ?? [])
            }
            for rule in compiled { _ = rule.regex }
        }
    }

    @Test func theCompiledInRulesAreThoseOfTheFiles() throws {
        let expected = try withoutExamples(RuleSet(rules: Self.files.values.flatMap { try $0.get() }).rules)
        let builtin = RuleSet.builtin.rules
        try #require(Set(builtin.map(\.id)).symmetricDifference(expected.map(\.id)).sorted() == [])
        for (rule, wanted) in zip(builtin, expected) where rule != wanted {
            Issue.record("\(wanted.id) was compiled in from another version of its file")
        }
    }
}
