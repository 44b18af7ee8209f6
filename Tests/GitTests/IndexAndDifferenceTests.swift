import Git
import TestSupport
import Testing

@Suite struct IndexAndDifferenceTests {
    private func open(_ story: RepositoryBuilder) throws -> Repository {
        try Repository.open(at: story.path, environment: GitEnvironment(currentDirectory: "/"))
    }

    private func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }

    @Test func aConflictHasThreeStages() throws {
        let story = RepositoryBuilder().commit("base", ["file": "base"]).branch("side").commit(
            "theirs", ["file": "theirs"])
        story.checkout("main").commit("ours", ["file": "ours"])
        story.run(["merge", "side"], allowsFailure: true)
        let index = try open(story).index()
        #expect(index.hasConflicts)
        #expect(index.entries.map(\.stage) == [1, 2, 3])
        #expect(index.entries.map(\.id.description) == ["base", "ours", "theirs"].map(story.blob))
    }

    @Test func anAnnouncedFileIsMarked() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).write(["announced": "2"])
        story.git("add", "--intent-to-add", "announced")
        let entries = try open(story).index().entries
        #expect(entries.map { text($0.path) } == ["a", "announced"])
        #expect(entries.map(\.isIntentToAdd) == [false, true])
    }

    @Test func treesAreCompared() throws {
        let story = RepositoryBuilder().commit("first", ["kept": "1", "changed": "1", "gone": "1"])
        story.commit("second", ["changed": "2", "gone": nil, "new/file": "3"])
        let repository = try open(story)
        let trees = try ["HEAD~1", "HEAD"].map { try repository.commit(repository.resolveCommit($0)).tree }
        let differences = try repository.differences(from: trees[0], to: trees[1])
        #expect(
            Dictionary(uniqueKeysWithValues: differences.map { (text($0.path), $0.status) })
                == ["changed": .modified, "gone": .deleted, "new/file": .added])
        #expect(
            try repository.differences(from: nil, to: trees[0]).allSatisfy { $0.status == .added && $0.oldID == .zero })
    }

    @Test func theIndexIsComparedWithATree() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1", "b": "1"]).stage(["a": "2", "c": "3"])
        story.write(["b": "not staged"])
        let repository = try open(story)
        let differences = try repository.stagedDifferences(from: repository.headTree(), repository.index())
        #expect(Set(differences.map { text($0.path) }) == ["a", "c"])
        #expect(differences.first { text($0.path) == "a" }?.newID.description == story.blob("2"))
    }

    @Test func theWorkingDirectoryIsComparedWithTheIndex() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1", "b": "1", ".gitignore": "*.log"])
        story.write(["a": "22", "new/file": "3", "x.log": "4"]).directory.remove(story.relative("b"))
        let repository = try open(story)
        let differences = try repository.unstagedDifferences(repository.index())
        #expect(
            Dictionary(uniqueKeysWithValues: differences.map { (text($0.path), $0.status) })
                == ["a": .modified, "b": .deleted, "new/file": .untracked])
    }
}
