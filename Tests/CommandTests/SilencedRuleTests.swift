import TestSupport
import Testing

/// What a repository's own configuration keeps a rule from saying is counted and named, also where another rule says less of
/// the same secret in its place.
@Suite struct SilencedRuleTests {
    private let key = RandomKey(1200)

    private static let silences = [
        "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key']",
        "[[allowlists]]\ndescription = 'ours'\nregexes = ['.']\ntargetRules = ['mistral-api-key']\n" + weak,
        "[[rules]]\nid = 'mistral-api-key'\n[[rules.allowlists]]\npaths = ['.']\n" + weak,
    ]

    /// A rule that is no other form of the one that an allow-list is for.
    private static let weak = "[[rules]]\nid = 'acme-weak'\nregex = '_KEY=([A-Za-z0-9]{32})'\nkeywords = ['_key=']\n"

    /// What is wrong with the surest rule switched off: the finding is less sure, has another name, and a gate passes.
    @Test(arguments: silences) func aWeakerRuleInItsPlaceSaysSo(_ text: String) throws {
        let story = RepositoryBuilder().commit("first", [".windsock.toml": text + "\n", "new": key.line])
        let loud = try Windsock.scan("--no-repository-config", in: story)
        let fingerprint = try #require(loud.report.findings.first?.fingerprint)
        let reason = text.contains("disabledRules") ? "disabled rule" : "allowlist"
        // The second history is answered out of the cache.
        for mode in [[], ["--history", "--no-hygiene"], ["--history", "--no-hygiene"], ["--staged"]] {
            if mode == ["--staged"] { story.stage(["new": key.line + "B=1\n"]) }
            let arguments = ["scan", "--format", "json", "--fail-on", "confidence=high"] + mode
            let scan = try Scan(Windsock.run(arguments, in: story))
            #expect(scan.status == 0, "\(mode)")
            #expect(scan.report.summary.suppressed == [reason: 1], "\(mode)")
            #expect(scan.report.summary.suppressedBy == [".windsock.toml": 1], "\(mode)")
            let finding = try #require(scan.report.findings.first)
            #expect(finding.rule == (text.contains("acme-weak") ? "acme-weak" : "mistral-api-key-documented"))
            let remark = try #require(finding.remarks?.first)
            for word in [".windsock.toml", "mistral-api-key", "high", fingerprint] {
                #expect(remark.contains(word), "\(remark)")
            }
        }
        let shown = Windsock.run(["scan"], in: story).output
        #expect(shown.contains("Found, but not reported: 1 \(reason) (.windsock.toml 1)"), "\(shown)")
        #expect(shown.contains("keeps mistral-api-key from reporting it"), "\(shown)")
    }

    /// What would have been reported by the same rule anyway has lost nothing.
    @Test func aWeakerRuleThatIsSwitchedOffIsNoLoss() throws {
        let text = "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key-documented', 'generic-secret']\n"
        let story = RepositoryBuilder().commit("first", [".windsock.toml": text, "new": key.line])
        let scan = try Windsock.scan(in: story)
        #expect(scan.report.findings.map(\.rule) == ["mistral-api-key"])
        #expect(scan.report.findings.first?.remarks == nil)
        #expect(scan.report.summary.suppressed == [:])
    }

    /// Who runs the program decides for himself.
    @Test func whatTheUserSwitchesOffIsOff() throws {
        let text = "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key']\n"
        let story = RepositoryBuilder().commit("first", ["own.toml": text, "new": key.line])
        let scan = try Windsock.scan("--config", "own.toml", in: story)
        #expect(scan.report.findings.map(\.rule) == ["mistral-api-key-documented"])
        #expect(scan.report.summary.suppressed == [:])
    }

    /// A threshold and a rule that is switched off hide nothing together.
    @Test func aWeakerClaimBelowTheThresholdIsCounted() throws {
        let text = "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key']\n"
        let story = RepositoryBuilder().commit("first", [".windsock.toml": text, "new": key.line])
        let scan = try Windsock.scan("--min-confidence", "high", in: story)
        #expect(scan.report.findings.isEmpty)
        #expect(scan.report.summary.suppressed["disabled rule"] == 1)
        #expect(scan.report.summary.suppressedBy == [".windsock.toml": 1])
    }

    @Test func pathsLeftOutOfAHistoryAreNoAllowList() throws {
        let story = RepositoryBuilder().commit("first", [".windsock.toml": "exclude = ['new']\n", "new": key.line])
        let scan = try Windsock.scan("--history", "--no-hygiene", in: story)
        #expect(scan.report.summary.suppressed == ["excluded": 1])
        #expect(scan.report.summary.suppressedBy == [".windsock.toml": 1])
    }

    @Test func habitsThatAreSwitchedOffAreCountedAsThat() throws {
        let text = "[extend]\nuseDefault = true\ndisabledRules = ['hygiene-secret-file']\n"
        let story = RepositoryBuilder().commit("first", [".windsock.toml": text, ".env": key.line])
        let scan = try Windsock.scan("--hygiene", in: story)
        #expect(scan.report.summary.suppressed == ["disabled rule": 1])
    }
}
