import Git
import TestSupport
import Testing

/// What is staged is the same whoever reads the index: our own reader, which looks only at folders that differ, or the library,
/// which looks at each entry.
@Suite struct StagedEntriesTests {
    private func open(_ story: RepositoryBuilder) throws -> Repository {
        try Repository.open(at: story.path, environment: GitEnvironment(currentDirectory: "/"))
    }

    private func paths(_ entries: [IndexEntry]) -> [String] { entries.map { String(decoding: $0.path, as: UTF8.self) } }

    /// - Returns: What is staged, once both readers agree.
    @discardableResult
    private func staged(_ story: RepositoryBuilder) throws -> [IndexEntry] {
        let repository = try open(story)
        // The library leaves submodules out.
        let own = try repository.stagedEntries()
        let theirs = try repository.stagedEntries(by: .library)
        #expect(own.filter { !$0.mode.isSubmodule } == theirs.filter { !$0.mode.isSubmodule })
        return own
    }

    private static let files = [
        "a": "1", "a.b": "2", "a-b/c": "3", "dir/file": "4", "dir.x": "5", "dir/sub/one": "6", "dir/sub/two": "7",
        "dir0/x": "8", "z/y/x/w": "9", "ü/ß": "10",
    ]

    /// What is done, each behind the ones before it.
    private static let changes: [[String]] = [
        [], ["mv", "a", "b"], ["rm", "--cached", "-q", "dir/sub/one"], ["update-index", "--chmod=+x", "a.b"],
        ["rm", "-rq", "--cached", "dir0"], ["mv", "dir/file", "dir0"], ["write-tree"],
        ["update-index", "--skip-worktree", "z/y/x/w"], ["rm", "-rfq", "--cached", "."],
    ]

    @Test(arguments: [2, 3, 4]) func bothReadersAgree(_ version: Int) throws {
        let story = RepositoryBuilder().commit("first", Self.files)
        story.git("update-index", "--index-version", "\(version)")
        for change in Self.changes {
            if !change.isEmpty { story.run(change) }
            try staged(story)
            story.write(["dir/sub/new-\(change.count)": "x", "new/\(change.count)/deep": "y", "announced": "1"])
            story.git("add", "dir/sub", "new")
            story.git("add", "--intent-to-add", "announced")
            #expect(try staged(story).contains { $0.isIntentToAdd })
            story.run(["rm", "-rfq", "--cached", "announced"])
        }
    }

    /// A folder takes the place of a file, and a file that of a folder.
    @Test func filesAndFoldersChangePlaces() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1", "b/c": "2", "b/d": "3", "c": "4"])
        story.git("rm", "-rq", "a", "b")
        story.write(["a/c": "1", "b": "2"]).git("add", ".")
        #expect(paths(try staged(story)) == ["a/c", "b"])
    }

    @Test func beforeTheFirstCommitEverythingIsStaged() throws {
        let story = RepositoryBuilder().stage(Self.files)
        #expect(try staged(story).count == Self.files.count)
        #expect(try staged(RepositoryBuilder()).isEmpty)
    }

    @Test func eachSideOfAConflictIsStaged() throws {
        let story = RepositoryBuilder().commit("base", ["d/f": "base", "d/g": "1"]).branch("side").commit(
            "theirs", ["d/f": "theirs"])
        story.checkout("main").commit("ours", ["d/f": "ours"]).run(["merge", "side"], allowsFailure: true)
        #expect(try staged(story).map(\.stage) == [1, 2, 3])
    }

    /// Trees that the index notes are those of the index, and may be others than HEAD's.
    @Test func treesThatAreNotedAreComparedWithHead() throws {
        let story = RepositoryBuilder().commit("first", Self.files)
        story.write(["dir/sub/one": "changed"]).git("add", ".")
        story.git("write-tree")
        #expect(paths(try staged(story)) == ["dir/sub/one"])
        story.git("commit", "-qm", "second")
        #expect(try staged(story).isEmpty)
        story.git("reset", "-q", "--soft", "HEAD~1")
        #expect(paths(try staged(story)) == ["dir/sub/one"])
        // An index without such trees.
        story.git("read-tree", "--empty")
        story.git("add", ".")
        #expect(paths(try staged(story)) == ["dir/sub/one"])
    }

    @Test func longPathsAndManyFoldersAreRead() throws {
        let long = Array(repeating: String(repeating: "x", count: 200), count: 15).joined(separator: "/")
        let blob = RepositoryBuilder().blob("1")
        var lines = "100644 \(blob) 0\t\(long)/file\n"
        for number in 0..<3_000 { lines += "100644 \(blob) 0\tf\(number % 61)/g\(number % 7)/\(number)\n" }
        for version in ["2", "4"] {
            let story = RepositoryBuilder().stage(["1": "1"])
            story.run(["update-index", "--add", "--index-info"], input: lines)
            story.git("update-index", "--index-version", version)
            story.git("commit", "-qm", "first")
            story.run(["update-index", "--add", "--index-info"], input: "100755 \(blob) 0\tf3/g3/3\n")
            #expect(paths(try staged(story)) == ["f3/g3/3"])
            let repository = try open(story)
            #expect(try repository.stagedBlob(at: "f3/g3/3")?.description == blob)
            #expect(try repository.stagedBlob(at: "f3/g3") == nil && repository.stagedBlob(at: "0") == nil)
            #expect(try repository.stagedBlob(at: long + "/file") != nil)
        }
    }

    /// Longer than the length that stands with a path; the library takes such an index for a damaged one.
    @Test(arguments: ["2", "3", "4"]) func pathsOfAnyLengthAreRead(_ version: String) throws {
        let long = Array(repeating: String(repeating: "x", count: 200), count: 22).joined(separator: "/") + "/file"
        let story = RepositoryBuilder().stage(["1": "1", "z": "2"])
        story.run(["update-index", "--add", "--index-info"], input: "100644 \(story.blob("1")) 0\t\(long)\n")
        story.git("update-index", "--index-version", version)
        #expect(paths(try open(story).stagedEntries()) == ["1", long, "z"])
        #expect(try open(story).stagedBlob(at: long)?.description == story.blob("1"))
    }

    @Test func aStagedSubmoduleIsAmongThem() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        let commit = story.id("HEAD")
        story.run(["update-index", "--add", "--cacheinfo", "160000,\(commit),sub"])
        #expect(try staged(story).map(\.mode.isSubmodule) == [true])
    }

    /// `index.skipHash`: git writes no sum, and reads none.
    @Test func anIndexWithoutASumIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).stage(["b": "2"])
        let path = story.relative(".git/index")
        let bytes = story.directory.read(path)
        story.directory.write(Array(path.utf8), bytes.dropLast(20) + [UInt8](repeating: 0, count: 20))
        #expect(paths(try open(story).stagedEntries()) == ["b"])
    }

    /// Cut off anywhere, or with a byte changed, it is an error, or read as the library reads it.
    @Test func aDamagedIndexMisleadsNobody() throws {
        let story = RepositoryBuilder().commit("first", Self.files).stage(["b": "2", "dir/n": "3"])
        let path = story.relative(".git/index")
        let bytes = story.directory.read(path)
        for position in stride(from: 0, to: bytes.count, by: 7) {
            for damaged in [
                Array(bytes[..<position]), bytes[..<position] + [bytes[position] ^ 0x41] + bytes[(position + 1)...],
            ] {
                story.directory.write(Array(path.utf8), damaged)
                let repository = try open(story)
                #expect(throws: GitError.self) { try repository.stagedEntries() }
            }
        }
    }
}
