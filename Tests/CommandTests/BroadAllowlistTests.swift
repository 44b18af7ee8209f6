import TestSupport
import Testing

/// Allow-lists that allow everything, or nearly: every scan says so, and counts what they silence.
@Suite struct BroadAllowlistTests {
    private let key = RandomKey(1570)

    @Test(arguments: [".windsock.toml", ".gitleaks.toml"], ["regexes = ['.*']", "paths = ['.']"])
    func everyScanSaysSoAndCounts(_ file: String, _ text: String) throws {
        let list = "[[allowlists]]\ndescription = 'ours'\n\(text)\n"
        let story = RepositoryBuilder().commit("first", [file: list, "a.env": key.line])
        story.stage(["b.env": RandomKey(1571).line])
        for mode in [[], ["--history", "--no-hygiene"], ["--staged"], ["--uncommitted"]] {
            let scan = try Scan(Windsock.run(["scan", "--format", "json"] + mode, in: story))
            let words = "\(file): the allow-list \"ours\" allows nearly everything"
            #expect(scan.outcome.errors.contains(words), "\(mode) \(scan.outcome.errors)")
            #expect((scan.report.summary.suppressedBy?[file] ?? 0) > 0, "\(mode)")
        }
        let check = Windsock.run(["rules", "check", file, "--slow-limit", "10000"], in: story)
        #expect(check.output.contains("allows nearly everything"), "\(check)")
    }

    @Test(arguments: [
        (
            "[[rules]]\nid = 'mistral-api-key'\n[[rules.allowlists]]\nregexes = ['.*']",
            "an allow-list of the rule mistral-api-key allows"
        ),
        (
            "[[allowlists]]\nregexes = ['.*']\ntargetRules = ['mistral-api-key']",
            "an allow-list for mistral-api-key allows"
        ),
        ("exclude = ['*']", "exclude leaves nearly everything out"),
        ("[hook]\nexclude = ['**']", "exclude leaves nearly everything out"),
    ]) func whereverItStands(_ text: String, _ words: String) {
        let story = RepositoryBuilder().commit("first", [".windsock.toml": text + "\n", "a.env": key.line])
        let errors = Windsock.run(["scan"], in: story).errors
        #expect(errors.contains(".windsock.toml: \(words)"), "\(errors)")
    }

    /// That an empty text stands in everything is said once, and what is narrow is not spoken of.
    @Test(arguments: [("regexes = ['']", 1), ("paths = ['^docs/']\nstopwords = ['sample']", 0)])
    func nothingIsSaidTwice(_ text: String, _ count: Int) {
        let story = RepositoryBuilder().commit("first", [".windsock.toml": "[[allowlists]]\n\(text)\n", "a": "1"])
        #expect(Windsock.run(["scan"], in: story).errors.split(separator: "\n").count == count)
    }
}
