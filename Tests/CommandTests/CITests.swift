import TestSupport
import Testing

/// `scan --ci`, as a step of a job runs it.
@Suite struct CITests {
    let key = RandomKey(90)

    private func story() -> RepositoryBuilder {
        RepositoryBuilder().commit("base", ["a": "1"]).branch("topic").commit("leak", [".env": key.line])
            .commit("hide", [".env": nil])
    }

    @Test func aKeyThatAPushBringsIsFoundAlthoughItIsGoneAgain() throws {
        let story = story()
        let scan = try Windsock.scan(
            "--ci", in: story,
            environment: [
                "GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": story.id("HEAD~2"), "CI_COMMIT_SHA": story.id("HEAD"),
            ])
        #expect(scan.status == 1)
        #expect(scan.places == [".env:1"])
        #expect(scan.report.findings[0].occurrences[0].history?.introduced?.commit == story.id("HEAD~1"))
        #expect(scan.report.summary.mode == "range")
        #expect(scan.report.summary.commits == 2)
    }

    @Test func whatTheBranchHadBeforeIsNotReported() throws {
        let story = story()
        let scan = try Windsock.scan(
            "--ci", in: story,
            environment: [
                "GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": story.id("HEAD~1"), "CI_COMMIT_SHA": story.id("HEAD"),
            ])
        #expect(scan.status == 0)
        #expect(scan.report.summary.commits == 1)
    }

    @Test func outsideOfCIItIsWrongUsage() {
        let outcome = Windsock.run(["scan", "--ci"], in: story())
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("`windsock scan --range BASE..HEAD`"))
    }

    @Test func aCloneThatLacksTheCommitsIs3() {
        let outcome = Windsock.run(
            ["scan", "--ci"], in: story(),
            environment: [
                "GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": String(repeating: "1", count: 40),
                "CI_COMMIT_SHA": String(repeating: "2", count: 40),
            ])
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("GIT_DEPTH: 0"))
    }

    @Test(arguments: ["--staged", "--history", "--range=HEAD"]) func itIsAModeOfItsOwn(_ other: String) {
        #expect(Windsock.run(["scan", "--ci", other], in: story()).status == 2)
    }
}
