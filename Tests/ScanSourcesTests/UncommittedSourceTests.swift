import Git
import Platform
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct UncommittedSourceTests {
    private func read(_ story: RepositoryBuilder) throws -> Reading {
        try UncommittedSource(repositoryPath: story.path, environment: nothing).readAll()
    }

    @Test func stagedChangedAndUntrackedContentIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["same": "1", "changed": "1", ".gitignore": "*.log"])
        story.stage(["staged": "2", "both": "3"]).write([
            "changed": "44", "both": "55", "new/file": "6", "x.log": "ignored",
        ])
        let reading = try read(story)
        #expect(reading.contents.map(\.text).sorted() == ["2", "3", "44", "55", "6"])
        #expect(reading.paths == ["staged", "both", "changed", "new/file"])
        #expect(reading.problems.isEmpty)
    }

    @Test func whatIsStagedAsItStandsIsReadOnce() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).stage(["a": "2"])
        #expect(try read(story).contents.map(\.text) == ["2"])
    }

    @Test func aChangeOfTheSameLengthWithinASecondIsSeen() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).write(["a": "2"])
        #expect(try read(story).files == ["a": "2"])
    }

    @Test func aConflictedFileIsReadWithItsMarkers() throws {
        let story = RepositoryBuilder().commit("base", ["f": "base"]).branch("side").commit("theirs", ["f": "theirs"])
            .checkout("main").commit("ours", ["f": "ours"])
        story.run(["merge", "side"], allowsFailure: true)
        let reading = try read(story)
        #expect(reading.contents.count == 4)
        #expect(reading.contents.contains { $0.text.contains("<<<<<<<") })
    }

    @Test func anAnnouncedFileIsReadFromTheWorkingDirectory() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).write(["announced": "2"])
        story.git("add", "--intent-to-add", "announced")
        #expect(try read(story).files == ["announced": "2"])
    }

    @Test func onAnUnbornBranchEverythingIsRead() throws {
        let story = RepositoryBuilder().stage(["a": "1"]).write(["b": "2"])
        #expect(try read(story).files == ["a": "1", "b": "2"])
    }

    @Test func linksDeletionsAndNestedRepositoriesAreNotRead() throws {
        let story = RepositoryBuilder().commit("first", ["gone": "1", "turned": "1"])
        story.directory.remove(story.relative("gone"))
        story.directory.remove(story.relative("turned"))
        symlink("/etc/passwd", story.path + "/turned")
        symlink("/etc/passwd", story.path + "/link")
        mkfifo(story.path + "/fifo", 0o600)
        story.git("init", "--quiet", "nested")
        let nested = story.sibling("repository/nested").commit("nested", ["file": "1"])
        let reading = try read(story)
        #expect(reading.contents.isEmpty, "\(reading.contents)")
        #expect(reading.omitted(.symbolicLink) == ["turned", "link"])
        #expect(reading.omitted(.submodule) == ["nested"])
        #expect(reading.problems.isEmpty)
        _ = nested
    }

    @Test func aBareRepositoryHasNone() {
        let story = RepositoryBuilder(options: ["--bare"])
        #expect(throws: SourceError.self) { try read(story) }
    }
}
