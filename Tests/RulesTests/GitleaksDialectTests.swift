import Rules
import Testing

/// A team's `.gitleaks.toml` loads as it is. The samples were written for this test.
struct GitleaksDialectTests {
    @Test func aWholeConfigurationLoads() throws {
        let file = try RuleFile(
            text: #"""
                title = "house rules"
                minVersion = "v8.25.0"

                [extend]
                useDefault = true
                disabledRules = ["noisy-rule", "other-rule"]

                [[rules]]
                id = "house-token"
                description = "House token"
                regex = '''(?i)house[_-]?token\s*[:=]\s*['"]?(ht_[0-9a-f]{40})'''
                secretGroup = 1
                entropy = 3.2
                keywords = ["house_token", "House-Token"]
                tags = ["house"]

                    [[rules.allowlists]]
                    description = "documentation"
                    condition = "AND"
                    paths = ['''docs/.*\.md$''']
                    regexTarget = "match"
                    regexes = ['''sample''']

                    [[rules.allowlists]]
                    stopwords = ["Fixture"]

                [[rules]]
                id = "house-key-file"
                path = '''\.housekey$'''

                [[allowlists]]
                description = "generated files"
                targetRules = ["house-token"]
                paths = ['''^vendor/''', '''\.lock$''']
                commits = ["0A1B2C3"]
                """#, file: ".gitleaks.toml")
        #expect(file.rules.map(\.id) == ["house-token", "house-key-file"])
        #expect(file.rules[0].keywords == ["house_token", "house-token"])
        #expect(file.rules[0].secretGroup == 1)
        #expect(file.rules[0].allowlists.map(\.condition) == [.all, .any])
        #expect(file.rules[0].allowlists.map(\.target) == [.match, .secret])
        #expect(file.rules[0].allowlists[1].stopwords == ["fixture"])
        #expect(file.rules[1].regex == nil)
        #expect(file.rules[1].path == #"\.housekey\z"#, "RE2's `$` is the end of the text")
        #expect(
            file.allowlists == [
                Allowlist(
                    description: "generated files", paths: ["^vendor/", #"\.lock\z"#], commits: ["0a1b2c3"],
                    targetRules: ["house-token"])
            ])
        #expect(file.extends.usesDefault)
        #expect(file.extends.disabledRules == ["noisy-rule", "other-rule"])
    }

    @Test func theOldSingularAllowlistIsReadToo() throws {
        let file = try RuleFile(
            text: """
                [allowlist]
                paths = ['a']
                [[rules]]
                id = 'r'
                regex = 'x'
                [rules.allowlist]
                regexes = ['b']
                """, file: ".gitleaks.toml")
        #expect(file.allowlists == [Allowlist(paths: ["a"])])
        #expect(file.rules[0].allowlists == [Allowlist(regexes: ["b"])])
    }

    @Test(arguments: [("OR", Allowlist.Condition.any), ("or", .any), ("||", .any), ("AND", .all), ("&&", .all)])
    func conditionsHaveSeveralSpellings(text: String, condition: Allowlist.Condition) throws {
        let file = try RuleFile(text: "[[allowlists]]\ncondition='\(text)'\nstopwords=['a']", file: "a")
        #expect(file.allowlists[0].condition == condition)
    }

    @Test(arguments: [("", Allowlist.Target.secret), ("secret", .secret), ("match", .match), ("line", .line)])
    func regexesHaveATarget(text: String, target: Allowlist.Target) throws {
        let file = try RuleFile(text: "[[allowlists]]\nregexTarget='\(text)'\nregexes=['a']", file: "a")
        #expect(file.allowlists[0].target == target)
    }

    @Test func groupZeroMeansTheGroupIsNotSaid() throws {
        #expect(
            try RuleFile(text: "[[rules]]\nid='a'\nregex='b'\nsecretGroup=0", file: "a").rules[0].secretGroup == nil)
    }

    @Test func anotherFileCanBeTheBase() throws {
        #expect(try RuleFile(text: "[extend]\npath = '../base.toml'", file: "a").extends.path == "../base.toml")
    }

    @Test func fieldsThatChangeNoFindingAreAccepted() throws {
        let text = "[[rules]]\nid='a'\nregex='b'\nskipReport=true\n[[rules.required]]\nid='c'"
        #expect(try RuleFile(text: text, file: "a").rules.count == 1)
    }

    /// Whoever uses a field of ours writes for PCRE2, where `$` means something else.
    @Test(arguments: [
        "provider='a'", "severity='low'", "confidence='low'", "minDigits=1", "minUpper=1", "minLower=1",
        "remediation=['a']", "references=['a']", "validator='password'", "[rules.context]\nwords=['a']",
        "[[rules.examples]]\ntext='a'",
        """
        [rules.verify]
        url = "https://api.example.com/{{secret}}"
        [[rules.verify.answers]]
        status = [200]
        has = ['a']
        verdict = 'live'
        """,
    ])
    func aFieldOfOursMakesTheFileOurs(_ field: String) throws {
        let file = try RuleFile(text: "[[rules]]\nid='a'\nregex='a$'\n\(field)", file: "team.toml")
        #expect(file.rules[0].regex == "a$")
    }

    @Test(arguments: [
        "description='a'", "secretGroup=1", "entropy=1.0", "keywords=['a']", "path='a'", "tags=['a']",
        "skipReport=true", "[rules.allowlist]\npaths=['a']", "[[rules.allowlists]]\npaths=['a']",
        "[[rules.required]]\nid='b'",
    ])
    func aFieldThatGitleaksHasDoesNot(_ field: String) throws {
        let file = try RuleFile(text: "[[rules]]\nid='a'\nregex='a$'\n\(field)", file: "team.toml")
        #expect(file.rules[0].regex == #"a\z"#)
    }
}
