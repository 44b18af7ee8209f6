import Git
import TestSupport
import Testing

@Suite struct RevisionRangeTests {
    private func open(_ story: RepositoryBuilder) throws -> Repository {
        try Repository.open(at: story.path, environment: GitEnvironment(currentDirectory: "/"))
    }

    /// `main` with two merged branches and one that is not.
    private func story() -> RepositoryBuilder {
        RepositoryBuilder()
            .commit("one", ["a": "1"]).branch("left").commit("left", ["l": "1"])
            .checkout("main").branch("right").commit("right", ["r": "1"])
            .checkout("main").commit("two", ["a": "2"])
            .merge("left", "right")
            .branch("open").commit("open", ["o": "1"]).checkout("main").commit("three", ["a": "3"]).tag("v3", "three")
    }

    @Test(arguments: [
        "main", "main~2..main", "main~1..open", "open..main", "main...open", "left...right", "v3", "..open", "open..",
        "main..main", "HEAD~1..v3",
    ])
    func rangesAreThoseOfGit(_ range: String) throws {
        let story = story()
        let repository = try open(story)
        let walk = try RevisionWalk(repository.resolveRange(range), in: repository)
        let expected = story.git("rev-list", range).split(separator: "\n").map(String.init)
        #expect(Set(walk.commits.map(\.id.description)) == Set(expected))
        #expect(walk.commits.count == expected.count)
        #expect(walk.missingParents.isEmpty)
    }

    @Test(arguments: ["nonsense", "main..nonsense", "..", "...", "main^{tree}", "main..main:a"])
    func aBadRangeIsAnError(_ range: String) throws {
        let story = story()
        let repository = try open(story)
        let error = #expect(throws: GitError.self) { try repository.resolveRange(range) }
        #expect([.notFound, .invalidSpecification].contains(error?.kind))
    }

    @Test func theBoundaryOfAShallowCloneIsReported() throws {
        let story = story()
        story.git("clone", "--quiet", "--depth=2", "file://" + story.path, "../shallow")
        let clone = try open(story.sibling("shallow"))
        let whole = try RevisionWalk(clone.resolveRange("HEAD"), in: clone)
        #expect(!whole.missingParents.isEmpty)
        #expect(whole.commits.count == 2)
        let inside = try RevisionWalk(clone.resolveRange("HEAD~1..HEAD"), in: clone)
        #expect(inside.missingParents.isEmpty)
        #expect(inside.commits.map(\.id.description) == [story.id("main")])
    }

    @Test func wrongClocksDoNotShortenARange() throws {
        let story = RepositoryBuilder().commit("one")
        // A child that claims to be older than its parent.
        story.run(
            ["commit", "--quiet", "--allow-empty", "--message", "two"],
            environment: ["GIT_COMMITTER_DATE": "1000000000 +0000"])
        story.commit("three")
        let repository = try open(story)
        let walk = try RevisionWalk(repository.resolveRange("HEAD~2..HEAD"), in: repository)
        #expect(Set(walk.commits.map(\.id.description)).isSuperset(of: [story.id("HEAD"), story.id("HEAD~1")]))
    }
}
