import Bytes
import Git
import TestSupport
import Testing

@Suite struct HeadAndReferenceTests {
    private func open(_ story: RepositoryBuilder) throws -> Repository {
        try Repository.open(at: story.path, environment: GitEnvironment(currentDirectory: "/"))
    }

    @Test func headIsUnbornBeforeTheFirstCommit() throws {
        let story = RepositoryBuilder()
        let repository = try open(story)
        #expect(try repository.head == .unborn(branch: "refs/heads/main"))
        #expect(try repository.head.commit == nil)
        #expect(try repository.headTree() == nil)
        #expect(try repository.isEmpty)
    }

    @Test func headIsABranchOrDetached() throws {
        let story = RepositoryBuilder().commit("first")
        let first = try #require(ObjectID(hex: story.id("HEAD")))
        #expect(try open(story).head == .branch("refs/heads/main", first))
        story.git("checkout", "--quiet", "--detach")
        #expect(try open(story).head == .detached(first))
    }

    @Test func referencesOfEveryKindAreListed() throws {
        let story = RepositoryBuilder().commit("first", ["file": "1"]).branch("side/deep").tag("v1", "one")
        story.git("tag", "light")
        story.git("notes", "add", "--message", "noted")
        story.write(["file": "2"]).git("stash", "--quiet")
        story.git("update-ref", "refs/pull/7/head", "HEAD")
        story.git("update-ref", "refs/remotes/origin/main", "HEAD")
        story.git("pack-refs", "--all")
        let references = try open(story).references()
        #expect(references.failures.isEmpty)
        #expect(
            Set(references.references.map(\.shortName)) == [
                "main", "side/deep", "v1", "light", "notes/commits", "stash", "pull/7/head", "origin/main",
            ])
        #expect(references.references.first { $0.shortName == "v1" }?.target.description == story.id("v1"))
    }

    @Test func brokenReferencesAreReportedAndHideNothing() throws {
        let story = RepositoryBuilder().commit("first")
        story.directory.write(story.relative(".git/refs/heads/broken"), "this is no id\n")
        let references = try open(story).references()
        #expect(references.references.map(\.shortName) == ["main"])
        #expect(references.failures.map(\.subject) == ["refs/heads/broken"])
        #expect(references.names.contains("refs/heads/broken"))
    }

    /// Of a reference that is damaged libgit2 is asked, of none it is not: the others are the same, in the same order.
    @Test(arguments: [false, true]) func referencesAreReadAsTheLibraryReadsThem(arePacked: Bool) throws {
        let story = RepositoryBuilder().commit("first").tag("v1", "one").branch("b").commit("second").branch("a/b")
        for name in [
            "heads/a-b", "heads/a.b", "heads/B", "tags/v10", "tags/v1.0", "pull/7/head", "remotes/origin/main",
        ] {
            story.git("update-ref", "refs/\(name)", "HEAD")
        }
        if arePacked { story.git("pack-refs", "--all") }
        story.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
        // Shadows a packed one; a lock is none.
        story.git("update-ref", "refs/tags/v10", "HEAD~1")
        story.directory.write(story.relative(".git/refs/heads/x.lock"), "")
        let regular = try open(story).references()
        #expect(regular.references.count == 12)
        story.directory.write(story.relative(".git/refs/heads/zz"), "this is no id\n")
        let asked = try open(story).references()
        #expect(asked.failures.count == 1)
        #expect(regular.references == asked.references)
        #expect(regular.names == asked.names.filter { $0 != "refs/heads/zz" })
        let listed = story.git("for-each-ref", "--format=%(objectname) %(refname)").split(separator: "\n").map(
            String.init)
        #expect(Set(regular.references.map { "\($0.target) \($0.name)" }) == Set(listed))
    }

    @Test(arguments: [
        "0123456789012345678901234567890123456789 refs/heads/b ad\n", "short refs/heads/short\n",
        "0123456789012345678901234567890123456789 refs/heads/a..b\n",
        "0123456789012345678901234567890123456789 other\n",
        "0123456789012345678901234567890123456789 refs/heads/cut",
    ])
    func packedReferencesThatAreIrregularAreLeftToTheLibrary(_ line: String) throws {
        let story = RepositoryBuilder().commit("first")
        story.directory.write(
            story.relative(".git/packed-refs"), "# pack-refs with: peeled fully-peeled sorted \n\(line)")
        #expect(try ReferenceFiles(open(story)).references() == nil)
    }

    @Test func aSymbolicReferenceToNothingIsNoDamage() throws {
        let story = RepositoryBuilder().commit("first")
        story.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
        #expect(try open(story).references().failures.isEmpty)
    }

    @Test func theReflogRemembersWhatWasAmended() throws {
        let story = RepositoryBuilder().commit("first")
        let first = story.id("HEAD")
        story.git("commit", "--quiet", "--amend", "--allow-empty", "--message", "better")
        let ids = try open(story).reflog(of: "HEAD").map(\.description)
        #expect(ids.contains(first))
        #expect(ids.contains(story.id("HEAD")))
        #expect(try open(story).reflog(of: "refs/heads/main").map(\.description) == ids)
        #expect(try open(story).reflog(of: "refs/heads").isEmpty)
    }

    /// git goes on with a log that is there.
    @Test func whatHasNoLogGetsNone() throws {
        let story = RepositoryBuilder().commit("first").tag("v1", "one")
        #expect(try open(story).reflog(of: "refs/tags/v1").isEmpty)
        #expect(Command.run(["ls", story.path + "/.git/logs/refs"]).output == "heads\n")
    }

    @Test func aFolderOfLogsKnowsWhichReferencesHaveOne() throws {
        let story = RepositoryBuilder().commit("first").branch("side").branch("topic/deep").commit("second").tag(
            "v1", "one")
        story.git("branch", "quiet")
        story.directory.write(story.relative(".git/logs/refs/heads/quiet"), "")
        story.git("worktree", "add", "--quiet", "-b", "other", "../linked")
        for path in [story.path, story.directory("linked")] {
            let repository = try open(path == story.path ? story : story.sibling("linked"))
            let heads = ReferenceLogFolder(repository, prefix: "refs/heads/")
            for name in ["main", "side", "topic", "topic/deep", "quiet", "other", "none", "topic/none"] {
                let name = "refs/heads/" + name
                #expect(try heads.hasLog(of: name) == !repository.reflog(of: name).isEmpty, "\(name)")
            }
            #expect(heads.hasLog(of: "refs/heads/topic/deep") && !heads.hasLog(of: "refs/heads/quiet"))
            #expect(!ReferenceLogFolder(repository, prefix: "refs/tags/").hasLog(of: "refs/tags/v1"))
        }
    }

    @Test func headsOfLinkedWorktreesAreKnown() throws {
        let story = RepositoryBuilder().commit("first").commit("second")
        story.git("worktree", "add", "--quiet", "--detach", "../linked", "HEAD~1")
        #expect(try open(story).worktreeHeads().map(\.target.description) == [story.id("HEAD~1")])
    }

    @Test func aShallowCloneNamesItsBoundary() throws {
        let story = RepositoryBuilder().commit("first").commit("second").commit("third")
        story.git("clone", "--quiet", "--depth=2", "file://" + story.path, "../shallow")
        let clone = try open(story.sibling("shallow"))
        #expect(clone.isShallow)
        #expect(try clone.shallowCommits().map(\.description) == [story.id("HEAD~1")])
        #expect(try !open(story).isShallow)
        #expect(try open(story).shallowCommits().isEmpty)
    }

    @Test func aPartialCloneIsRecognised() throws {
        let story = RepositoryBuilder().commit("first", ["file": "1"])
        story.git("config", "uploadpack.allowFilter", "true")
        story.git("clone", "--quiet", "--bare", "--filter=blob:none", "file://" + story.path, "../partial")
        #expect(try open(story.sibling("partial")).isPartialClone)
        #expect(try !open(story).isPartialClone)
    }

    @Test func ignoreRulesAreAsked() throws {
        let story = RepositoryBuilder().commit("rules", [".gitignore": "*.log\nbuild/\n!keep.log\n"])
        let repository = try open(story)
        #expect(try repository.isIgnored(Array("a.log".utf8)))
        #expect(try repository.isIgnored(Array("deep/a.log".utf8)))
        #expect(try repository.isIgnored(Array("build/".utf8)))
        #expect(try !repository.isIgnored(Array("build".utf8)))
        #expect(try !repository.isIgnored(Array("keep.log".utf8)))
        #expect(try repository.isIgnored([0xff, 0x0a] + Array(".log".utf8)))
    }
}
