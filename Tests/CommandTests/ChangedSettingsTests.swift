import TestSupport
import Testing

/// What a change adds to the files that say how scans are done does not speak for the change, and each file is named.
@Suite struct ChangedSettingsTests {
    private let key = RandomKey(1560)

    /// A branch that brings a key, on top of what is there.
    private func story(_ base: [String: String], _ change: [String: String]) -> RepositoryBuilder {
        let story = RepositoryBuilder().commit("first", base.merging(["a": "1"]) { $1 })
        return story.branch("side").commit("second", change.merging(["a.env": key.line]) { $1 })
    }

    private func notes(_ story: RepositoryBuilder, _ mode: [String] = ["--range", "main..side"]) throws -> [String] {
        let environment = [
            "GITLAB_CI": "true", "CI_COMMIT_SHA": story.id("side"), "CI_PIPELINE_SOURCE": "push",
            "CI_COMMIT_BRANCH": "side", "CI_COMMIT_BEFORE_SHA": story.id("main"),
        ]
        let scan = try Scan(
            Windsock.run(
                ["scan", "--format", "json"] + mode, in: story, environment: mode == ["--ci"] ? environment : [:]))
        #expect(scan.status == 1 && scan.places == ["a.env:1"], "nothing speaks for itself: \(scan.outcome.errors)")
        return scan.report.summary.notes ?? []
    }

    static let allow = "[[allowlists]]\ndescription = 'ours'\nregexes = ['.*']\n"
    static let extending = ".windsock.toml"

    @Test(arguments: [
        // What the configuration extends, also what that extends in turn.
        (["ci/base.toml": ""], ["ci/base.toml": allow], "ci/base.toml", "[extend]\npath = 'ci/base.toml'\n"),
        (
            ["ci/base.toml": "[extend]\npath = 'more/own.toml'\n", "ci/more/own.toml": ""],
            ["ci/more/own.toml": "exclude = ['a.env']\n"], "ci/more/own.toml", "[extend]\npath = 'ci/base.toml'\n"
        ),
        ([:], ["ci/new.toml": allow, ".windsock.toml": "[extend]\npath = 'ci/new.toml'\n"], "ci/new.toml", ""),
        // In other folders.
        ([:], ["sub/.windsock.toml": allow], "sub/.windsock.toml", ""),
        ([:], ["deep/er/.gitleaks.toml": allow], "deep/er/.gitleaks.toml", ""),
        (
            ["sub/.windsock.toml": "exclude = ['x']\n"], ["sub/.windsock.toml": "exclude = ['x', 'y']\n"],
            "sub/.windsock.toml", ""
        ),
        ([:], [".gitleaks.toml": allow], ".gitleaks.toml", ""),
        // Those of others.
        ([:], [".gitleaksignore": "x:y:1\n"], ".gitleaksignore", ""),
        ([:], ["sub/.secrets.baseline": "{}\n"], "sub/.secrets.baseline", ""),
    ]) func eachFileIsNamed(_ base: [String: String], _ change: [String: String], _ file: String, _ top: String) throws
    {
        let base = top.isEmpty ? base : base.merging([".windsock.toml": top]) { $1 }
        let story = story(base, change)
        // All ways to name commits come to the same.
        let modes = top.isEmpty ? [["--range", "main..side"]] : [["--range", "main...side"], ["--ci"]]
        for mode in modes {
            let notes = try notes(story, mode)
            #expect(notes.count { $0.hasPrefix("the change adds to \(file), ") } == 1, "\(mode) \(notes)")
        }
        // Afterwards nothing is added.
        story.checkout("main").merge("side").branch("other").commit("third", ["b.env": RandomKey(1561).line])
        let later = try Windsock.scan("--range", "main..other", in: story)
        #expect(later.report.summary.notes == nil)
    }

    @Test(arguments: [
        ("baseline = ['ci/known']\n", "ci/known"), ("[hook]\nbaseline = ['known']\n", "known"),
        ("", ".windsock-baseline"),
        ("[extend]\npath = 'ci/base.toml'\n", "ci/known"),
    ]) func aBaselineOfAnyNameIsNamedAndSoIsWhatItWouldSilence(_ configuration: String, _ file: String) throws {
        let story = RepositoryBuilder().commit(
            "first",
            [".windsock.toml": configuration, file: "# nothing yet\n", "ci/base.toml": "baseline = ['known']\n"])
        story.branch("side").commit("second", ["a.env": key.line])
        Windsock.run(["baseline", "create", "--no-hygiene", "-o", file], in: story).expectSuccess()
        story.commit("third")
        let scan = try Windsock.scan("--range", "main..side", in: story)
        #expect(scan.status == 1)
        let notes = scan.report.summary.notes ?? []
        #expect(
            notes.contains { $0.hasPrefix("the change adds 1 secret to \(file), and that does not speak") }, "\(notes)")
        #expect(scan.report.findings.first?.remarks?.contains { $0.contains("adds it to \(file)") } == true)
    }

    @Test(arguments: [
        ("ci/known", "nonsense\n", "baseline = ['ci/known']\n"),
        ("ci/base.toml", "nonsense = [", "[extend]\npath = 'ci/base.toml'\n"),
        ("sub/.windsock.toml", "minConfidence = 'x'\n", ""), (".windsock.toml", "[extend]\npath = 'gone.toml'\n", ""),
    ]) func whatIsBrokenByTheChangeIsNamed(_ file: String, _ text: String, _ top: String) throws {
        let base = [".windsock.toml": top, "ci/known": "", "ci/base.toml": ""]
        let notes = try notes(story(base, [file: text]))
        #expect(notes.contains { $0.hasPrefix("the change breaks \(file), ") }, "\(notes)")
    }

    /// What is taken away lets something pass as well.
    @Test(
        arguments: [
            (".windsock.toml", ""), (".windsock.toml", nil), ("ci/base.toml", ""), (".gitleaks.toml", nil),
        ] as [(String, String?)]) func whatIsTakenAwayIsNamed(_ file: String, _ text: String?) throws
    {
        let rule = "[[rules]]\nid = 'acme'\nregex = 'acme_[a-z]{9}'\nkeywords = ['acme_']\n"
        let story = RepositoryBuilder().commit(
            "first", [file: (file == ".gitleaks.toml" ? "" : "minConfidence = 'low'\n") + rule])
        if file == "ci/base.toml" { story.commit("more", [".windsock.toml": "[extend]\npath = 'ci/base.toml'\n"]) }
        story.branch("side").commit("second", [file: text, "a.env": key.line])
        let notes = try notes(story)
        #expect(notes.contains("the change takes rules out of \(file): acme"), "\(notes)")
        let stricter = "the change adds to \(file), and that does not speak for the change itself: minConfidence medium"
        #expect(notes.contains(stricter) == (file != ".gitleaks.toml"), "\(notes)")
    }

    @Test func aRuleThatIsAddedOrAnythingElseIsNoNews() throws {
        let rule = "[[rules]]\nid = 'acme'\nregex = 'acme_[a-z]{9}'\nkeywords = ['acme_']\n"
        let notes = try notes(
            story([".windsock.toml": ""], [".windsock.toml": rule, "sub/.windsock.toml": rule, "b": "2"]))
        #expect(notes.isEmpty, "\(notes)")
    }

    /// Who names a file that a change may change lets the change speak for itself: that is said.
    @Test(arguments: ["--config", "--rules", "--baseline", "WINDSOCK_CONFIG", "WINDSOCK_BASELINE"])
    func whatIsNamedAndChangedIsSaid(_ how: String) throws {
        let file =
            how.hasSuffix("ASELINE") || how == "--baseline"
            ? "ci/known" : how == "--rules" ? "ci/rules/a.toml" : "ci/own.toml"
        let story = story([file: ""], [file: "# changed\n"])
        let named = how == "--rules" ? "ci/rules" : file
        let arguments = how.hasPrefix("--") ? [how, named] : []
        for (range, count) in [("main..side", 1), ("side..side", 0)] {
            let scan = try Scan(
                Windsock.run(
                    ["scan", "--format", "json", "--range", range] + arguments, in: story,
                    environment: how.hasPrefix("--") ? [:] : [how: named]))
            let notes = scan.report.summary.notes ?? []
            #expect(
                notes.count {
                    $0.hasPrefix(
                        "the change changes \(file == "ci/rules/a.toml" ? "ci/rules" : file), which \(how) names")
                } == count, "\(notes)")
        }
    }

    // MARK: Pushes

    @Test func aServerNamesWhatAPushAdds() {
        let server = RepositoryBuilder("server.git", options: ["--bare"])
        let story = HookStory(1562, repository: server)
        server.run(["clone", "--quiet", server.path, "../clone"])
        let clone = server.sibling("clone").commit("known", [".windsock.toml": "", "a": "1"])
        clone.git("push", "--quiet", "origin", "main")
        story.windsock("install", "--hook", "pre-receive").expectSuccess()
        for branch in ["main", "main:new"] {
            let narrow = "[[allowlists]]\nstopwords = ['ours']\n"
            clone.commit(branch, [".windsock.toml": narrow, "sub/.windsock.toml": "exclude = ['\(branch)']\n"])
            let pushed = clone.run(["push", "--quiet", "origin", branch], environment: story.environment())
            #expect(pushed.status == 0)
            #expect(pushed.errors.contains("windsock: the change adds to sub/.windsock.toml"), "\(pushed.errors)")
            #expect(
                pushed.errors.contains("the change adds to .windsock.toml") == (branch == "main"), "\(pushed.errors)")
        }
        clone.git("push", "--quiet", "origin", "main")
        clone.commit("quiet", ["a": "2"])
        let quiet = clone.run(["push", "--quiet", "origin", "main"], environment: story.environment())
        #expect(!quiet.errors.contains("windsock"), "\(quiet.errors)")
    }

    @Test func aPushNamesWhatSpeaksForItHere() {
        let story = HookStory(1563)
        story.repository.run(["init", "--quiet", "--bare", "../target.git"])
        story.repository.git("remote", "add", "origin", "../target.git")
        story.windsock("install", "--pre-push").expectSuccess()
        let first = story.git("push", "--quiet", "origin", "main")
        #expect(first.status == 0 && !first.errors.contains("windsock"), "\(first.errors)")
        story.repository.commit("leak", [".windsock.toml": Self.allow, "a.env": story.key.line])
        let pushed = story.git("push", "--quiet", "origin", "main")
        #expect(pushed.status == 0)
        #expect(
            pushed.errors.contains(
                "the change adds to .windsock.toml, and that speaks for what is pushed with it here, and will not in CI"
            ), "\(pushed.errors)")
    }

    // MARK: What is not staged

    @Test(arguments: [
        (".windsock-baseline", ""), ("ci/known", "baseline = ['ci/known']\n"), (".windsock.toml", ""),
        ("ci/base.toml", "[extend]\npath = 'ci/base.toml'\n"),
    ]) func whatIsNotStagedAndSilencesIsSaidInALine(_ file: String, _ top: String) throws {
        let story = HookStory(1564)
        story.windsock("install").expectSuccess()
        if !top.isEmpty { story.repository.write([".windsock.toml": top]) }
        if file.hasSuffix(".toml") {
            if file != ".windsock.toml" || top.isEmpty { story.repository.write([file: Self.allow]) }
        } else {
            story.repository.write(["a.env": story.key.line, "ci/x": ""])
            Windsock.run(["baseline", "create", "--no-repository-config", "-o", file], in: story.repository)
                .expectSuccess()
        }
        if !top.isEmpty { story.repository.git("add", ".windsock.toml") }
        story.repository.stage(["clean": "1"])
        let clean = story.git("commit", "--quiet", "-m", "clean")
        #expect(clean.status == 0)
        let broad = "allows nearly everything"
        #expect(
            clean.errors.split(separator: "\n").allSatisfy { $0.contains(broad) },
            "nothing of it was silenced: \(clean.errors)")
        story.repository.stage(["a.env": story.key.line])
        let scan = try Windsock.scan("--staged", in: story.repository)
        #expect(scan.status == 0)
        let words =
            "\(file) counts here and is not staged: the commit will not have it, and CI will see what it lets pass; git add :/\(file)"
        #expect(scan.report.summary.notes?.contains(words) == true, "\(scan.report.summary.notes ?? [])")
        let commit = story.git("commit", "--quiet", "-m", "leak")
        #expect(commit.status == 0)
        #expect(commit.errors.split(separator: "\n").count { $0 == "windsock: \(words)" } == 1, "\(commit.errors)")
    }

    @Test func aChangeThatIsNotStagedDoesNotCountAndIsSaid() {
        let story = HookStory(
            1565,
            repository: RepositoryBuilder().commit(
                "first", ["a": "1", ".windsock-baseline": "# nothing\n", ".windsock.toml": ""]))
        story.windsock("install").expectSuccess()
        story.repository.stage(["a.env": story.key.line])
        Windsock.run(["baseline", "create"], in: story.repository).expectSuccess()
        story.repository.write([".windsock.toml": "exclude = ['a.env']\n"])
        let refused = story.git("commit", "--quiet", "-m", "leak")
        story.expectRefused(refused)
        let said = (refused.output + refused.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for file in [".windsock-baseline", ".windsock.toml"] {
            #expect(
                said.contains(
                    "\(file) has changes that the commit does not have, and they do not count here; git add :/\(file)"),
                "\(said)")
        }
        story.repository.git("add", ".windsock-baseline")
        let passed = story.git("commit", "--quiet", "-m", "known")
        #expect(passed.status == 0 && passed.errors.isEmpty, "\(passed.errors)")
    }
}
