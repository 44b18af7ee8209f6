import Findings
import Git
import Platform
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct WorkingTreeSourceTests {
    private func read(_ paths: String..., useGitignore: Bool = true) throws -> Reading {
        try WorkingTreeSource(paths: paths, useGitignore: useGitignore, environment: nothing).readAll()
    }

    // MARK: Repositories

    @Test func aRepositoryGivesTrackedAndUntrackedFiles() throws {
        let story = RepositoryBuilder().commit(
            "first", ["tracked": "1", "folder/deep": "2", ".gitignore": "*.log\nout/\n"])
        story.write(["untracked": "3", "x.log": "ignored", "out/a": "ignored", "folder/y.log": "ignored", "new/z": "4"])
        let reading = try read(story.path)
        #expect(
            reading.files == [
                "tracked": "1", "folder/deep": "2", ".gitignore": "*.log\nout/\n", "untracked": "3", "new/z": "4",
            ])
        #expect(reading.problems.isEmpty && reading.omissions.isEmpty)
        #expect(reading.plan.root == story.path)
    }

    @Test func trackedFilesAreReadThoughARuleIgnoresThem() throws {
        let story = RepositoryBuilder().commit("rules", [".gitignore": "*.log\nout/\n"])
        story.stage(["x.log": "1", "out/deep/kept": "2"]).write([
            "out/deep/other": "ignored", "out/more/other": "ignored",
        ])
        #expect(try read(story.path).paths == [".gitignore", "x.log", "out/deep/kept"])
    }

    @Test func withoutIgnoreRulesEverythingButTheGitFolderIsRead() throws {
        let story = RepositoryBuilder().commit("rules", [".gitignore": "*.log\n"]).write(["x.log": "1"])
        #expect(try read(story.path, useGitignore: false).paths == [".gitignore", "x.log"])
    }

    @Test func aSubfolderHasPathsFromTheRootOfTheRepository() throws {
        let story = RepositoryBuilder().commit("first", ["a/b": "1", "c": "2"])
        #expect(try read(story.path + "/a").files == ["a/b": "1"])
    }

    @Test func whatIsNamedIsReadThoughItIsIgnored() throws {
        let story = RepositoryBuilder().commit("rules", [".gitignore": "*.log\nout/\n"])
        story.write(["x.log": "1", "out/deep/a": "2"])
        #expect(try read(story.path + "/x.log").files == ["x.log": "1"])
        #expect(try read(story.path + "/out").files == ["out/deep/a": "2"])
        #expect(try read(story.path + "/out/deep").files == ["out/deep/a": "2"])
    }

    @Test func whatIsNamedTwiceIsReadOnce() throws {
        let story = RepositoryBuilder().commit("first", ["a/b": "1"])
        let reading = try read(story.path, story.path + "/a", story.path + "/a/b", story.path + "/a/../a/b")
        #expect(reading.files == ["a/b": "1"])
    }

    @Test func aDeletedTrackedFileIsNoProblem() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1", "b": "2"])
        story.directory.remove(story.relative("a"))
        let reading = try read(story.path)
        #expect(reading.files == ["b": "2"])
        #expect(reading.problems.isEmpty)
    }

    @Test func aTrackedFileBehindALinkIsNotReadThroughIt() throws {
        let story = RepositoryBuilder().commit("first", ["folder/file": "1"])
        let outside = TemporaryDirectory()
        outside.write("file", "outside")
        _ = Command.run(["rm", "-r", story.path + "/folder"])
        symlink(outside.path, story.path + "/folder")
        let reading = try read(story.path)
        #expect(reading.files.isEmpty)
        #expect(reading.omitted(.symbolicLink) == ["folder"])
    }

    @Test func submodulesAndNestedRepositoriesAreNamed() throws {
        let inner = RepositoryBuilder("inner").commit("inner", ["file": "inner"])
        let outer = inner.sibling("outer")
        inner.git("init", "--quiet", "--initial-branch=main", outer.path)
        outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "sub")
        outer.commit("add submodule", ["own": "1"])
        inner.git("clone", "--quiet", inner.path, outer.path + "/nested")
        let reading = try read(outer.path)
        #expect(reading.paths == ["own", ".gitmodules"])
        #expect(reading.omitted(.submodule) == ["sub", "nested"])
        #expect(try read(outer.path, useGitignore: false).omitted(.submodule) == ["sub", "nested"])
        #expect(try read(outer.path + "/sub").files == ["file": "inner"])
    }

    @Test func aBareRepositoryStandsForItsHead() throws {
        let story = RepositoryBuilder().commit("first", ["a/b": "1", "old": "2"]).commit("second", ["old": nil])
        story.git("clone", "--quiet", "--bare", story.path, "../bare.git")
        let reading = try read(story.directory("bare.git"))
        #expect(reading.files == ["a/b": "1"])
        #expect(reading.blobs == ["1"])
    }

    @Test func aSHA256RepositoryHasItsIgnoreRules() throws {
        let story = RepositoryBuilder(options: ["--object-format=sha256"]).write(
            ["a": "1", ".gitignore": "*.log", "x.log": "2"])
        #expect(try read(story.path).files.keys.sorted() == [".gitignore", "a"])
        #expect(try read(story.path, useGitignore: false).files["x.log"] == "2")
    }

    /// Too much is read rather than too little, and that is said.
    @Test func withoutAnIndexAllFilesAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1", ".gitignore": "*.log"]).write(["x.log": "2"])
        story.directory.write(story.relative(".git/index"), "no index")
        let reading = try read(story.path)
        #expect(reading.files["x.log"] == "2")
        #expect(reading.problems.count == 1)
        #expect(reading.problems.first?.message.contains("its files were scanned all the same") == true)
    }

    @Test func filesOfALinkedWorktreeAreRead() throws {
        let story = RepositoryBuilder().commit("first", ["file": "1", ".gitignore": "*.log"])
        story.git("worktree", "add", "--quiet", "../linked", "-b", "side")
        story.directory.write("linked/x.log", "ignored")
        #expect(try read(story.directory("linked")).paths == ["file", ".gitignore"])
    }

    // MARK: Any folder

    @Test func aPlainFolderIsReadWhole() throws {
        let folder = TemporaryDirectory()
        folder.write("a", "1")
        folder.write("b/.hidden/c", "2")
        folder.write("b/.gitignore", "*")
        let reading = try read(folder.path)
        #expect(reading.files == ["a": "1", "b/.hidden/c": "2", "b/.gitignore": "*"])
        #expect(reading.plan.root == nil)
    }

    @Test func repositoriesInAPlainFolderAreReadWithoutTheirGitFolders() throws {
        let story = RepositoryBuilder("one").commit("first", ["file": "1"])
        #expect(try read(story.directory.path).files == ["one/file": "1"])
    }

    @Test func pathsOfTwoRepositoriesStartAtWhatTheyShare() throws {
        let story = RepositoryBuilder("one").commit("first", ["file": "1", ".gitignore": "*.log"])
        let other = story.sibling("two")
        story.git("init", "--quiet", other.path)
        story.write(["x.log": "ignored"])
        other.write(["sub/file": "2"])
        #expect(try read(story.path, other.path).paths == ["one/file", "one/.gitignore", "two/sub/file"])
    }

    @Test func namesOfAnyBytesAreRead() throws {
        let story = RepositoryBuilder()
        let names = [Array("line\nbreak".utf8), [0xff, 0xfe], Array("quote\"tab\t".utf8)]
        for (number, name) in names.enumerated() {
            story.directory.write(Array(story.relative("").utf8) + name, [UInt8(ascii: "0") + UInt8(number)])
        }
        for folder in [story.path, story.directory.path] {
            let reading = try read(folder)
            #expect(Set(reading.contents.map(\.text)) == ["0", "1", "2"])
            #expect(reading.problems.isEmpty)
        }
        #expect(Set(try read(story.path).contents.compactMap { $0.item.path?.bytes }) == Set(names))
    }

    // MARK: What is no ordinary file

    @Test(.timeLimit(.minutes(1))) func fifosSocketsAndDevicesAreNeverOpened() throws {
        let folder = TemporaryDirectory()
        folder.write("a", "1")
        mkfifo(folder("fifo"), 0o600)
        let reading = try read(folder.path, folder("fifo"), "/dev/zero")
        #expect(reading.contents.map(\.text) == ["1"])
        // One is met on the way, two are named.
        #expect(reading.omitted(.specialFile).count == 1)
        #expect(reading.problems.map(\.subject) == [folder("fifo"), "/dev/zero"])
    }

    @Test(.timeLimit(.minutes(1))) func aFifoThatTookTheFilesPlaceDoesNotBlock() throws {
        let folder = TemporaryDirectory()
        folder.write("a", "1")
        let source = WorkingTreeSource(paths: [folder.path], environment: nothing)
        let plan = try source.plan()
        folder.remove("a")
        mkfifo(folder("a"), 0o600)
        let reader = try source.makeReader()
        let failure = #expect(throws: ReadFailure.self) { try reader.read(plan.items[0], maximumSize: 10) { _ in } }
        #expect(failure == .omitted(Omission(reason: .specialFile, subject: "a")))
    }

    @Test func linksAreNotFollowedUnlessTheyAreNamed() throws {
        let folder = TemporaryDirectory()
        folder.write("inside/a", "1")
        symlink(folder("inside/a"), folder("link"))
        symlink("..", folder("inside/loop"))
        symlink("nowhere", folder("dangling"))
        let reading = try read(folder("."))
        #expect(reading.files == ["inside/a": "1"])
        #expect(reading.omitted(.symbolicLink) == ["link", "inside/loop", "dangling"])
        #expect(try read(folder("link")).contents.map(\.text) == ["1"])
        #expect(try read(folder("inside/loop")).paths == ["inside/a"])
    }

    @Test func aMissingPathIsWrongUsage() {
        let folder = TemporaryDirectory()
        symlink("nowhere", folder("dangling"))
        for path in [folder("missing"), folder("dangling")] {
            let error = #expect(throws: SourceError.self) { try read(path) }
            #expect(error?.subject == path)
            #expect(error?.message == "No such file or directory")
        }
    }

    @Test func whatVanishesWhileScanningIsAProblem() throws {
        let folder = TemporaryDirectory()
        folder.write("a", "1")
        let source = WorkingTreeSource(paths: [folder.path], environment: nothing)
        let plan = try source.plan()
        folder.remove("a")
        let reader = try source.makeReader()
        let failure = #expect(throws: ReadFailure.self) { try reader.read(plan.items[0], maximumSize: 10) { _ in } }
        guard case .problem(let problem) = failure else { return #expect(Bool(false), "not a problem") }
        #expect(problem.subject == "a")
        #expect(problem.message.contains("No such file"))
    }

    @Test(.disabled(if: getuid() == 0, "root may read everything"))
    func unreadableFilesAndFoldersAreProblems() throws {
        let folder = TemporaryDirectory()
        folder.write("file", "1")
        folder.write("folder/a", "2")
        chmod(folder("file"), 0)
        chmod(folder("folder"), 0)
        let reading = try read(folder.path)
        #expect(Set(reading.problems.map(\.subject)) == ["file", "folder"])
        #expect(reading.problems.allSatisfy { $0.advice != nil })
    }

    @Test func aPathTooLongToOpenIsAProblemAndTheRestIsRead() throws {
        let folder = TemporaryDirectory()
        folder.write("a", "1")
        let name = String(repeating: "n", count: 200)
        // Deeper than a path can say; the shell goes down step by step.
        _ = Command.run(
            ["sh", "-c", "for i in $(seq 25); do mkdir \(name) && cd \(name); done; echo x > deep"], in: folder.path)
        let reading = try read(folder.path)
        #expect(reading.files["a"] == "1")
        #expect(reading.problems.count == 1)
        #expect(reading.problems.first?.message.contains("File name too long") == true)
    }

    @Test func largeFilesAreOmittedAtTheirLimit() throws {
        let folder = TemporaryDirectory()
        folder.write("just", String(repeating: "x", count: 100))
        folder.write("over", String(repeating: "x", count: 101))
        let file = open(folder("sparse"), O_CREAT | O_WRONLY, 0o600)
        ftruncate(file, 5 << 30)
        close(file)
        let reading = try WorkingTreeSource(paths: [folder.path], environment: nothing).readAll(maximumSize: 100)
        #expect(reading.paths == ["just"])
        #expect(reading.omitted(.tooLarge) == ["over", "sparse"])
    }

    @Test func emptyFilesAreRead() throws {
        let folder = TemporaryDirectory()
        folder.write("empty", "")
        #expect(try read(folder.path).files == ["empty": ""])
    }
}
