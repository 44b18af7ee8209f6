import TestSupport
import Testing

/// Hygiene is part of an audit, and of nothing that stands in a committer's way.
@Suite struct HygieneCommandTests {
    private let key = RandomKey(701)
    private var story: RepositoryBuilder {
        RepositoryBuilder().commit(
            "first", [".env": key.line, ".github/workflows/a.yml": "run: |\n  echo ${{ secrets.DEPLOY }}\n"])
    }

    private func rules(_ arguments: String..., in story: RepositoryBuilder) -> Set<String> {
        let output = Windsock.run(["scan", "--format", "jsonl"] + arguments, in: story).output
        return Set(
            output.split(separator: "\n").filter { $0.contains(#""type":"hygiene""#) }.compactMap { line in
                line.firstRange(of: #""rule":""#).map { String(line[$0.upperBound...].prefix { $0 != "\"" }) }
            })
    }

    @Test func theAuditShowsItAndTheHookDoesNot() {
        // The builder's commits are years old.
        #expect(
            rules("--history", in: story) == [
                "hygiene-secret-file", "hygiene-workflow-prints-secret", "hygiene-old-secret",
            ])
        #expect(rules("--hygiene", in: story) == ["hygiene-secret-file", "hygiene-workflow-prints-secret"])
        #expect(rules("--history", "--no-hygiene", in: story).isEmpty)
        #expect(rules(in: story).isEmpty)
        #expect(rules("--staged", in: story).isEmpty)
        #expect(rules("--range", "HEAD", in: story).isEmpty)
        #expect(Windsock.run(["scan", "--staged", "--hygiene"], in: story).status == 2)
    }

    @Test func itIsShownApartAndNoExitCodeUnlessAskedFor() throws {
        let story = RepositoryBuilder().commit("first", [".env": "DB_PASSWORD=hunter22x\n"])
        let audit = Windsock.run(["scan", "--history", "--min-confidence", "high"], in: story)
        #expect(audit.status == 0)
        #expect(audit.output.contains("Hygiene\nMEDIUM  hygiene-secret-file  .env\n"))
        #expect(audit.output.contains("git rm --cached FILE"))
        #expect(audit.output.hasSuffix("no secret found, 1 hygiene finding\n"))
        #expect(Windsock.run(["scan", "--hygiene", "--min-confidence", "high"], in: story).status == 1)
        let sarif = Windsock.run(["scan", "--hygiene", "--min-confidence", "high", "--format", "sarif"], in: story)
        #expect(sarif.output.contains(#""ruleId":"hygiene-secret-file""#))
    }

    @Test func anIgnoredFileIsNoFinding() {
        let story = RepositoryBuilder().commit("first", [".gitignore": ".env\n"]).write([".env": key.line])
        #expect(rules("--hygiene", in: story).isEmpty)
        story.write([".env.local": key.line])
        #expect(rules("--hygiene", in: story) == ["hygiene-secret-file"])
    }

    @Test func theRulesAreListedAndShown() {
        #expect(Windsock.run(["rules", "list", "hygiene"], in: "/").output.split(separator: "\n").count == 7)
        #expect(Windsock.run(["rules", "show", "hygiene-old-secret"], in: "/").output.contains("90 days"))
    }

    /// A false "clean": it had a reader of its own, which passed over what was larger than 1 MiB.
    @Test(arguments: [["--history", "--hygiene"], ["--hygiene"]])
    func aLargeFileIsLookedAt(_ arguments: [String]) throws {
        let text = String(repeating: "# a line without a secret\n", count: 55_000) + "DB_PASSWORD=hunter22x\n"
        let story = RepositoryBuilder().commit("first", [".env": text])
        let outcome = Windsock.run(["scan", "--min-confidence", "high"] + arguments, in: story)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("Hygiene\nMEDIUM  hygiene-secret-file  .env\n"), "\(outcome.output)")
    }

    @Test(arguments: [["--history", "--hygiene"], ["--hygiene"]])
    func whatIsTooLargeIsNamedOnce(_ arguments: [String]) throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
            .write([".env": String(repeating: "# a line\n", count: 1000)])
        let outcome = Windsock.run(
            ["scan", "--format", "json", "--max-file-size", "4k"] + arguments, in: story)
        let scan = try Scan(outcome)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject) == [".env"])
        #expect(scan.report.summary.problems.map(\.advice) == ["raise --max-file-size"])
    }

    @Test(arguments: [["--history", "--hygiene"], ["--hygiene"]])
    func whatCannotBeReadIsNamedOnce(_ arguments: [String]) throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
            .write([".env": "DB_PASSWORD=hunter22x\n", "private/.env": "DB_PASSWORD=hunter22x\n"])
        let script =
            "chmod 000 .env private; \(UnreadableFileTests.privilegeDrop)\"$windsock\" scan --format json "
            + arguments.joined(separator: " ")
        let scan = try Scan(Windsock.shell(script, in: story))
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject).sorted() == [".env", "private"])
    }

    @Test func filesOfSubmodulesAreLookedAtWhereTheyAreScanned() {
        let lib = RepositoryBuilder("lib").commit("lib", [".env": "DB_PASSWORD=hunter22x\n"])
        let outer = RepositoryBuilder("outer").commit("outer", ["a": "1"])
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.path, "lib")
        outer.commit("add lib")
        #expect(rules("--hygiene", in: outer).isEmpty)
        #expect(rules("--hygiene", "--recurse-submodules", in: outer) == ["hygiene-secret-file"])
    }

    /// `faults.md` U5: code 1, and no output at all.
    @Test func quietTellsHygieneThatWasAskedFor() {
        let story = RepositoryBuilder().commit("first", [".env": "DB_PASSWORD=R7tq2LmZ9vXc4KbN8sWdYh3J\n"])
        let outcome = Windsock.run(["scan", "--hygiene", "-q", "--only", "hygiene-secret-file"], in: story)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("hygiene-secret-file"))
    }
}
