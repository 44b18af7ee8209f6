import Bytes
import Git
import TestSupport
import Testing

@Suite struct ObjectTests {
    // MARK: Objects

    private func open(_ story: RepositoryBuilder) throws -> Repository {
        try Repository.open(at: story.path, environment: GitEnvironment(currentDirectory: "/"))
    }

    private func id(_ story: RepositoryBuilder, _ revision: String) throws -> ObjectID {
        try #require(ObjectID(hex: story.id(revision)))
    }

    @Test func everyObjectIsListed() throws {
        let story = RepositoryBuilder().commit("packed", ["a": "1", "b/c": "2"])
        story.git("gc", "--quiet")
        story.commit("loose", ["a": "3"]).store("unreachable")
        story.git("clone", "--quiet", "--shared", story.path, "../borrowing")
        let clone = story.sibling("borrowing").commit("own", ["d": "4"])
        for story in [story, clone] {
            var listed: Set<String> = []
            let failures = try open(story).objects.forEach { listed.insert($0.description) }
            #expect(failures.isEmpty)
            let expected = story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
            #expect(listed == Set(expected.split(separator: "\n").map(String.init)))
        }
    }

    @Test func onePackIsListedByItsIndex() throws {
        let story = RepositoryBuilder().commit("packed", ["a": "1"])
        story.git("gc", "--quiet")
        let index = try #require(
            Command.run(["sh", "-c", "ls .git/objects/pack/*.idx"], in: story.path).output.split(separator: "\n").first)
        var count = 0
        _ = try open(story)
        try ObjectDatabase.forEachObject(ofPackIndex: story.path + "/" + index) { _ in count += 1 }
        #expect(count == 3)
    }

    @Test func headersAndContentsAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["file": "content"])
        let objects = try open(story).objects
        let blob = try id(story, "HEAD:file")
        #expect(try objects.header(of: blob) == (.blob, 7))
        #expect(try objects.header(of: id(story, "HEAD")).kind == .commit)
        #expect(try objects.withBlob(blob) { Array($0) } == Array("content".utf8))
        #expect(objects.contains(blob))
        #expect(!objects.contains(.zero))
    }

    @Test func anEmptyBlobIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["file": ""])
        #expect(try open(story).objects.withBlob(id(story, "HEAD:file")) { $0.count } == 0)
    }

    @Test func aMissingObjectIsNotFound() throws {
        let story = RepositoryBuilder()
        let repository = try open(story)
        let missing = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
        let error = #expect(throws: GitError.self) { try repository.objects.withBlob(missing) { _ in } }
        #expect(error?.kind == .notFound)
        #expect(error?.subject == missing.description)
        #expect(error?.operation == "read object")
        #expect(error?.description.contains(missing.description) == true)
    }

    @Test func aCorruptLooseObjectIsCorrupt() throws {
        let story = RepositoryBuilder().commit("first", ["file": "content"])
        let blob = try id(story, "HEAD:file")
        story.directory.remove(story.looseObject(blob.description))
        story.directory.write(story.looseObject(blob.description), "this is not zlib data")
        let error = try #require(throws: GitError.self) { try open(story).objects.header(of: blob) }
        #expect(error.kind == .corrupt)
        #expect(error.category != "libgit2")
    }

    @Test(.timeLimit(.minutes(1))) func aLooseObjectThatIsCutOffIsCorruptAndDoesNotHang() throws {
        let story = RepositoryBuilder()
        let text = (0..<5000).map { "line \($0)\n" }.joined()
        story.commit("first", ["file": text])
        let blob = try id(story, "HEAD:file")
        let file = story.looseObject(blob.description)
        let whole = story.directory.read(file)
        for count in [0, 1, 5, whole.count / 2, whole.count - 1] {
            story.directory.remove(file)
            story.directory.write(Array(file.utf8), Array(whole.prefix(count)))
            let error = #expect(throws: GitError.self) { try open(story).objects.withBlob(blob) { _ in } }
            #expect(error?.kind == .corrupt)
        }
        let commit = try id(story, "HEAD")
        let commitFile = story.looseObject(commit.description)
        let head = story.directory.read(commitFile)
        story.directory.remove(commitFile)
        story.directory.write(Array(commitFile.utf8), Array(head.prefix(head.count / 2)))
        #expect(throws: GitError.self) { try open(story).resolveCommit("HEAD~0") }
    }

    @Test func aLooseObjectOfSeveralMegabytesIsRead() throws {
        let story = RepositoryBuilder()
        let text = (0..<300_000).map { "line \($0)\n" }.joined()
        story.commit("first", ["file": text])
        #expect(try open(story).objects.withBlob(id(story, "HEAD:file")) { $0.elementsEqual(text.utf8) })
    }

    @Test func abbreviatedIDsOfLooseObjectsAreResolved() throws {
        let story = RepositoryBuilder().commit("first", ["file": "1"])
        let commit = try id(story, "HEAD")
        #expect(try open(story).resolve(String(commit.description.prefix(9))) == commit)
        #expect(throws: GitError.self) { try open(story).resolve("0000000") }
    }

    @Test func aTreeIsNoBlob() throws {
        let story = RepositoryBuilder().commit("first", ["file": "content"])
        let error = try #require(throws: GitError.self) {
            try open(story).objects.withBlob(id(story, "HEAD^{tree}")) { _ in }
        }
        #expect(error.message.contains("not a blob"))
    }

    @Test func commitsHaveTheirFields() throws {
        let story = RepositoryBuilder().commit("first").branch("side").commit("on side", ["a": "1"]).checkout("main")
        story.commit("on main", ["b": "1"]).merge("side")
        story.git("commit", "--quiet", "--allow-empty", "--message", "\n\nsubject line\n\nbody\n")
        let commit = try open(story).commit(id(story, "HEAD"))
        #expect(commit.summary == "subject line")
        #expect(commit.author.name == "Ada")
        #expect(commit.author.email == "ada@example.org")
        #expect(commit.author.offsetMinutes == 120)
        #expect(commit.committer.name == "Bob")
        #expect(commit.committer.offsetMinutes == 0)
        #expect(commit.author.time == Int(story.git("show", "--no-patch", "--format=%at")))
        #expect(String(decoding: commit.message, as: UTF8.self) == "subject line\n\nbody\n")
        #expect(commit.tree == (try id(story, "HEAD^{tree}")))
        let merge = try open(story).commit(id(story, "HEAD~1"))
        #expect(merge.parents == [try id(story, "HEAD~1^1"), try id(story, "HEAD~1^2")])
    }

    @Test func damagedAuthorsDoNotHideACommit() throws {
        let story = RepositoryBuilder().commit("first")
        let tree = story.id("HEAD^{tree}")
        let raw =
            "tree \(tree)\nauthor no brackets\ncommitter X <x <y>> not-a-number\nodd header\n continued\n\nmessage"
        let made = story.run(["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], input: raw).output.prefix(
            40)
        let commit = try open(story).commit(#require(ObjectID(hex: made)))
        #expect(commit.author.name == "no brackets")
        #expect(commit.committer.time == 0)
        #expect(commit.summary == "message")
    }

    @Test func tagsHaveTheirFieldsAndArePeeled() throws {
        let story = RepositoryBuilder().commit("first").tag("v1", "the message")
        story.git("tag", "--annotate", "v2", "v1", "--message", "tag of a tag")
        let repository = try open(story)
        let tag = try repository.tag(id(story, "v1"))
        #expect(tag.name == "v1")
        #expect(tag.tagger?.email == "bob@example.org")
        #expect(tag.targetKind == .commit)
        #expect(String(decoding: tag.message, as: UTF8.self) == "the message\n")
        let peeled = try repository.peel(id(story, "v2"))
        #expect(peeled == (try id(story, "HEAD"), .commit))
    }

    @Test func treesHaveNamesOfAnyBytes() throws {
        let story = RepositoryBuilder()
        story.directory.write(Array(story.relative("line\nbreak").utf8), [1])
        story.directory.write(Array(story.relative("bad").utf8) + [0xff], [2])
        story.commit("odd names", ["folder/file": "3"])
        let entries = try open(story).tree(id(story, "HEAD^{tree}"))
        #expect(
            Set(entries.map(\.name)) == [Array("line\nbreak".utf8), Array("bad".utf8) + [0xff], Array("folder".utf8)])
        #expect(entries.filter(\.mode.isTree).map(\.name) == [Array("folder".utf8)])
        #expect(entries.filter(\.mode.isFile).count == 2)
    }
}
