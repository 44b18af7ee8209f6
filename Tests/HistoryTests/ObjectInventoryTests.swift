import Bytes
import Git
import SourceTestSupport
import TestSupport
import Testing

@testable import History

/// What a repository has is listed from packs where they can be read, and by the library otherwise: nothing is left out,
/// and nothing comes twice.
@Suite struct ObjectInventoryTests {
    /// How the objects are stored.
    enum Layout: CaseIterable {
        case onePack, overlappingPacks, packsAndLoose, packsAndTheSameLoose, multiPackIndex, indexOfVersionOne
        case packWithoutIndex, alternate
    }

    /// All objects, by what git lists.
    private struct Listed: Equatable {
        var blobs: [String] = []
        var commits: [String] = []
        var tags: [String] = []
        var treeCount = 0
    }

    private func listed(_ story: RepositoryBuilder) -> Listed {
        var listed = Listed()
        let lines = story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
        for line in lines.split(separator: "\n") {
            let id = String(line.prefix(40))
            switch line.dropFirst(41) {
            case "blob": listed.blobs.append(id)
            case "commit": listed.commits.append(id)
            case "tag": listed.tags.append(id)
            default: listed.treeCount += 1
            }
        }
        return listed
    }

    private func found(_ inventory: ObjectInventory) -> Listed {
        let unchecked = inventory.unchecked
        #expect(inventory.commitsToScan == inventory.commits && inventory.tagsToScan == inventory.tags)
        #expect(unchecked.commits == inventory.commits && unchecked.tags == inventory.tags)
        #expect(unchecked.packedTrees.count { $0 } == unchecked.packedTreeCount)
        return Listed(
            blobs: inventory.blobs.map(\.id.description).sorted(),
            commits: inventory.commits.map(\.description).sorted(),
            tags: inventory.tags.map(\.description).sorted(),
            treeCount: unchecked.trees.count + unchecked.packedTreeCount)
    }

    private func pack(_ ids: some Sequence<Substring>, _ story: RepositoryBuilder, in folder: String? = nil) throws {
        let folder = folder ?? story.path + "/.git/objects/pack"
        let outcome = Command.run(
            ["git", "pack-objects", "--quiet", folder + "/pack"], in: story.path,
            environment: RepositoryBuilder.environment(time: 0), input: ids.joined(separator: "\n") + "\n")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private func story(_ layout: Layout) throws -> RepositoryBuilder {
        let story = RepositoryBuilder()
        story.run(
            ["-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet"], input: HistoryWalkTests.stream(seed: 9))
        story.tag("v1", "first")
        let ids = story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split(separator: "\n")
        try #require(ids.count > 1000)
        let (third, half) = (ids.count / 3, ids.count / 2)
        switch layout {
        case .onePack: try pack(ids, story)
        case .overlappingPacks, .multiPackIndex, .indexOfVersionOne:
            for part in [ids[..<half], ids[third...], ids[half...]] { try pack(part, story) }
        case .packsAndLoose, .packsAndTheSameLoose: try pack(ids[third...], story)
        case .packWithoutIndex:
            // The library does not see such a pack either: what is in it must be elsewhere, too.
            try pack(ids[..<half], story)
            _ = Command.run(["sh", "-c", "rm -f .git/objects/pack/*.idx"], in: story.path)
            try pack(ids, story)
        case .alternate:
            let other = story.sibling("other")
            story.run(["init", "--quiet", "../other"])
            try pack(ids[..<half], story, in: other.path + "/.git/objects/pack")
            try pack(ids[third...], story)
            story.directory.write(
                story.relative(".git/objects/info/alternates"), other.path + "/.git/objects\n")
        }
        if layout != .packsAndTheSameLoose { story.git("prune-packed") }
        if layout == .multiPackIndex { story.git("multi-pack-index", "write") }
        if layout == .indexOfVersionOne {
            let script = "git index-pack --index-version=1 -o $0.idx.new $0 && mv -f $0.idx.new ${0%.pack}.idx"
            let first = "set -- .git/objects/pack/*.pack; exec sh -c '\(script)' $1"
            let outcome = Command.run(["sh", "-c", first], in: story.path)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        return story
    }

    @Test(arguments: Layout.allCases) func everyObjectIsListedOnce(layout: Layout) throws {
        let story = try story(layout)
        let expected = listed(story)
        try #require(expected.blobs.count > 200 && expected.tags.count == 1 && expected.treeCount > 200)
        let repository = try Repository.open(at: story.path, environment: nothing)
        let inventory = ObjectInventory(repository)
        #expect(inventory.failures.isEmpty && inventory.listingProblems.isEmpty)
        #expect(found(inventory) == expected)
        for id in (expected.blobs + expected.commits + expected.tags).compactMap({ ObjectID(hex: $0) }) {
            #expect(inventory.contains(id))
        }
        let folders = PackFolders(repository.objectDirectories)
        let others: Set<Layout> = [.multiPackIndex, .indexOfVersionOne, .packWithoutIndex]
        #expect(folders.isComplete == !others.contains(layout))
        #expect(try HistorySource(repositoryPath: story.path, environment: nothing).readAll().problems.isEmpty)
    }

    // MARK: With a cache

    /// What a cache knows when the second scan begins.
    enum Knowledge: CaseIterable {
        case clean, checked, checkedAndClean
    }

    @Test(arguments: Layout.allCases, Knowledge.allCases)
    func whatIsKnownIsListedOnceToo(layout: Layout, knowledge: Knowledge) throws {
        let story = try story(layout)
        let first = ObjectInventory(try Repository.open(at: story.path, environment: nothing))
        let key = CacheKey(Array(repeating: 7, count: 32))
        var cache = ScanCache.open(gitDirectory: story.path + "/.git", key: key)
        let (isClean, isChecked) = (knowledge != .checked, knowledge != .clean)
        if isClean {
            cache.record(first.blobs.map(\.id), as: .cleanBlob)
            cache.record(first.commits, as: .cleanCommit)
            cache.record(first.tags, as: .cleanTag)
        }
        if isChecked {
            // Without a cache the names of packs may not have been asked for.
            let inventory = ObjectInventory(
                try Repository.open(at: story.path, environment: nothing), cache: cache)
            if let stores = inventory.checkedStores(gaps: []) { cache.record(stores) }
        }
        try #require(cache.save())
        try expectInventory(of: story, key, new: isClean ? [] : nil, unchecked: isChecked ? 0 : nil)
        story.commit("new", ["new": "new words\n"])
        let new = ["new words\n"].map { story.blob($0) } + [story.id("HEAD")]
        let inventory = try expectInventory(of: story, key, new: isClean ? new : nil, unchecked: isChecked ? 1 : nil)
        if knowledge == .checkedAndClean { #expect(inventory.packed == nil) }
        if knowledge == .clean { #expect(inventory.packed != nil) }
    }

    /// - Parameters:
    ///   - new: Which blobs and commits are to be scanned; `nil`: all.
    ///   - uncheckedCount: How many trees are to be asked; `nil`: all.
    @discardableResult
    private func expectInventory(
        of story: RepositoryBuilder, _ key: CacheKey, new: [String]?, unchecked uncheckedCount: Int?
    ) throws -> ObjectInventory {
        let expected = listed(story)
        let cache = ScanCache.open(gitDirectory: story.path + "/.git", key: key)
        let inventory = ObjectInventory(try Repository.open(at: story.path, environment: nothing), cache: cache)
        #expect(inventory.failures.isEmpty && inventory.listingProblems.isEmpty)
        let blobs = inventory.blobs.map(\.id.description)
        #expect((blobs + inventory.cleanBlobs.map(\.description)).sorted() == expected.blobs)
        #expect(inventory.commits.map(\.description).sorted() == expected.commits)
        #expect(inventory.tags.map(\.description) == expected.tags)
        #expect(inventory.tagsToScan.count == (new == nil ? expected.tags.count : 0))
        let scanned = (blobs + inventory.commitsToScan.map(\.description)).sorted()
        #expect(scanned == (new ?? expected.blobs + expected.commits).sorted())
        let unchecked = inventory.unchecked
        #expect(unchecked.trees.count + unchecked.packedTreeCount == uncheckedCount ?? expected.treeCount)
        #expect(unchecked.commits.count == uncheckedCount ?? expected.commits.count)
        for id in (expected.blobs + expected.commits + expected.tags).compactMap({ ObjectID(hex: $0) }) {
            #expect(inventory.contains(id))
        }
        #expect(!inventory.contains(try #require(ObjectID(hex: String(repeating: "5", count: 40)))))
        return inventory
    }
}
