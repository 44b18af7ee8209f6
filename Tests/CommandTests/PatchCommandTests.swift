import TestSupport
import Testing

/// `git diff | windsock scan --patch`
@Suite struct PatchCommandTests {
    private let key = RandomKey(980)
    private let old = RandomKey(981)

    private func patch(_ story: RepositoryBuilder, _ diff: String = "git diff HEAD") throws -> Scan {
        try Scan(Windsock.shell("\(diff) | \"$windsock\" scan --patch --format json", in: story))
    }

    private var filler: String { (1...40).map { "line \($0)\n" }.joined() }

    @Test func findingsStandWhereTheNewFileHasThem() throws {
        let story = RepositoryBuilder().commit("first", ["src/a.env": filler])
        story.write(["src/a.env": filler.replacing("line 30\n", with: "line 30\n" + key.line)])
        for options in ["", " -U0", " -U20", " --no-prefix", " --word-diff=none"] {
            let scan = try patch(story, "git diff HEAD" + options)
            #expect(scan.status == 1)
            #expect(scan.places == ["src/a.env:31"])
            #expect(scan.report.summary.mode == "patch")
            #expect(!scan.outcome.reveals(key.description))
        }
    }

    /// As much context as git shows must not decide what is found.
    @Test func whatStoodThereBeforeIsCountedAndNotReported() throws {
        let story = RepositoryBuilder().commit("first", [".env": "A=1\n" + old.line])
        story.write([".env": "A=2\n" + old.line])
        let scan = try patch(story)
        #expect(scan.status == 0)
        #expect(scan.report.findings.isEmpty)
        #expect(scan.report.summary.suppressed == ["unchanged line": 1])
        #expect(try patch(story, "git diff -R HEAD").status == 0)
    }

    @Test func aSecretThatIsTakenAwayIsNone() throws {
        let story = RepositoryBuilder().commit("first", [".env": old.line, "a": "1"])
        story.write([".env": "A=2\n"])
        #expect(try patch(story).report.findings.isEmpty)
    }

    @Test func theMessagesOfASeriesAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("it is \(key.assignment)", ["a": "2"])
        let scan = try patch(story, "git format-patch --stdout HEAD~1")
        #expect(scan.status == 1)
        #expect(scan.places.count == 1 && scan.places[0].hasPrefix("standard input:"))
    }

    @Test(arguments: ["true", "git diff no-such-branch"]) func nothingToReadIs3(_ diff: String) throws {
        let scan = try patch(RepositoryBuilder().commit("first", ["a": "1"]), diff)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.message) == ["there was nothing to read"])
    }

    @Test func aPatchGoesWithNoPathAndNoMode() {
        for arguments in [["a"], ["-"], ["--staged"], ["--history"]] {
            #expect(Windsock.run(["scan", "--patch"] + arguments, in: RepositoryBuilder()).status == 2)
        }
    }

    @Test func explanationsSayWhereItStandsAndThatItIsNotNew() throws {
        let story = RepositoryBuilder().commit("first", [".env": "A=1\n" + old.line])
        story.write([".env": "A=2\n" + old.line])
        let outcome = Windsock.shell("git diff HEAD | \"$windsock\" scan --patch --explain", in: story)
        #expect(outcome.output.contains(".env:2"))
        #expect(outcome.output.contains("unchanged-line"), "\(outcome.output)")
    }
}
