import Bytes
import Findings
import Git
import History
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct HistoryAttributionTests {
    private func attribute(_ story: RepositoryBuilder, _ contents: String...) throws -> [BlobHistory] {
        let ids = try contents.map { try #require(ObjectID(hex: story.blob($0))) }
        let plan = try HistorySource(repositoryPath: story.path, environment: nothing).plan()
        let alone = try HistoryAttribution(repositoryPath: story.path, environment: nothing).attribute(Set(ids))
            .histories
        let given = try plan.attribution.attribute(Set(ids)).histories
        #expect(alone == given)
        return try ids.map { try #require(given[$0]) }
    }

    private func paths(_ history: BlobHistory) -> [String] { history.paths.map(\.description) }

    @Test func aBlobOfHeadHasItsIntroductionAndNoRemoval() throws {
        let story = RepositoryBuilder().commit("before", ["a": "1"]).commit("the one", ["deep/b": "2"]).commit(
            "after", ["a": "3"])
        let history = try attribute(story, "2")[0]
        #expect(history.record.introduced?.id.description == story.id("HEAD~1"))
        #expect(history.record.introduced?.summary == "the one")
        #expect(history.record.introduced?.authorName == "Ada")
        #expect(history.record.introduced?.authorEmail == "ada@example.org")
        #expect(history.record.introduced?.authorTime == Int(story.git("show", "--no-patch", "--format=%at", "HEAD~1")))
        #expect(paths(history) == ["deep/b"])
        #expect(history.record.removed == nil && history.record.isInHead)
        #expect(history.record.reachability == .references(["main"]))
    }

    @Test func aRemovedBlobNamesTheCommitThatTookIt() throws {
        let story = RepositoryBuilder().commit("add", ["f/a": "1", "f/b": "2"]).commit("change", ["f/a": "3"])
            .commit("remove", ["f/b": nil]).commit("after", ["c": "4"])
        let histories = try attribute(story, "1", "2")
        #expect(histories.map(\.record.removed?.summary) == ["change", "remove"])
        #expect(histories.map(\.record.isInHead) == [false, false])
        #expect(histories.map(\.record.introduced?.summary) == ["add", "add"])
    }

    @Test func aBlobThatCameBackIsNotRemoved() throws {
        let story = RepositoryBuilder().commit("add", ["a": "1"]).commit("change", ["a": "2"]).commit(
            "back", ["a": "1"])
        let history = try attribute(story, "1")[0]
        #expect(history.record.introduced?.summary == "add")
        #expect(history.record.isInHead && history.record.removed == nil)
        #expect(paths(history) == ["a"])
    }

    @Test func renamesCollectPathsAndTheLastOneCountsForRemoval() throws {
        let story = RepositoryBuilder().commit("add", ["first": "1"])
        story.git("mv", "first", "second")
        story.commit("rename").commit("copy", ["folder/third": "1"]).commit(
            "gone", ["second": nil, "folder/third": nil])
        let history = try attribute(story, "1")[0]
        #expect(paths(history) == ["first", "second", "folder/third"])
        #expect(history.record.removed?.summary == "gone")
    }

    @Test func aMergesOwnContentBelongsToTheMerge() throws {
        let story = RepositoryBuilder().commit("base", ["f": "base"])
            .branch("side").commit("theirs", ["f": "theirs"])
            .checkout("main").commit("ours", ["f": "ours"])
            .merge("side", resolving: ["f": "resolved", "slipped": "evil"])
        let histories = try attribute(story, "resolved", "evil", "theirs", "ours", "base")
        #expect(histories.map(\.record.introduced?.summary) == ["merge side", "merge side", "theirs", "ours", "base"])
        #expect(histories.map(\.record.isInHead) == [true, true, false, false, false])
        #expect(histories[2].record.reachability == .references(["main", "side"]))
        #expect(histories[3].record.reachability == .references(["main"]))
    }

    @Test func aMergeDoesNotIntroduceWhatABranchBrought() throws {
        let story = RepositoryBuilder().commit("base", ["a": "1"])
        for name in ["x", "y", "z"] { story.checkout("main").branch(name).commit(name, ["dir/" + name: name]) }
        story.checkout("main").merge("x", "y", "z")
        let histories = try attribute(story, "x", "y", "z")
        #expect(histories.map(\.record.introduced?.summary) == ["x", "y", "z"])
        #expect(histories.allSatisfy { $0.record.isInHead && $0.record.removed == nil })
        #expect(histories[0].record.reachability == .references(["main", "x"]))
    }

    @Test func theOldestOfTwoIntroductionsWins() throws {
        let story = RepositoryBuilder().commit("base")
            .branch("side").commit("older", ["a": "1"]).checkout("main").commit("newer", ["b": "1"])
        let history = try attribute(story, "1")[0]
        #expect(history.record.introduced?.summary == "older")
        #expect(paths(history) == ["a", "b"])
        #expect(history.record.reachability == .references(["main", "side"]))
    }

    @Test func aCommitThatIsReachedIsToldOfRatherThanAnAmendedOne() throws {
        let story = RepositoryBuilder().commit("base").commit("before amending", ["a": "1"])
        story.git("commit", "--quiet", "--amend", "--message", "amended")
        #expect(try attribute(story, "1")[0].record.introduced?.summary == "amended")
    }

    @Test func tagsAndBranchesThatHeadDoesNotContainAreNamed() throws {
        let story = RepositoryBuilder().commit("base")
            .branch("temporary").commit("tagged", ["a": "1"]).tag("v1", "one").checkout("main")
        story.git("branch", "-D", "temporary")
        story.git("update-ref", "refs/pull/3/head", "v1^{commit}")
        let history = try attribute(story, "1")[0]
        #expect(history.record.reachability == .references(["pull/3/head", "v1"]))
        #expect(!history.record.isInHead && history.record.removed == nil)
    }

    @Test func ofManyReferencesTheFirstAreNamedAndAllAreCounted() throws {
        let story = RepositoryBuilder().commit("base", ["a": "1"])
        for (folder, count) in [("heads/b", 101), ("tags/t", 102), ("pull", 7)] {
            for number in 0..<count { story.git("update-ref", "refs/\(folder)\(number)", "HEAD") }
        }
        let history = try attribute(story, "1")[0]
        let names = if case .references(let names) = history.record.reachability { names } else { [String]() }
        #expect(names.count == 20 && names.first == "main")
        #expect(history.record.counts.references == 1 + 101 + 102 + 7)
        #expect(history.record.branches.count == 100 && history.record.counts.branches == 1 + 101)
        #expect(history.record.tags.count == 100 && history.record.counts.tags == 102)
    }

    @Test func notesAndTaggedBlobsAreReachable() throws {
        let story = RepositoryBuilder().commit("base")
        story.git("notes", "add", "--message", "noted")
        story.git("tag", "a-blob", story.store("tagged blob"))
        let histories = try attribute(story, "noted\n", "tagged blob")
        #expect(histories[0].record.reachability == .references(["notes/commits"]))
        #expect(histories[1].record.reachability == .references(["a-blob"]))
        #expect(histories[1].record.introduced == nil && histories[1].paths.isEmpty)
    }

    @Test func allStashesAreRecognised() throws {
        let story = RepositoryBuilder().commit("base", ["a": "0"])
        for number in 1...2 {
            story.stage(["s": "index \(number)"]).write(["s": "file \(number)", "u": "untracked \(number)"])
            story.git("stash", "push", "--quiet", "--include-untracked")
        }
        let histories = try attribute(story, "index 1", "file 1", "untracked 1", "index 2", "file 2", "untracked 2")
        #expect(histories.allSatisfy { $0.record.reachability == .stash })
        #expect(histories.allSatisfy { $0.record.introduced != nil && $0.paths.count == 1 })
    }

    @Test func aResetCommitIsInTheReflog() throws {
        let story = RepositoryBuilder().commit("base").commit("dropped", ["a": "1"])
        story.git("reset", "--quiet", "--hard", "HEAD~1")
        let history = try attribute(story, "1")[0]
        #expect(history.record.reachability == .reflog)
        #expect(history.record.introduced?.summary == "dropped")
        story.git("reflog", "expire", "--expire=now", "--all")
        let later = try attribute(story, "1")[0]
        #expect(later.record.reachability == .unreachable)
        #expect(later.record.introduced?.summary == "dropped")
        #expect(paths(later) == ["a"])
    }

    @Test func aBlobThatNoCommitNamesIsUnreachable() throws {
        let story = RepositoryBuilder().commit("base").stage(["staged": "staged"])
        story.store("loose")
        let histories = try attribute(story, "loose", "staged")
        #expect(
            histories[0]
                == BlobHistory(
                    Occurrence.History(
                        introduced: nil, removed: nil, isInHead: false, reachability: .unreachable, otherPaths: []),
                    paths: []))
        #expect(paths(histories[1]) == ["staged"])
        #expect(histories[1].record.introduced == nil)
    }

    @Test func aDetachedHeadAndLinkedWorktreesCount() throws {
        let story = RepositoryBuilder().commit("base")
        story.git("checkout", "--quiet", "--detach")
        story.commit("detached", ["a": "1"])
        story.git("worktree", "add", "--quiet", "--detach", "../linked", "main")
        story.sibling("linked").commit("in the worktree", ["b": "2"])
        let histories = try attribute(story, "1", "2")
        #expect(histories[0].record.reachability == .references(["HEAD"]))
        #expect(histories[1].record.reachability == .references(["HEAD of worktree linked"]))
    }

    @Test func manyBlobsArePlacedAtOnce() throws {
        let story = RepositoryBuilder()
        let files = Dictionary(uniqueKeysWithValues: (0..<600).map { ("d\($0 % 7)/f\($0)", "content \($0)") })
        story.commit("all", files)
        let ids = try story.git("ls-tree", "-r", "--object-only", "HEAD").split(separator: "\n").map {
            try #require(ObjectID(hex: $0))
        }
        let histories = try HistoryAttribution(repositoryPath: story.path, environment: nothing).attribute(Set(ids))
            .histories
        #expect(histories.count == 600)
        #expect(histories.values.allSatisfy { $0.record.isInHead && $0.record.reachability == .references(["main"]) })
    }

    @Test func inAShallowCloneTheBoundaryIntroduces() throws {
        let story = RepositoryBuilder().commit("one", ["a": "1"]).commit("two", ["b": "2"]).commit("three", ["c": "3"])
        story.git("clone", "--quiet", "--depth=2", "file://" + story.path, "../shallow")
        #expect(try attribute(story.sibling("shallow"), "1")[0].record.introduced?.summary == "two")
    }

    @Test func pathsOfAnyBytesSurvive() throws {
        let story = RepositoryBuilder()
        story.directory.write(Array(story.relative("bad\n").utf8) + [0xff], Array("odd".utf8))
        #expect(try attribute(story.commit("odd name"), "odd")[0].paths.map(\.bytes) == [Array("bad\n".utf8) + [0xff]])
    }

    @Test func askingForNothingCostsNothing() throws {
        #expect(
            try HistoryAttribution(repositoryPath: "/nonexistent", environment: nothing).attribute([]).histories.isEmpty
        )
        #expect(throws: SourceError.self) {
            try HistoryAttribution(repositoryPath: "/nonexistent", environment: nothing).attribute([.zero])
        }
    }
}
