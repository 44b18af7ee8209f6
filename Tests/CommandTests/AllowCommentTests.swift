import TestSupport
import Testing

/// Comments of ours: for a line, a block or a file, for some rules and for some time; and which of them do nothing.
@Suite struct AllowCommentTests {
    private let key = RandomKey(990)

    private func story(_ text: String) -> RepositoryBuilder { RepositoryBuilder().commit("first", [".env": text]) }

    private static let modes = [[], ["--history"], ["--range", "HEAD"]]

    @Test(arguments: [
        "KEY # windsock: allow", "KEY # windsock:allow until=2999-01-01 rotated then",
        "KEY # windsock: allow until 2999-01-01",
        "# windsock:allow-file made for tests\n\n\nKEY", "KEY\n\n\n# windsock: allow-file mistral-api-key",
        "# windsock:allow-start\n\nKEY\n# windsock:allow-end",
        "# windsock:allow-start mistral-*\nKEY\n# windsock:allow-end",
        "KEY # windsock:allow github-app-private-key, mistral-api-key until: 2999-01-01",
    ])
    func whatAllows(_ text: String) throws {
        let story = story(text.replacing("KEY", with: key.assignment) + "\n")
        for mode in Self.modes {
            let scan = try Windsock.run(mode, story)
            #expect(scan.status == 0, "\(mode)")
            #expect(scan.report.summary.suppressed == ["inline": 1])
            #expect(try Windsock.run(mode + ["--no-inline-ignores"], story).status == 1)
        }
    }

    @Test(arguments: [
        "KEY # windsock:allow until=2020-01-01", "KEY # windsock:allow until=soon", "KEY # windsock:ignore",
        "# windsock:allow-file github-app-private-key\nKEY", "# windsock:allow-start\nKEY", "KEY\n# windsock:allow-end",
        "# windsock:allow-start\n# windsock:allow-end\nKEY",
        "# windsock:allow-start github-*\nKEY\n# windsock:allow-end",
        "KEY # windsock:allow until=2999-02-30",
    ])
    func whatDoesNot(_ text: String) throws {
        let story = story(text.replacing("KEY", with: key.assignment) + "\n")
        for mode in Self.modes { #expect(try Windsock.run(mode, story).status == 1, "\(mode)") }
    }

    /// As of a baseline's entry.
    @Test(arguments: [
        "KEY # windsock:allow until=2020-01-01", "# windsock:allow-next-line mistral-api-key until=2020-01-01\nKEY",
        "# windsock:allow-file until=2020-01-01\nKEY",
    ]) func whatACommentLetPassUntilADayThatIsOverIsNew(_ text: String) throws {
        let story = story(text.replacing("KEY", with: key.assignment) + "\n")
        for mode in [[], ["--staged"], ["--uncommitted"]] {
            if mode == ["--staged"] { story.stage([".env": text.replacing("KEY", with: key.assignment) + "\nB=1\n"]) }
            let scan = try Scan(Windsock.run(["scan", "--format", "json", "--fail-on", "new"] + mode, in: story))
            #expect(scan.status == 1, "\(mode)")
            #expect(scan.report.findings.first?.new == true)
            #expect(scan.report.findings.first?.remarks == ["a comment let it pass until 2020-01-01; that is over"])
        }
        story.commit("edited")
        let range = try Windsock.scan("--range", "HEAD~1..HEAD", "--fail-on", "new", in: story)
        #expect(range.status == 1 && range.report.findings.first?.new == true)
        #expect(try Windsock.scan("--history", in: story).report.findings.allSatisfy { $0.new == nil })
        let unexpired = self.story(key.line)
        #expect(Windsock.run(["scan", "--fail-on", "new"], in: unexpired).status == 0)
    }

    /// What is remembered of a history must not let pass what a comment no longer does.
    @Test func aCommentThatEndsIsAskedAgainInARememberedHistory() throws {
        let story = story(key.line.replacing("\n", with: " # windsock:allow until=2999-01-01\n"))
        for _ in 0..<2 {
            let scan = try Windsock.scan("--history", in: story)
            #expect(scan.status == 0)
            #expect(scan.report.summary.suppressed == ["inline": 1])
        }
    }

    // MARK: Unused and misspelt

    @Test(arguments: [
        ("A=1 # windsock:allow", "windsock:allow lets nothing pass"),
        ("# windsock:allow-file", "windsock:allow-file lets nothing"),
        ("KEY # windsock:allow until=2020-01-01", "it ended with 2020-01-01"),
        ("KEY # windsock:allow until=soon", "write the day as until=2026-03-01"),
        ("KEY # windsock:ignore", "did you mean windsock:allow?"),
        ("KEY # windsock:alow", "did you mean windsock:allow?"),
        ("# windsock:allow-nextline\nKEY", "did you mean windsock:allow-next-line?"),
        ("# windsock:disable\nKEY", "did you mean windsock:allow-start?"),
        ("KEY # windsock:allow mistral-api-ky", "did you mean mistral-api-key?"),
        ("KEY # windsock:allow github-app-private-key", "windsock:allow lets nothing pass"),
        ("# windsock:allow-start\nKEY", "has no windsock:allow-end"),
        ("KEY\n# windsock:allow-end", "has no windsock:allow-start"),
    ])
    func commentsThatDoNothingAreReported(_ text: String, _ sentence: String) throws {
        let story = RepositoryBuilder().write([".env": text.replacing("KEY", with: key.assignment) + "\n"])
        let outcome = Windsock.run(["scan", "--report-unused-allows"], in: story)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("hygiene-idle-comment"), "\(outcome.output)")
        #expect(outcome.output.contains(sentence), "\(outcome.output)")
        #expect(!outcome.reveals(key.description))
        // Not unless it is asked for.
        #expect(!Windsock.run(["scan"], in: story).output.contains("hygiene-idle-comment"))
        story.git("add", ".")
        for mode in ["--staged", "--uncommitted"] {
            #expect(Windsock.run(["scan", mode, "--report-unused-allows"], in: story).output.contains(sentence))
        }
    }

    @Test func theirPlaceIsTold() {
        let story = RepositoryBuilder().write(["a/b.py": "x = 1\n\ny = 2  # windsock:allow\n"])
        let outcome = Windsock.run(["scan", "--report-unused-allows"], in: story)
        #expect(outcome.output.contains("a/b.py:3:10"), "\(outcome.output)")
        #expect(Windsock.run(["scan", "--report-unused-allows", "-q"], in: story).output.contains("a/b.py:3"))
    }

    @Test(arguments: [
        "KEY # windsock:allow", "# windsock:allow-file\nKEY", "# windsock:allow-start\nKEY\n# windsock:allow-end",
        "# windsock:allow-next-line mistral-api-key\nKEY", "KEY # windsock:allow until=2999-01-01",
        "KEY # gitleaks:allow",
        "# windsock: finds keys\nA=1",
    ])
    func commentsThatAreNeededAreNot(_ text: String) {
        let story = RepositoryBuilder().write([".env": text.replacing("KEY", with: key.assignment) + "\n"])
        let outcome = Windsock.run(["scan", "--report-unused-allows"], in: story)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(!outcome.output.contains("hygiene-idle-comment"))
    }

    /// A configuration without the built-in rules has that one all the same: it was asked for.
    @Test func anyConfigurationWillDo() {
        let rule = "[[rules]]\nid = \"acme-key\"\nregex = '''acme_[a-z0-9]{8}'''\nkeywords = [\"acme_\"]\n"
        let story = RepositoryBuilder().write(["c.toml": rule, "a": "1 # windsock:allow\n"])
        let outcome = Windsock.run(["scan", "--config", "c.toml", "--report-unused-allows", "a"], in: story)
        #expect(outcome.status == 1)
    }

    @Test(arguments: [["--history"], ["--range", "HEAD"], ["--no-inline-ignores"], ["--only", "mistral-api-key"]])
    func whereItWouldMisleadItIsWrongUsage(_ options: [String]) {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        #expect(Windsock.run(["scan", "--report-unused-allows"] + options, in: story).status == 2)
    }
}
