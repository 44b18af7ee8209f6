import TestSupport
import Testing

/// A team's `.gitleaks.toml`, with everything that the dialect has, is taken as it is. Written for this test.
@Suite struct GitleaksConfigurationTests {
    private static let configuration = #"""
        title = "House rules"
        minVersion = "v8.25.0"

        [extend]
        useDefault = true
        disabledRules = ["mistral-api-key", "mistral-api-key-documented"]

        [[rules]]
        id = "house-token"
        description = "House token"
        regex = '''(?i)(house|home)[_-]?token["']?\s*[:=]\s*["']?(ht_[0-9a-z]{24})\b'''
        secretGroup = 2
        entropy = 3.0
        keywords = ["house_token", "Home-Token"]
        tags = ["house"]

            [[rules.allowlists]]
            description = "samples in the documentation"
            condition = "AND"
            paths = ['''^docs/.*\.md$''']
            regexTarget = "line"
            regexes = ['''(?i)for example''']

            [[rules.allowlists]]
            stopwords = ["Fixture"]

        [[rules]]
        id = "house-legacy"
        description = "The token of old, alone in its file"
        regex = '''^legacy:[0-9]{16}$'''
        keywords = ["legacy:"]
        [rules.allowlist]
        regexTarget = "match"
        regexes = ['''^legacy:0''']

        [[rules]]
        id = "house-key-file"
        description = "Key file"
        path = '''(^|/)[^/]+\.housekey$'''

        [[rules]]
        id = "house-yaml"
        description = "Only in YAML"
        regex = '''hy-[0-9]{12}'''
        path = '''\.ya?ml$'''

        [allowlist]
        description = "vendored"
        paths = ['''^third_party/''']

        [[allowlists]]
        description = "test data of the one rule"
        targetRules = ["house-yaml"]
        paths = ['''testdata/''']
        stopwords = ["hy-000"]
        """#

    private let token = "ht_" + RandomKey(lowercase: 601, length: 24).description
    private let other = "ht_" + RandomKey(lowercase: 602, length: 24).description

    private var story: RepositoryBuilder {
        RepositoryBuilder().write([
            ".gitleaks.toml": Self.configuration,
            "a.py": "HOUSE_TOKEN = '\(token)'\nkey = '\(other)'\n",
            "low.py": "house_token = 'ht_aaaaaaaaaaaaaaaabbbbbbbb'\n",
            "docs/use.md": "for example home-token: \(other)\nhome-token: \(other)\n",
            "docs/use.txt": "for example home-token: \(other)\n",
            "b.py": "house_token = 'ht_fixture\(token.dropFirst(10))'\n",
            "legacy": "legacy:4809173625541097", "legacy.allowed": "legacy:0809173625541097",
            "legacy.lines": "legacy:4809173625541097\n",
            "keys/door.housekey": "nothing to see\n", "keys/door.housekey.txt": "nothing\n",
            "c.yaml": "a: hy-480917362554\n", "c.txt": "a: hy-480917362554\n",
            "testdata/c.yaml": "a: hy-480917362554\n",
            "d.yaml": "a: hy-000017362554\n",
            "third_party/a.py": "house_token = '\(token)'\n", "third_party/x.housekey": "\n",
            "m.env": RandomKey(603).line,
            "gh.py": "x = 'nothing'\n",
        ])
    }

    @Test func itFindsWhatItsTeamMeans() throws {
        let scan = try Windsock.scan("--config", ".gitleaks.toml", in: story)
        let found = scan.report.findings.flatMap { finding in
            finding.occurrences.map { "\(finding.rule) \($0.path):\($0.startLine)" }
        }.filter { !$0.contains("generic-") }.sorted()
        #expect(
            found == [
                "house-key-file keys/door.housekey:1", "house-legacy legacy:1", "house-token a.py:1",
                "house-token a.py:2",
                "house-token docs/use.md:2", "house-token docs/use.txt:1", "house-yaml c.yaml:1",
            ])
        #expect(scan.outcome.errors == "", "nothing in it means something else here")
        #expect(!scan.outcome.output.contains("mistral-api-key"), "disabled, and the built-in rules are loaded")
    }

    @Test func withoutExtendOnlyItsRulesAreUsed() throws {
        let own = Self.configuration.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("useDefault") && !$0.hasPrefix("disabledRules") }.joined(separator: "\n")
        let story = RepositoryBuilder().write([
            ".gitleaks.toml": own, "a.env": RandomKey(604).line, "k.housekey": "\u{0}\u{0}\u{1}",
        ])
        let scan = try Windsock.scan("--config", ".gitleaks.toml", in: story)
        #expect(scan.places == ["k.housekey:1"], "a binary file, too, is one that should not be there")
        #expect(scan.report.findings[0].redacted == "k.housekey")
    }

    @Test func whatMeansSomethingElseIsSaid() {
        let configuration = "[[rules]]\nid = 'greek'\nregex = '''\\p{Greek}{4}'''\nkeywords = ['token']\n"
        let outcome = Windsock.run(
            ["scan", "--config", "g.toml"], in: RepositoryBuilder().write(["g.toml": configuration, "a": "b"]))
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains(#"windsock: g.toml:1: rule greek means something else than in RE2: \p{Greek}"#))
    }

    @Test func commitsAreAllowedInTheHistory() throws {
        let story = RepositoryBuilder().commit("first", ["a.env": "house_token=\(token)\n"]).commit(
            "second", ["b.env": "house_token=\(other)\n"])
        let commits = "\n[[allowlists]]\ncommits = ['\(story.id("HEAD~1").prefix(12))']\n"
        story.write([".gitleaks.toml": Self.configuration + commits])
        let scan = try Windsock.scan("--history", "--config", ".gitleaks.toml", in: story)
        #expect(scan.places == ["b.env:1"])
        #expect(scan.report.summary.suppressed["allowlist"] == 1)
    }

    /// Nothing in such a file sets a rule off; its content may stand elsewhere under another name.
    @Test func filesAreFoundByTheirPathsInTheHistory() throws {
        let rule = "[[rules]]\nid = 'key-file'\npath = '''\\.housekey$'''\n"
        let story = RepositoryBuilder()
            .commit("first", ["a.txt": "nothing to see\n", "gone.housekey": "nothing, too\n"])
            .commit("second", ["door.housekey": "nothing to see\n", "gone.housekey": nil])
            .commit("third", ["raw.housekey": "\u{0}\u{1}\u{0}"])
        story.write([".gitleaks.toml": rule])
        for audit in ["first", "second"] {
            let scan = try Windsock.scan("--history", "--no-hygiene", "--config", ".gitleaks.toml", in: story)
            #expect(
                scan.places == ["door.housekey:1", "gone.housekey:1", "raw.housekey:1"], "the \(audit) audit")
        }
    }

    @Test func checkNamesSlowAndShadowedRules() {
        let rules = """
            [[rules]]
            id = 'slow-key'
            regex = 'slow(?:[a-z]+)+;'
            keywords = ['slow']
            [[rules]]
            id = 'twin-a'
            regex = 'twin[0-9]{16}'
            keywords = ['twin']
            [[rules]]
            id = 'twin-b'
            regex = 'twin[0-9]{16}'
            keywords = ['twin']
            """
        let outcome = Windsock.run(
            ["rules", "check", "--slow-limit", "10000", "r.toml"], in: RepositoryBuilder().write(["r.toml": rules]))
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("r.toml:1: rule slow-key is "))
        #expect(
            outcome.output.contains(
                "r.toml:9: rule twin-b has the pattern and the keywords of twin-a, which goes first"))
        // Where the machine has much else to do, it may be slow.
        #expect(!outcome.output.contains("rule twin-a has "))
    }
}
