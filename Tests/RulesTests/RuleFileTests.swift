import Rules
import Testing

struct RuleFileTests {
    private static let everyField = #"""
        [[rules]]
        id = "acme-api-key"
        description = "Acme API key."
        provider = "Acme"
        severity = "critical"
        confidence = "high"
        regex = '''(acme_[A-Za-z0-9]{36})'''
        secretGroup = 1
        entropy = 3.5
        minDigits = 2
        minUpper = 3
        minLower = 4
        keywords = ["ACME_", "acme."]
        path = '''\.acme$'''
        tags = ["api-key", "mail"]
        remediation = ["Revoke it.", "Rotate it."]
        references = ["https://docs.acme.example/auth"]

        [rules.context]
        words = ["Acme"]
        lines = 7
        file = ["from Acme import"]
        paths = ['''acme\.cfg$''']
        assigned = ["Key"]
        nearby = "low"

        [[rules.allowlists]]
        description = "Test keys."
        condition = "AND"
        regexTarget = "line"
        regexes = ['''^acme_test''']
        paths = ['''^tests/''']
        commits = ["ABCDEF0123"]
        stopwords = ["Sandbox"]

        [[rules.examples]]
        text = "acme_1"
        path = "a.acme"
        secret = "acme_1"

        [[rules.examples]]
        text = "acme"
        negative = true
        """#

    @Test func everyFieldOfARuleIsRead() throws {
        let file = try RuleFile(
            text: Self.everyField, file: "acme.toml")
        let rule = try #require(file.rules.first)
        #expect(file.rules.count == 1)
        #expect([rule.id, rule.description, rule.provider] == ["acme-api-key", "Acme API key.", "Acme"])
        #expect(rule.severity == .critical)
        #expect(rule.confidence == .high)
        #expect(rule.regex == "(acme_[A-Za-z0-9]{36})")
        #expect(rule.secretGroup == 1)
        #expect(rule.entropy == 3.5)
        #expect([rule.minimumDigits, rule.minimumUppercase, rule.minimumLowercase] == [2, 3, 4])
        #expect(rule.keywords == ["acme_", "acme."])
        #expect(rule.path == #"\.acme$"#)
        #expect(rule.tags == ["api-key", "mail"])
        #expect(rule.remediation == ["Revoke it.", "Rotate it."])
        #expect(rule.references == ["https://docs.acme.example/auth"])
        #expect(
            rule.context
                == ContextRequirement(
                    words: ["acme"], lines: 7, file: ["from acme import"], paths: [#"acme\.cfg$"#], assigned: ["key"],
                    nearby: .low))
        #expect(
            rule.allowlists == [
                Allowlist(
                    description: "Test keys.", condition: .all, target: .line, regexes: ["^acme_test"],
                    paths: ["^tests/"], commits: ["abcdef0123"], stopwords: ["sandbox"])
            ])
        #expect(
            rule.examples == [
                Rule.Example(text: "acme_1", path: "a.acme", secret: "acme_1"),
                Rule.Example(text: "acme", isNegative: true),
            ])
        #expect(rule.shape == PatternShape(pattern: "(acme_[A-Za-z0-9]{36})", keywords: ["acme_", "acme."]))
    }

    @Test func whatIsLeftOutHasADefault() throws {
        let rule = try #require(try RuleFile(text: "[[rules]]\nid = \"a\"\nregex = \"b\"", file: "a.toml").rules.first)
        var expected = Rule(id: "a", severity: .high, confidence: .medium, regex: "b")
        expected.shape = PatternShape(pattern: "b", keywords: [])
        #expect(rule == expected)
        #expect(
            [rule.secretGroup == nil, rule.entropy == nil, rule.path == nil, rule.context == nil] == [
                true, true, true, true,
            ])
        #expect(rule.minimumDigits + rule.minimumUppercase + rule.minimumLowercase == 0)
    }

    @Test func contextLooksTwoLinesAroundIfNotTold() throws {
        let rule = try RuleFile(text: "[[rules]]\nid='a'\nregex='b'\n[rules.context]\nwords=['w']", file: "a").rules[0]
        #expect(rule.context == ContextRequirement(words: ["w"], lines: 2, nearby: nil))
    }

    @Test func entropyMayBeAWholeNumber() throws {
        #expect(try RuleFile(text: "[[rules]]\nid='a'\nregex='b'\nentropy=4", file: "a").rules[0].entropy == 4)
    }

    @Test(arguments: ["severity = \"HIGH\"\nconfidence = \"Low\""])
    func caseOfAChoiceDoesNotMatter(fields: String) throws {
        let rule = try RuleFile(text: "[[rules]]\nid='a'\nregex='b'\n\(fields)", file: "a").rules[0]
        #expect(rule.severity == .high)
        #expect(rule.confidence == .low)
    }

    @Test func severityAndConfidenceAreOrdered() {
        #expect(Severity.allCases.sorted() == [.low, .medium, .high, .critical])
        #expect(Confidence.allCases.sorted() == [.low, .medium, .high])
        #expect(Confidence.allCases.map(\.lowered) == [.low, .low, .medium])
    }

    @Test func eachRuleIsKnownByItsLine() throws {
        let file = try RuleFile(
            text: "# a\n[[rules]]\nid='a'\nregex='b'\n\n  [[rules]]\r\nid='c'\nregex='d'\n", file: "a")
        #expect(file.lines == ["a": 2, "c": 6])
    }

    @Test func anEmptyFileHasNoRules() throws {
        let file = try RuleFile(text: "", file: "empty.toml")
        #expect(file.rules.isEmpty && file.allowlists.isEmpty)
        #expect(!file.extends.usesDefault && file.extends.path == nil && file.extends.disabledRules.isEmpty)
    }
}
