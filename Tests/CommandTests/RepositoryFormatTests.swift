import TestSupport
import Testing

/// Repositories as they are: indexes and formats that libgit2 does not read. Git's own programs say what is in them, and
/// files are scanned whatever becomes of that.
@Suite struct RepositoryFormatTests {
    let committed = RandomKey(700)
    let staged = RandomKey(701)
    let edited = RandomKey(702)
    let ignored = RandomKey(703)

    /// How a repository is made what it is.
    enum Form: String, CaseIterable {
        case plain, splitIndex, sparseIndex, relativeWorktrees, compatibleHash, sha256

        var options: [String] { self == .sha256 ? ["--object-format=sha256"] : [] }

        func apply(to story: RepositoryBuilder) {
            switch self {
            case .plain, .sha256: break
            case .splitIndex: story.git("update-index", "--split-index")
            case .sparseIndex:
                story.git("sparse-checkout", "init", "--cone", "--sparse-index")
                story.git("sparse-checkout", "set", "src")
            case .relativeWorktrees: Self.extend(story, "relativeWorktrees", "true")
            case .compatibleHash: Self.extend(story, "compatObjectFormat", "sha256")
            }
        }

        /// Written as text: the git of this machine may be too old to touch such a repository again.
        static func extend(_ story: RepositoryBuilder, _ name: String, _ value: String) {
            let path = story.relative(".git/config")
            let text = String(decoding: story.directory.read(path), as: UTF8.self)
            let version = text.replacing("repositoryformatversion = 0", with: "repositoryformatversion = 1")
            story.directory.write(path, version + "[extensions]\n\t\(name) = \(value)\n")
        }
    }

    /// A key in HEAD, one that is staged, one in the working directory alone, and one in an ignored file.
    private func story(_ form: Form) -> RepositoryBuilder {
        let story = RepositoryBuilder(options: form.options).commit(
            "first",
            [".gitignore": "*.log\n", "src/.env": committed.line, "src/b": "1\n", "other/c": "1\n", "d": "1\n"])
        story.commit("second", ["src/b": "2\n"])
        story.stage(["src/b": staged.line])
        story.write(["src/new": edited.line, "src/x.log": ignored.line])
        form.apply(to: story)
        return story
    }

    @Test(arguments: Form.allCases) func everyModeReadsIt(_ form: Form) throws {
        let story = story(form)
        let tree = try Windsock.scan(in: story)
        #expect(tree.places == ["src/.env:1", "src/b:1", "src/new:1"], "\(tree.outcome.errors)")
        #expect(try Windsock.scan("--staged", in: story).places == ["src/b:1"])
        #expect(try Windsock.scan("--uncommitted", in: story).places == ["src/b:1", "src/new:1"])
        #expect(try Windsock.scan("--range", "HEAD~1..HEAD", in: story).places == [])
        #expect(try Windsock.scan("--range", "HEAD", in: story).places == ["src/.env:1"])
        let history = try Windsock.scan("--history", in: story)
        // What is only in the index is an object of the database, too.
        #expect(history.places.contains("src/.env:1"))
        #expect(history.report.findings.count == 2)
        for scan in [tree, history] { #expect(scan.report.summary.complete, "\(scan.report.summary.problems)") }
    }

    @Test(arguments: [Form.splitIndex, .sha256]) func aHookBlocksThere(_ form: Form) throws {
        let story = story(form)
        Windsock.run(["hook", "install"], in: story, environment: ["PATH": "\(Windsock.folder):/usr/bin:/bin"])
            .expectSuccess()
        let path = ["PATH": "\(Windsock.folder):/usr/bin:/bin"]
        let blocked = story.run(["commit", "--message", "third"], environment: path, allowsFailure: true)
        #expect(blocked.status != 0)
        #expect(blocked.output.contains("mistral-api-key") || blocked.errors.contains("mistral-api-key"))
        story.stage(["src/b": "harmless\n"])
        story.run(["commit", "--message", "third"], environment: path)
    }

    @Test func aLargerHistoryOfSHA256IsReadWhole() throws {
        let story = RepositoryBuilder(options: ["--object-format=sha256"])
        for number in 0..<130 {
            let files = (0..<4).map { ("f\($0)", number == 60 && $0 == 2 ? committed.line : "\(number) \($0)\n") }
            story.commit("number \(number)", Dictionary(uniqueKeysWithValues: files.map { ($0.0, .some($0.1)) }))
        }
        story.git("gc", "--quiet")
        let scan = try Windsock.scan("--history", in: story)
        #expect(scan.places == ["f2:1"])
        #expect(scan.report.summary.complete, "\(scan.report.summary.problems)")
        let history = try #require(scan.report.findings[0].occurrences[0].history)
        let introduced = try #require(history.introduced?.commit)
        // The beginning of the name is a name to git.
        #expect(story.git("log", "-1", "--format=%s", introduced) == "number 60")
        #expect(history.removed.map { story.git("log", "-1", "--format=%s", $0.commit) } == "number 61")
        #expect(history.references == ["main"])
    }

    /// Without git there is no way to read them: the cause is told, and the files are scanned.
    @Test(arguments: [(Form.splitIndex, "split"), (.sparseIndex, "sparse"), (.sha256, "sha256")])
    func filesAreScannedAllTheSame(_ form: Form, _ cause: String) throws {
        let story = story(form)
        let nothing = ["PATH": "/nonexistent"]
        let tree = try Windsock.scan(in: story, environment: nothing)
        #expect(tree.status == 1)
        #expect(tree.places == ["src/.env:1", "src/b:1", "src/new:1", "src/x.log:1"])
        let problem = try #require(tree.report.summary.problems.first)
        for word in [cause, "git could not be run", "also those that git ignores"] {
            #expect(problem.message.contains(word), "\(problem.message)")
        }
        let index = Windsock.run(["scan", "--staged"], in: story, environment: nothing)
        #expect(index.status == 3)
        #expect(index.errors.contains(cause) && index.errors.contains("git could not be run"), "\(index.errors)")
    }

    /// This machine's git may not know the format: then files and the index are read, and the rest says why it is not.
    @Test func referencesInATableAreReadByGit() throws {
        let story = RepositoryBuilder()
        let isKnown = story.run(
            ["init", "--quiet", "--ref-format=reftable", story.directory("x")], allowsFailure: true)
        let repository = isKnown.status == 0 ? story.sibling("x") : story
        repository.commit("first", [".env": committed.line, ".gitignore": "*.log\n"])
        repository.write(["x.log": ignored.line])
        if isKnown.status != 0 { Form.extend(repository, "refStorage", "reftable") }
        let tree = try Windsock.scan(in: repository)
        #expect(tree.places == [".env:1"])
        #expect(tree.report.summary.complete, "\(tree.report.summary.problems)")
        let history = Windsock.run(["scan", "--history"], in: repository)
        if isKnown.status == 0 {
            #expect(history.status == 1 && history.output.contains(".env"))
        } else {
            #expect(history.status == 3)
            #expect(history.errors.contains("kept as reftable"), "\(history.errors)")
            #expect(history.errors.contains("git refs migrate"))
        }
    }

    @Test func aWorktreeWithRelativePathsIsRead() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1\n"])
        story.git("worktree", "add", "--quiet", "../linked", "-b", "side")
        story.directory.write("linked/.git", "gitdir: ../repository/.git/worktrees/linked\n")
        story.directory.write(story.relative(".git/worktrees/linked/gitdir"), "../../../../linked/.git\n")
        Form.extend(story, "relativeWorktrees", "true")
        story.directory.write("linked/.env", committed.line)
        #expect(try Windsock.scan(in: story.directory("linked")).places == [".env:1"])
        #expect(try Windsock.scan("--history", in: story).status == 0)
    }
}
