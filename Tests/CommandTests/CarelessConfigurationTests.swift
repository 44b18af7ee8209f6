import TestSupport
import Testing

/// Configurations that do less, or more, than their authors believe: somebody is told.
@Suite struct CarelessConfigurationTests {
    private let key = RandomKey(1210)
    private let other = RandomKey(1211)

    private func story(_ configuration: String) -> RepositoryBuilder {
        RepositoryBuilder().commit("first", [".windsock.toml": configuration + "\n", "a.env": key.line])
    }

    // MARK: Rules that there are not

    @Test(arguments: [
        ("[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-ky']", "did you mean mistral-api-key?"),
        ("[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-ky', 'zzzzzz']", "mistral-api-ky (did you mean"),
        ("[[allowlists]]\ndescription = 'ours'\nregexes = ['x']\ntargetRules = ['zzzzzz']", "allow-list \"ours\""),
        (
            "[[rules]]\nid = 'a'\nregex = 'aaa'\nkeywords = ['aaa']\n[[rules.required]]\nid = 'mistral-api-ky'",
            "required of the rule a"
        ),
    ]) func unknownIDsAreNamed(_ text: String, _ words: String) {
        let story = story(text)
        for arguments in [["scan"], ["scan", "--config", ".windsock.toml"], ["scan", "--staged"]] {
            let outcome = Windsock.run(arguments, in: story)
            #expect(outcome.errors.contains(words), "\(arguments) \(outcome.errors)")
            #expect(outcome.errors.contains(".windsock.toml"))
        }
        story.write(["r.toml": text + "\n", ".windsock.toml": ""])
        #expect(Windsock.run(["scan", "--rules", "r.toml"], in: story).errors.contains(words))
    }

    @Test func idsThatWereOrAreAreNotNamed() {
        let text = """
            [extend]
            useDefault = true
            disabledRules = ["generic-secret", "hygiene-old-secret", "acme"]
            [[rules]]
            id = "acme"
            regex = 'acme_[a-z]{20}'
            keywords = ["acme_"]
            """
        #expect(!Windsock.run(["scan"], in: story(text)).errors.contains("there is not"))
    }

    // MARK: Nonsense

    @Test(arguments: [
        ("exclude = ['!a']", "takes nothing back"), ("exclude = [' ']", "says nothing"),
        ("exclude = ['../x']", "leads out"), ("secretNames = ['']", "secretNames"),
        ("secretNames = ['ab']", "three letters"), ("secretNames = ['my name']", "no part of a name"),
        ("[hook]\nexclude = ['!a']", "takes nothing back"), ("[hook]\nminConfidence = 'sure'", "minConfidence"),
        ("[hook.pre-commits]\nverbose = true", "pre-commit"), ("[hook]\nsecretNames = ['abc']", "secretNames"),
        ("hooks = 1", "hook"),
    ]) func nonsenseIsAnError(_ text: String, _ words: String) {
        let story = story(text)
        let outcome = Windsock.run(["hook", "run", "pre-commit"], in: story)
        #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome)")
        #expect(outcome.errors.contains(".windsock.toml"))
    }

    @Test(arguments: ["!a", " ", "/", "../a"]) func nonsenseOfAnOptionIsAnError(_ glob: String) {
        let outcome = Windsock.run(["scan", "--exclude", glob], in: story(""))
        #expect(outcome.status == 2 && outcome.errors.contains("--exclude"), "\(outcome.errors)")
    }

    @Test(arguments: [
        ("[[allowlists]]\ndescription = 'ours'", "allows nothing"),
        ("[[allowlists]]\nstopwords = ['']", "stands in everything"),
        ("[[allowlists]]\nregexes = ['']", "stands in everything"),
        ("[[rules]]\nid = 'mistral-api-key'\n[[rules.allowlists]]\ndescription = 'x'", "allows nothing"),
    ]) func allowListsThatSayNothingAreNamed(_ text: String, _ words: String) {
        let outcome = Windsock.run(["scan"], in: story(text))
        #expect(outcome.errors.contains(words) && outcome.errors.contains(".windsock.toml"), "\(outcome)")
    }

    // MARK: Changes

    @Test(arguments: [
        "exclude = [", "[[rules]]\nid = 'a'\nregex = '('\nkeywords = ['a']", "maxFileSize = 'much'",
        "[hook]\nformat = 'nothing'", "minSeverity = 'grave'",
    ]) func aChangeThatBreaksTheConfigurationIsNamed(_ text: String) throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        story.branch("side").commit("second", [".windsock.toml": text + "\n", "a.env": key.line])
        story.commit("third", ["b": "1"])
        let environment = [
            "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_SHA": story.id("side"),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": story.id("main"), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        ]
        for mode in [["--range", "main..side"], ["--ci"]] {
            let arguments = ["scan", "--format", "json"] + mode
            let scan = try Scan(Windsock.run(arguments, in: story, environment: mode == ["--ci"] ? environment : [:]))
            #expect(scan.status == 1 && scan.places == ["a.env:1"])
            let note = try #require(scan.report.summary.notes?.first)
            #expect(note.contains("breaks .windsock.toml"), "\(note)")
        }
    }

    @Test func aChangeThatBreaksTheBaselineIsNamed() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        story.branch("side").commit("second", [".windsock-baseline": "nothing\n", "a.env": key.line])
        let scan = try Windsock.scan("--range", "main..side", in: story)
        #expect(scan.places == ["a.env:1"])
        #expect(scan.report.summary.notes?.first?.contains("breaks .windsock-baseline") == true)
    }

    /// Somebody tries his baseline before he commits it.
    @Test func whatStandsInTheWorkingDirectoryAloneIsHintedAt() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("second", ["a.env": key.line])
        Windsock.run(["baseline", "create"], in: story).expectSuccess()
        story.write([".windsock.toml": "exclude = ['a.env']\n"])
        let scan = try Windsock.scan("--range", "HEAD~1..HEAD", in: story)
        let notes = scan.report.summary.notes ?? []
        for name in [".windsock-baseline", ".windsock.toml"] {
            #expect(notes.contains { $0.hasPrefix("\(name) stands in the working directory") }, "\(notes)")
        }
        story.commit("third", ["b": "1"]).commit("fourth", ["c": "1"])
        #expect(try Windsock.scan("--range", "HEAD~1..HEAD", in: story).report.summary.notes == nil)
    }

    // MARK: Hooks

    @Test func hooksHaveSettingsOfTheirOwn() throws {
        let text = """
            minConfidence = "low"
            [hook]
            minConfidence = "high"
            verbose = true
            [hook.pre-push]
            minSeverity = "critical"
            """
        let story = story(text)
        // Nobody's key, and nobody would be sure of it.
        let unsure = "API_KEY=kj3if8s7d6f5g4h3j2k1q745\n# codestral.mistral.ai\n"
        story.stage(["b.env": unsure, "c.env": other.line])
        let scan = Windsock.run(["scan", "--staged", "--format", "json"], in: story)
        #expect(try Scan(scan).report.findings.count == 2)
        let hook = Windsock.run(["hook", "run", "pre-commit"], in: story)
        #expect(hook.status == 1)
        #expect(hook.output.contains("c.env") && !hook.output.contains("b.env"), "\(hook.output)")
        #expect(hook.output.contains("What to do"), "all of it is said: \(hook.output)")
        #expect(hook.output.contains("below threshold (.windsock.toml"), "\(hook.output)")
        let named = Windsock.run(["hook", "run", "pre-commit", "--min-confidence", "low"], in: story)
        #expect(named.output.contains("b.env"))
        story.commit("second", [:])
        let lines = "refs/heads/main \(story.id("HEAD")) refs/heads/main \(story.id("HEAD~1"))\n"
        let push = Windsock.run(["hook", "run", "pre-push", "--", "origin", "x"], in: story, input: lines)
        #expect(push.status == 0, "\(push)")
        let show = Windsock.run(["config", "show"], in: story).output
        for row in ["hook minConfidence = \"high\"", "hook verbose", "hook pre-push minSeverity = \"critical\""] {
            #expect(show.contains(row), "\(show)")
        }
    }

    // MARK: Variables

    @Test func aVariableNamesABaseline() throws {
        let story = story("")
        Windsock.run(["baseline", "create", "-o", "shared"], in: story).expectSuccess()
        let environment = ["WINDSOCK_BASELINE": "shared"]
        for mode in [[], ["--history", "--no-hygiene"], ["--no-repository-config"]] {
            let scan = try Scan(
                Windsock.run(["scan", "--format", "json"] + mode, in: story, environment: environment))
            #expect(scan.status == 0 && scan.report.summary.suppressedBy == ["shared": 1], "\(mode)")
        }
        #expect(Windsock.run(["scan", "--no-baseline"], in: story, environment: environment).status == 1)
        #expect(Windsock.run(["config", "show"], in: story, environment: environment).output.contains("# shared"))
        let missing = Windsock.run(["scan"], in: story, environment: ["WINDSOCK_BASELINE": "nowhere"])
        #expect(missing.status == 2 && missing.errors.contains("WINDSOCK_BASELINE"), "\(missing.errors)")
    }

    // MARK: A team's own names

    @Test func whatIsGivenToThemIsNotShownBesideAFinding() throws {
        let word = "sonnenblume"
        let story = RepositoryBuilder().commit(
            "losung=\(word) \(key.assignment)", ["a.env": "losung=\(word) \(key.assignment)\n"])
        #expect(Windsock.run(["scan"], in: story).output.contains(word), "a word that is no secret for others")
        story.write([".windsock.toml": "secretNames = ['losung']\n"])
        for mode in [[], ["--history"]] {
            let outcome = Windsock.run(["scan", "--only", "mistral-api-key"] + mode, in: story)
            #expect(outcome.status == 1 && !outcome.output.contains(word), "\(outcome.output)")
        }
    }
}
