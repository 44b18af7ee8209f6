import Git
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct IndexSourceTests {
    private func read(_ story: RepositoryBuilder, _ environment: GitEnvironment? = nil) throws -> Reading {
        try IndexSource(repositoryPath: story.path, environment: environment ?? nothing).readAll()
    }

    @Test func onlyWhatDiffersFromHeadIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["same": "1", "changed": "1", "gone": "1"])
        story.stage(["changed": "staged", "new": "2", "gone": nil]).write(["changed": "later", "untracked": "3"])
        let reading = try read(story)
        #expect(reading.files == ["changed": "staged", "new": "2"])
        #expect(reading.problems.isEmpty)
    }

    @Test func onAnUnbornBranchEverythingIsNew() throws {
        let story = RepositoryBuilder().stage(["a": "1", "b/c": "2"])
        #expect(try read(story).files == ["a": "1", "b/c": "2"])
    }

    @Test func anEmptyRepositoryHasNothingStaged() throws {
        let reading = try read(RepositoryBuilder())
        #expect(reading.contents.isEmpty && reading.problems.isEmpty)
    }

    @Test func theTemporaryIndexOfACommitIsHonoured() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).stage(["staged": "not in this commit"])
        story.run(["read-tree", "HEAD"], environment: ["GIT_INDEX_FILE": ".git/next-index"])
        story.write(["a": "2"]).run(["add", "a"], environment: ["GIT_INDEX_FILE": ".git/next-index"])
        let environment = GitEnvironment(indexFile: ".git/next-index", currentDirectory: story.path)
        #expect(try read(story, environment).files == ["a": "2"])
    }

    @Test func aRenameIsNewAtItsNewPath() throws {
        let story = RepositoryBuilder().commit("first", ["old": "content"])
        story.git("mv", "old", "new")
        #expect(try read(story).files == ["new": "content"])
    }

    @Test func eachSideOfAConflictIsReadOnce() throws {
        let story = RepositoryBuilder().commit("base", ["f": "base", "g": "base"])
            .branch("side").commit("theirs", ["f": "theirs", "g": "theirs"])
            .checkout("main").commit("ours", ["f": "ours", "g": "theirs but not quite"])
        story.run(["merge", "side"], allowsFailure: true)
        let reading = try read(story)
        #expect(reading.contents.map(\.text).sorted() == ["base", "ours", "theirs", "theirs but not quite"])
        #expect(reading.paths.isSubset(of: ["f", "g"]))
    }

    @Test func anAnnouncedFileHasNoContentYet() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).write(["announced": "2"])
        story.git("add", "--intent-to-add", "announced")
        #expect(try read(story).contents.isEmpty)
    }

    @Test func theSameContentAtTwoPathsIsReadOnce() throws {
        let story = RepositoryBuilder().stage(["a": "same", "b": "same"])
        #expect(try read(story).contents.map(\.text) == ["same"])
    }

    @Test func aModeChangeIsReadAgain() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        story.git("update-index", "--chmod=+x", "a")
        #expect(try read(story).files == ["a": "1"])
    }

    @Test func outsideOfARepositoryItIsWrongUsage() {
        let folder = TemporaryDirectory()
        let error = #expect(throws: SourceError.self) {
            try IndexSource(repositoryPath: folder.path, environment: nothing).plan()
        }
        #expect(error?.subject == folder.path)
        let bare = RepositoryBuilder(options: ["--bare"])
        #expect(throws: SourceError.self) { try read(bare) }
    }

    @Test func aLostStagedBlobIsAProblem() throws {
        let story = RepositoryBuilder().stage(["a": "1", "b": "2"])
        story.directory.remove(story.looseObject(story.blob("1")))
        let reading = try read(story)
        #expect(reading.files == ["b": "2"])
        #expect(reading.problems.map(\.subject) == ["a"])
    }
}
