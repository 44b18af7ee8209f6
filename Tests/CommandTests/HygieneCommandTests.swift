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
        let story = RepositoryBuilder().commit("first", [".env": "DB_PASSWORD=q7Rw2ZxK9mTb\n"])
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
        #expect(Windsock.run(["rules", "list", "hygiene"], in: "/").output.split(separator: "\n").count == 6)
        #expect(Windsock.run(["rules", "show", "hygiene-old-secret"], in: "/").output.contains("90 days"))
    }
}
