import Bytes
import Git
import SourceTestSupport
import TestSupport
import Testing

@testable import History

/// What was missing is missing until it is back, however little is asked again.
@Suite struct RememberedGapTests {
    private let key = CacheKey(Array(repeating: 7, count: 32))

    private func problems(_ story: RepositoryBuilder, _ key: CacheKey?, _ blobs: [String]) throws -> [String] {
        let plan = try HistorySource(repositoryPath: story.path, cacheKey: key, environment: nothing).plan()
        let outcome = try plan.attribution.attribute(Set(blobs.compactMap { ObjectID(hex: $0) }))
        if var cache = plan.cache {
            outcome.note(in: &cache)
            cache.save()
        }
        return (plan.contents.problems + outcome.problems).map { "\($0.subject): \($0.message)" }
    }

    /// Asks again and again, for nothing but gaps and for where blobs belong, too.
    @discardableResult
    private func expectSameProblems(
        _ story: RepositoryBuilder, _ blobs: [String], _ sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [String] {
        let plain = try problems(story, nil, blobs)
        for asked in [blobs, [], blobs, []] {
            #expect(try problems(story, key, asked) == plain, sourceLocation: sourceLocation)
        }
        return plain
    }

    /// How many objects are asked what they name.
    private func uncheckedCount(_ story: RepositoryBuilder) throws -> Int {
        let cache = ScanCache.open(gitDirectory: story.path + "/.git", key: key)
        let unchecked = ObjectInventory(try Repository.open(at: story.path, environment: nothing), cache: cache)
            .unchecked
        return unchecked.trees.count + unchecked.packedTreeCount + unchecked.commits.count + unchecked.tags.count
    }

    private func pack(_ story: RepositoryBuilder) throws {
        let script = """
            git cat-file --batch-all-objects --batch-check='%(objectname)' |
                git pack-objects -q .git/objects/pack/pack && git prune-packed
            """
        try #require(Command.run(["sh", "-c", script], in: story.path).status == 0)
    }

    @Test(arguments: [false, true]) func gapsStayUntilTheyAreFilled(isPacked: Bool) throws {
        let story = RepositoryBuilder()
        story.run(
            ["-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet"], input: HistoryWalkTests.stream(seed: 21)
        )
        story.tag("v1", "first")
        let blobs = ["main", "side~5", "main~12"].map { revision in
            story.git("ls-tree", "-r", revision).split(separator: "\n").first.map {
                String($0.dropFirst(12).prefix(40))
            }
                ?? ""
        }
        let lost = [blobs[2], story.id("main~9"), story.id("main~6^{tree}"), story.id("v1^{tree}")]
        let files = lost.map { story.looseObject($0) }
        let contents = files.map { story.directory.read($0) }
        try #require(contents.allSatisfy { !$0.isEmpty })
        for file in files { story.directory.remove(file) }
        if isPacked { try pack(story) }
        let first = try expectSameProblems(story, blobs)
        #expect(first.count == Set(lost).count)
        #expect(try uncheckedCount(story) <= lost.count)

        // What is new may name what is missing, too.
        story.git("update-index", "--add", "--cacheinfo", "100644,\(lost[0]),again")
        let tree = story.git("write-tree", "--missing-ok")
        story.git("update-ref", "refs/heads/again", story.git("commit-tree", "-m", "again", tree))
        let later = story.store("more")
        story.git("tag", "later", later)
        #expect(try expectSameProblems(story, blobs).count == first.count)

        // More gets lost.
        let tip = story.git("commit-tree", "-m", "more", "again^{tree}", "-p", "again")
        story.git("update-ref", "refs/heads/more", tip)
        #expect(try expectSameProblems(story, blobs).count == first.count)
        let again = story.looseObject(story.id("again"))
        let content = story.directory.read(again)
        story.directory.remove(again)
        #expect(try expectSameProblems(story, blobs).count > first.count)
        story.directory.write(Array(again.utf8), content)

        // One comes back, then all.
        story.directory.write(Array(files[0].utf8), contents[0])
        #expect(try expectSameProblems(story, blobs).count == first.count - 1)
        for (file, content) in zip(files, contents) { story.directory.write(Array(file.utf8), content) }
        #expect(try expectSameProblems(story, blobs).isEmpty)
        #expect(try uncheckedCount(story) == 0)
        if isPacked {
            // Other packs.
            story.git("repack", "-adq")
            #expect(try expectSameProblems(story, blobs).isEmpty)
        }
    }
}
