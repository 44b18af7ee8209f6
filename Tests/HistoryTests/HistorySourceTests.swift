import Git
import History
import Platform
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct HistorySourceTests {
    private func read(_ story: RepositoryBuilder, maximumSize: Int = 1 << 20) throws -> HistoryReading {
        try HistorySource(repositoryPath: story.path, environment: nothing).readAll(maximumSize: maximumSize)
    }

    private func removeLoose(_ story: RepositoryBuilder, _ id: String) {
        story.directory.remove(story.looseObject(id))
    }

    /// One blob in each place that git remembers.
    private func everywhere() -> RepositoryBuilder {
        let story = RepositoryBuilder()
            .commit("first", ["deleted": "deleted later", "f": "base"]).commit("delete", ["deleted": nil])
            .branch("side").commit("theirs", ["f": "theirs", "side": "on a branch"])
            .checkout("main").commit("ours", ["f": "ours"])
            .merge("side", resolving: ["f": "merge's own"])
        story.branch("tagged").commit("tagged only", ["t": "behind a tag"]).tag("v1", "a tag's message")
        story.checkout("main").git("branch", "-D", "tagged")
        story.commit("amended", ["r": "in the reflog"])
        story.write(["r": "amended"]).git("add", "r")
        story.git("commit", "--quiet", "--amend", "--no-edit")
        story.stage(["s": "stashed index"]).write(["s": "stashed file", "u": "stashed untracked"])
        story.git("stash", "push", "--quiet", "--include-untracked")
        story.stage(["only": "only staged"])
        story.git("notes", "add", "--message", "a note", "HEAD")
        story.store("reached by nothing")
        return story
    }

    private let everything = [
        // git keeps the conflict as it showed it, for `rerere` and `AUTO_MERGE`.
        "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\n",
        "a note\n", "amended", "base", "behind a tag", "deleted later", "in the reflog", "merge's own", "on a branch",
        "only staged", "ours", "reached by nothing", "stashed file", "stashed index", "stashed untracked", "theirs",
    ]

    @Test func everyPlaceThatGitRemembersIsRead() throws {
        let reading = try read(everywhere())
        #expect(reading.blobs == everything)
        #expect(reading.problems.isEmpty && reading.omissions.isEmpty)
    }

    @Test func packingChangesNothing() throws {
        let story = everywhere()
        story.git("repack", "-a", "-d", "-k", "--quiet")
        story.git("pack-refs", "--all")
        story.git("multi-pack-index", "write")
        #expect(try read(story).blobs == everything)
        story.commit("loose and packed", ["x": "loose"])
        #expect(try read(story).blobs == (everything + ["loose"]).sorted())
    }

    @Test func everyObjectOfGitsOwnListIsCovered() throws {
        let story = everywhere()
        let lines = story.git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)").split(
            separator: "\n")
        func ids(_ kind: String) -> Set<String> {
            Set(lines.filter { $0.hasPrefix(kind) }.map { String($0.suffix(40)) })
        }
        let plan = try read(story).plan.contents
        var covered: [String: Set<String>] = [:]
        for item in plan.items {
            switch item.origin {
            case .blob(let id): covered["blob", default: []].insert(id.description)
            case .commitMessage(let id): covered["commit", default: []].insert(id.description)
            case .tagMessage(let id): covered["tag", default: []].insert(id.description)
            default: break
            }
        }
        for kind in ["blob", "commit", "tag"] { #expect(covered[kind] == ids(kind)) }
        #expect(plan.commitCount == ids("commit").count)
        #expect(Set(plan.items).count == plan.items.count)
    }

    @Test func messagesPeopleAndNamesAreRead() throws {
        let story = RepositoryBuilder().commit("subject\n\nsecret in a message").tag("v1", "secret in a tag")
        story.git("branch", "secret-in-a-branch")
        let reading = try read(story)
        #expect(reading.messages.contains("secret in a message"))
        #expect(reading.messages.contains("author Ada <ada@example.org>"))
        #expect(reading.messages.contains("committer Bob <bob@example.org>"))
        #expect(!reading.messages.contains("tree "))
        let others = reading.contents.filter { $0.item.origin == .referenceNames }.map(\.text)
        #expect(others.first?.contains("refs/heads/secret-in-a-branch") == true)
        let tag = try #require(reading.contents.first { if case .tagMessage = $0.item.origin { true } else { false } })
        #expect(tag.text.contains("secret in a tag"))
        #expect(tag.text.contains("tagger Bob"))
    }

    @Test func signaturesAreLeftOutAndUnknownHeadersAreNot() throws {
        let story = RepositoryBuilder().commit("first")
        let raw = """
            tree \(story.id("HEAD^{tree}"))
            author A <a> 1 +0000
            committer A <a> 1 +0000
            gpgsig -----BEGIN
             AAAABBBB
             -----END
            strange header
             continued

            message
            """
        story.run(["hash-object", "-t", "commit", "-w", "--stdin"], input: raw)
        let messages = try read(story).messages
        #expect(messages.contains("strange header\n continued\n\nmessage"))
        #expect(!messages.contains("AAAABBBB"))
    }

    @Test func objectsOfAlternatesAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "lent"])
        story.git("clone", "--quiet", "--shared", story.path, "../borrowing")
        let clone = story.sibling("borrowing").commit("own", ["b": "own"])
        #expect(try read(clone).blobs == ["lent", "own"])
    }

    @Test func bareAndLinkedRepositoriesAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        story.git("clone", "--quiet", "--bare", story.path, "../bare")
        story.git("worktree", "add", "--quiet", "../linked", "-b", "side")
        for name in ["bare", "linked"] { #expect(try read(story.sibling(name)).blobs == ["1"]) }
    }

    @Test func anEmptyRepositoryIsCleanAndEmpty() throws {
        for options in [[], ["--bare"]] {
            let reading = try read(RepositoryBuilder(options: options))
            #expect(reading.plan.contents.items.isEmpty)
            #expect(reading.plan.contents.commitCount == 0)
            #expect(reading.problems.isEmpty)
        }
    }

    @Test func anEmptyTreeAndBlobAreNotMissing() throws {
        let story = RepositoryBuilder().commit("nothing at all")
        let empty = story.id("HEAD^{tree}")
        if access(story.directory(story.looseObject(empty)), F_OK) == 0 { removeLoose(story, empty) }
        #expect(try read(story).problems.isEmpty)
    }

    @Test func whatIsNoRepositoryIsWrongUsage() {
        let folder = TemporaryDirectory()
        let error = #expect(throws: SourceError.self) {
            try HistorySource(repositoryPath: folder.path, environment: nothing).plan()
        }
        #expect(error?.subject == folder.path)
    }

    @Test func idsOfSHA256AreCut() throws {
        let story = RepositoryBuilder(options: ["--object-format=sha256"]).commit("first", ["a": "one"])
        story.commit("second", ["a": "two"]).tag("v1", "a tag")
        let reading = try read(story)
        #expect(reading.blobs.sorted() == ["one", "two"])
        #expect(reading.problems.isEmpty)
    }

    @Test func largeBlobsAreOmittedWithoutBeingRead() throws {
        let story = RepositoryBuilder().commit("first", ["small": "1", "large": String(repeating: "x", count: 1000)])
        let reading = try read(story, maximumSize: 999)
        #expect(reading.blobs == ["1"])
        #expect(reading.omitted(.tooLarge).count == 1)
    }

    @Test func submodulesAreNamed() throws {
        let inner = RepositoryBuilder("inner").commit("inner", ["file": "inner"])
        let outer = inner.sibling("outer")
        inner.git("init", "--quiet", "--initial-branch=main", outer.path)
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "deep/sub")
        outer.commit("add submodule")
        let reading = try read(outer)
        #expect(reading.omitted(.submodule) == ["deep/sub"])
        #expect(reading.problems.isEmpty)
    }

    // MARK: Damage and gaps

    @Test func aCorruptLooseObjectIsNamedAndTheRestIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "good", "b": "bad"])
        let bad = story.blob("bad")
        removeLoose(story, bad)
        story.directory.write(story.looseObject(bad), "this is not zlib data")
        let reading = try read(story)
        #expect(reading.blobs == ["good"])
        #expect(reading.problems.map(\.subject) == [bad])
    }

    @Test(.timeLimit(.minutes(1))) func anObjectWhoseContentIsCutOffIsNamedWhenItIsRead() throws {
        let story = RepositoryBuilder()
        let text = (0..<2000).map { "line \($0)\n" }.joined()
        story.commit("first", ["a": "good", "b": text])
        let file = story.looseObject(story.blob(text))
        let whole = story.directory.read(file)
        story.directory.remove(file)
        story.directory.write(Array(file.utf8), Array(whole.prefix(whole.count / 2)))
        let reading = try read(story)
        #expect(reading.blobs == ["good"])
        #expect(reading.problems.count == 1)
        #expect(reading.problems.first?.subject.contains(story.blob(text)) == true)
    }

    @Test func aMissingBlobIsNamedWithWhatNamesIt() throws {
        let story = RepositoryBuilder().commit("first", ["a": "here", "b": "lost"])
        removeLoose(story, story.blob("lost"))
        let reading = try read(story)
        #expect(reading.blobs == ["here"])
        #expect(reading.problems.map(\.subject) == [story.blob("lost")])
        #expect(reading.problems.first?.message.contains(story.id("HEAD^{tree}")) == true)
    }

    @Test func manyMissingObjectsAreNamedInPartAndCounted() throws {
        let files = Dictionary(uniqueKeysWithValues: (0..<50).map { ("f\($0)", "content \($0)") })
        let story = RepositoryBuilder().commit("first", files)
        for content in files.values { removeLoose(story, story.blob(content)) }
        let problems = try read(story).problems
        #expect(problems.count == 21)
        #expect(problems.last?.message.hasPrefix("30 more") == true)
    }

    @Test func aLostParentIsAProblem() throws {
        let story = RepositoryBuilder().commit("first").commit("second", ["a": "1"])
        let parent = story.id("HEAD~1")
        removeLoose(story, parent)
        #expect(try read(story).problems.contains { $0.subject == parent })
    }

    @Test func aTruncatedPackIsAProblemAndOtherPacksAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "in the bad pack"])
        story.git("repack", "-d", "--quiet")
        let bad = Command.run(["sh", "-c", "ls .git/objects/pack/*.pack"], in: story.path).output.prefix { $0 != "\n" }
        story.commit("second", ["b": "in the good pack"])
        story.git("repack", "-d", "--quiet")
        let whole = story.directory.read(story.relative(String(bad)))
        _ = Command.run(["chmod", "u+w", String(bad)], in: story.path)
        truncate(story.path + "/" + bad, off_t(whole.count / 2))
        let reading = try read(story)
        #expect(reading.blobs == ["in the good pack"])
        #expect(!reading.problems.isEmpty)
    }

    @Test func aDamagedPackIndexIsAProblemAndOtherPacksAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "in the bad pack"])
        story.git("repack", "-d", "--quiet")
        let bad = String(
            Command.run(["sh", "-c", "ls .git/objects/pack/*.idx"], in: story.path).output.prefix { $0 != "\n" })
        story.commit("second", ["b": "in the good pack"])
        story.git("repack", "-d", "--quiet")
        story.directory.remove(story.relative(bad))
        story.directory.write(story.relative(bad), "no index")
        let reading = try read(story)
        #expect(reading.blobs == ["in the good pack"])
        #expect(reading.problems.contains { $0.subject.hasSuffix(".idx") })
    }

    @Test func aShallowCloneIsIncomplete() throws {
        let story = RepositoryBuilder().commit("one", ["a": "1"]).commit("two", ["a": "2"]).commit("three", ["a": "3"])
        story.git("clone", "--quiet", "--depth=2", "file://" + story.path, "../shallow")
        let reading = try read(story.sibling("shallow"))
        #expect(reading.blobs == ["2", "3"])
        #expect(reading.problems.map(\.advice) == ["git fetch --unshallow"])
        #expect(reading.problems[0].subject == "commit \(story.id("HEAD~1"))")
    }

    @Test func aPartialCloneSaysHowManyObjectsItLacks() throws {
        let story = RepositoryBuilder().commit("one", ["a": "1", "b": "2"]).commit("two", ["a": "3"])
        story.git("config", "uploadpack.allowFilter", "true")
        story.git("clone", "--quiet", "--bare", "--filter=blob:none", "file://" + story.path, "../partial")
        let reading = try read(story.sibling("partial"))
        #expect(reading.blobs.isEmpty)
        #expect(reading.problems.count == 1)
        #expect(reading.problems[0].subject == "3 objects")
        #expect(reading.problems[0].advice?.contains("git fetch --refetch") == true)
    }

    @Test func referencesThatLeadNowhereAreProblems() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        story.directory.write(story.relative(".git/refs/heads/broken"), "no id\n")
        story.directory.write(story.relative(".git/refs/tags/dangling"), String(repeating: "1", count: 40) + "\n")
        let reading = try read(story)
        #expect(reading.blobs == ["1"])
        #expect(Set(reading.problems.map(\.subject)) == ["refs/heads/broken", "refs/tags/dangling"])
    }
}
