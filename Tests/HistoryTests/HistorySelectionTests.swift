import Git
import History
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct HistorySelectionTests {
    private func read(_ story: RepositoryBuilder, _ branches: [String] = [], since: Int? = nil) throws -> HistoryReading
    {
        try HistorySource(
            repositoryPath: story.path,
            selection: HistorySelection(branches: branches, since: since.map { SelectionDate(seconds: $0) }),
            environment: nothing
        ).readAll()
    }

    private func committerTime(_ story: RepositoryBuilder, _ revision: String) -> Int {
        Int(story.git("show", "--no-patch", "--format=%ct", revision)) ?? 0
    }

    private func story() -> RepositoryBuilder {
        let story = RepositoryBuilder().commit("first", ["a": "first", "kept": "kept"])
            .branch("side").commit("on side", ["s": "side"]).commit("off side", ["s": nil])
            .checkout("main").commit("second", ["a": "second"])
            .branch("other").commit("on other", ["o": "other"]).tag("v1", "about other").checkout("main")
        story.store("reached by nothing")
        return story
    }

    @Test func aBranchIsAllThatItsCommitsHold() throws {
        let story = story()
        let main = try read(story, ["main"])
        #expect(main.blobs == ["first", "kept", "second"])
        #expect(main.plan.contents.commitCount == 2)
        #expect(main.messages.contains("second"))
        #expect(!main.messages.contains("other"))
        #expect(main.problems.isEmpty)
        #expect(try read(story, ["side"]).blobs == ["first", "kept", "side"])
        #expect(try read(story, ["main", "side"]).blobs == ["first", "kept", "second", "side"])
        #expect(try read(story, ["side~1"]).plan.contents.commitCount == 2)
    }

    @Test func aTagHasItsMessage() throws {
        let reading = try read(story(), ["v1"])
        #expect(reading.blobs == ["first", "kept", "other", "second"])
        #expect(reading.contents.contains { $0.text.contains("about other") })
    }

    @Test func sinceIsWhatTheCommitsBrought() throws {
        let story = story()
        let reading = try read(story, since: committerTime(story, "main"))
        #expect(reading.blobs == ["other", "second"], "neither what was there before nor what no commit has")
        #expect(reading.plan.contents.commitCount == 2)
        #expect(reading.contents.contains { $0.text.contains("about other") }, "the tag is as new")
        #expect(try read(story, since: committerTime(story, "main") + 1).blobs == ["other"])
        #expect(try read(story, since: 0).blobs == ["first", "kept", "other", "second", "side"])
        #expect(try read(story, since: 4_000_000_000).contents.isEmpty)
    }

    @Test func sinceAndBranchAreBothToBeMet() throws {
        let story = story()
        let time = committerTime(story, "side~1")
        #expect(try read(story, ["side"], since: time).blobs == ["side"])
        #expect(try read(story, ["main"], since: time).blobs == ["second"])
    }

    /// The commit is old and the branch that it is merged into is new, or the clock was wrong.
    @Test func commitsAreTakenByTheirOwnTimes() throws {
        let story = RepositoryBuilder()
        story.write(["a": "new"]).git("add", "a")
        story.run(["commit", "--quiet", "-m", "late clock"], environment: ["GIT_COMMITTER_DATE": "2000000000 +0000"])
        story.commit("child", ["b": "old"])
        #expect(try read(story, since: 1_900_000_000).blobs == ["new"])
    }

    @Test func aBranchThatDoesNotExistIsAnError() throws {
        let error = try #require(throws: SourceError.self) { try read(story(), ["nonexistent"]) }
        #expect(error.message.contains("nonexistent"))
    }

    @Test func whatAShallowCloneLacksIsOnlyMissedWhereItIsMeant() throws {
        let story = story()
        story.run(["clone", "--quiet", "--depth=1", "--branch=main", "file://\(story.path)", "../shallow"])
        let clone = story.sibling("shallow")
        #expect(try read(clone, ["main"]).problems.compactMap(\.advice) == ["git fetch --unshallow"])
        #expect(try read(clone, since: committerTime(story, "main") + 1).problems.isEmpty)
    }

    @Test func aMissingBlobIsNamed() throws {
        let story = story()
        story.directory.remove(story.looseObject(story.blob("second")))
        #expect(try read(story, ["main"]).problems.map(\.message).contains { $0.contains(story.blob("second")) })
        #expect(try read(story, ["side"]).problems.isEmpty)
    }
}
