import TestSupport
import Testing

/// The exit codes that scripts depend on. A false "clean" is the worst thing this program can do.
@Suite struct ExitCodeTests {
    let key = RandomKey(20)

    @Test func aCleanTreeIs0() {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        for mode in [[], ["--staged"], ["--uncommitted"], ["--history"], ["--range", "HEAD"]] {
            let outcome = Windsock.run(["scan"] + mode, in: story)
            #expect(outcome.status == 0, "\(mode): \(outcome.errors)")
            #expect(outcome.errors == "")
        }
    }

    @Test func findingsAre1() {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        for mode in [[], ["--history"], ["--range", "HEAD"]] {
            #expect(Windsock.run(["scan"] + mode, in: story).status == 1, "\(mode)")
        }
    }

    @Test(arguments: [
        ["scan", "--no-such-option"], ["scan", "--format", "xml"], ["scan", "--min-severity", "huge"],
        ["scan", "--max-file-size", "many"], ["scan", "--jobs", "0"], ["scan", "--staged", "--history"],
        ["scan", "--staged", "a", "b"], ["scan", "-", "a"], ["scan", "--report", "sarif"], ["scan", "--range"],
        ["scan", "--baseline", "nowhere"], ["scan", "--only", "no-such-rule"], ["no-such-command"],
        ["baseline", "no-such-command"],
    ])
    func wrongUsageIs2AndSaysWhatIsWrong(_ arguments: [String]) {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(arguments, in: story)
        #expect(outcome.status == 2)
        #expect(outcome.output == "")
        #expect(outcome.errors != "")
        #expect(!outcome.reveals(key.description))
    }

    @Test func whatCouldNotBeReadIs3() throws {
        let story = RepositoryBuilder().commit("first", ["a": "more than four bytes"])
        let scan = try Windsock.scan("--max-file-size", "4", in: story)
        #expect(scan.status == 3)
        #expect(!scan.report.summary.complete)
        #expect(scan.report.summary.problems.map(\.subject) == ["a"])
    }

    @Test func findingsOutrankWhatCouldNotBeRead() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line, "a": String(repeating: "more ", count: 20)])
        let scan = try Windsock.scan("--max-file-size", "60", in: story)
        #expect(scan.status == 1)
        #expect(scan.report.findings.count == 1)
        #expect(!scan.report.summary.complete)
    }

    @Test(arguments: [[], ["--history"], ["--no-gitignore"]])
    func aScanThatReadNothingIs3(_ mode: [String]) throws {
        let scan = try Windsock.run(mode, RepositoryBuilder())
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.message) == ["there was nothing to read"])
    }

    /// The command before the pipe has failed, more often than not.
    @Test func anEmptyStandardInputIs3() throws {
        #expect(try Windsock.scan("-", in: "/", input: "").status == 3)
        #expect(try Windsock.scan("-", in: "/", input: "\n").status == 0)
    }

    @Test func nothingStagedIs0() throws {
        let scan = try Windsock.scan("--staged", in: RepositoryBuilder())
        #expect(scan.status == 0)
        #expect(scan.report.summary.complete)
    }

    @Test func helpAndVersionAre0() {
        #expect(Windsock.run(["--help"], in: "/").status == 0)
        #expect(Windsock.run(["scan", "--help"], in: "/").status == 0)
        #expect(Windsock.run(["--version"], in: "/").status == 0)
    }
}
