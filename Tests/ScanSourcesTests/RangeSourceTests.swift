import Bytes
import Git
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct RangeSourceTests {
    private func read(_ story: RepositoryBuilder, _ range: String) throws -> Reading {
        try RangeSource(repositoryPath: story.path, range: range, environment: nothing).readAll()
    }

    @Test func whatTheCommitsAddIsReadWithPathAndCommit() throws {
        let story = RepositoryBuilder().commit("before", ["old": "1", "kept": "1"])
            .commit("add", ["deep/new": "2"]).commit("change", ["old": "3"]).commit("remove", ["deep/new": nil])
        let reading = try read(story, "HEAD~3..HEAD")
        #expect(reading.files == ["deep/new": "2", "old": "3"])
        #expect(reading.plan.commitCount == 3)
        #expect(reading.messages.contains("change"))
        #expect(!reading.messages.contains("before"))
        let added = try #require(ObjectID(hex: story.blob("2")))
        #expect(reading.plan.range?.introductions[added]?.id.description == story.id("HEAD~2"))
        #expect(reading.plan.range?.introductions[added]?.summary == "add")
    }

    @Test func ofAMergeOnlyItsOwnContentIsNew() throws {
        let story = RepositoryBuilder().commit("base", ["f": "base", "g": "g"])
            .branch("side").commit("theirs", ["f": "theirs", "h": "side only"])
            .checkout("main").commit("ours", ["f": "ours"])
            .merge("side", resolving: ["f": "resolved", "slipped/in": "evil"])
        let reading = try read(story, "HEAD^1..HEAD")
        #expect(reading.files == ["f": "theirs|resolved", "h": "side only", "slipped/in": "evil"])
        let evil = try #require(ObjectID(hex: story.blob("evil")))
        #expect(reading.plan.range?.introductions[evil]?.id.description == story.id("HEAD"))
    }

    @Test func anOctopusMergeIsComparedWithAllParents() throws {
        let story = RepositoryBuilder().commit("base", ["a": "1"])
        for name in ["x", "y", "z"] { story.checkout("main").branch(name).commit(name, [name: name]) }
        story.checkout("main").merge("x", "y", "z")
        story.write(["own": "octopus"]).git("add", "own")
        story.git("commit", "--quiet", "--amend", "--no-edit")
        #expect(story.git("show", "--no-patch", "--format=%P").split(separator: " ").count == 4)
        #expect(try read(story, "x..HEAD").files["own"] == "octopus")
        #expect(Set(try read(story, "HEAD").blobs) == ["1", "octopus", "x", "y", "z"])
    }

    @Test func aRenamedFileIsNewAtItsNewPath() throws {
        let story = RepositoryBuilder().commit("first", ["old": "content"])
        story.git("mv", "old", "new")
        #expect(try read(story.commit("rename"), "HEAD~1..HEAD").files == ["new": "content"])
    }

    @Test func eachBlobIsReadOnce() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("again", ["b": "1", "c": "1"])
            .commit("off", ["a": "2"]).commit("back", ["a": "1"])
        #expect(try read(story, "HEAD").blobs == ["1", "2"])
    }

    @Test func anEmptyRangeIsNoProblem() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        let reading = try read(story, "HEAD..HEAD")
        #expect(reading.contents.isEmpty && reading.problems.isEmpty)
    }

    @Test func aBadRangeIsWrongUsage() {
        let story = RepositoryBuilder().commit("first")
        let error = #expect(throws: SourceError.self) { try read(story, "main..nonsense") }
        #expect(error?.subject == "main..nonsense")
        #expect(throws: SourceError.self) { try read(RepositoryBuilder(), "HEAD") }
    }

    @Test func inAShallowCloneTheBoundaryIsReadWholeAndReported() throws {
        let story = RepositoryBuilder().commit("one", ["a": "1"]).commit("two", ["b": "2"]).commit("three", ["c": "3"])
        story.git("clone", "--quiet", "--depth=2", "file://" + story.path, "../shallow")
        let clone = story.sibling("shallow")
        let whole = try read(clone, "HEAD")
        #expect(whole.blobs == ["1", "2", "3"])
        #expect(whole.problems.map(\.advice) == ["git fetch --unshallow"])
        let inside = try read(clone, "HEAD~1..HEAD")
        #expect(inside.files == ["c": "3"])
        #expect(inside.problems.isEmpty)
    }

    @Test func anUnreadableTreeIsAProblem() throws {
        let story = RepositoryBuilder().commit("one", ["a": "1", "folder/b": "2"])
        story.directory.remove(story.looseObject(story.id("HEAD:folder")))
        let reading = try read(story, "HEAD")
        #expect(reading.files == ["a": "1"])
        #expect(reading.problems.count == 1)
    }

    @Test func inAPartialCloneWhatWasLeftOutIsAProblemWithTheCommandToGetIt() throws {
        let story = RepositoryBuilder().commit("one", ["a": "1"]).commit("two", ["b": "2"])
        story.git("config", "uploadpack.allowFilter", "true")
        story.git("clone", "--quiet", "--bare", "--filter=blob:none", "file://" + story.path, "../partial")
        let reading = try read(story.sibling("partial"), "HEAD~1..HEAD")
        #expect(reading.problems.map(\.subject) == ["b"])
        #expect(reading.problems.map(\.advice) == ["git fetch --refetch --no-filter"])
    }
}
