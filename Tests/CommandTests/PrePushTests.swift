import TestSupport
import Testing

/// What a push would send: by git's lines on standard input, by pre-commit's variables, and through a real hook.
@Suite struct PrePushTests {
    let key = RandomKey(110)
    static let zero = String(repeating: "0", count: 40)

    /// A clone whose remote has the first commit only; a second has a key, which a third removes.
    private func story() -> RepositoryBuilder {
        let origin = RepositoryBuilder("origin", options: ["--bare"])
        origin.run(["clone", "--quiet", origin.path, "../clone"])
        let story = origin.sibling("clone").commit("first", ["a": "1"])
        story.git("push", "--quiet", "origin", "main")
        return story.commit("leak", [".env": key.line]).commit("removed", [".env": nil])
    }

    private func scan(_ story: RepositoryBuilder, lines: String) throws -> Scan {
        try Windsock.scan("--pre-push", in: story, input: lines)
    }

    private func line(_ story: RepositoryBuilder, _ local: String, _ remote: String) -> String {
        "refs/heads/main \(story.id(local)) refs/heads/main \(remote)\n"
    }

    @Test func aBranchThatTheRemoteHasIsScannedFromThere() throws {
        let story = story()
        let scan = try scan(story, lines: line(story, "HEAD", story.id("HEAD~2")))
        #expect(scan.status == 1)
        #expect(scan.places == [".env:1"])
        #expect(scan.report.summary.commits == 2)
        #expect(try self.scan(story, lines: line(story, "HEAD", story.id("HEAD~1"))).status == 0)
    }

    @Test func aNewBranchIsScannedFromWhatTheRemoteHas() throws {
        let story = story()
        let scan = try scan(story, lines: line(story, "HEAD", Self.zero))
        #expect(scan.status == 1)
        #expect(scan.report.summary.commits == 2)
        #expect(try self.scan(story, lines: line(story, "HEAD~2", Self.zero)).report.summary.commits == 0)
    }

    /// The message of the tag, or of a tag that it tags, is all that is new.
    @Test(arguments: ["outer", "inner", "moved"]) func anAnnotatedTagIsReadToo(_ which: String) throws {
        let story = story()
        story.tag("inner", which == "inner" ? key.line : "1").tag("moved", "1")
        let before = story.id("moved")
        story.git("tag", "--annotate", "outer", "inner", "--message", which == "outer" ? key.line : "2")
        if which == "moved" { story.git("tag", "--force", "--annotate", "moved", "HEAD", "--message", key.line) }
        story.git("update-ref", "refs/remotes/origin/main", "HEAD")
        let (name, old) = which == "moved" ? ("moved", before) : ("outer", Self.zero)
        let scan = try scan(story, lines: "refs/tags/\(name) \(story.id(name)) refs/tags/\(name) \(old)\n")
        #expect(scan.status == 1)
        #expect(scan.places.count == 1)
        #expect(scan.report.findings.first?.occurrences.first?.path == "tag message")
        let viaPreCommit = try Windsock.scan(
            "--pre-push", in: story,
            environment: ["PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": old, "PRE_COMMIT_TO_REF": story.id(name)])
        #expect(viaPreCommit.places == scan.places)
    }

    @Test func aDeletedBranchSendsNothing() throws {
        let story = story()
        let scan = try scan(story, lines: "(delete) \(Self.zero) refs/heads/main \(story.id("HEAD"))\n")
        #expect(scan.status == 0)
        #expect(scan.report.summary.commits == 0)
        #expect(try self.scan(story, lines: "").status == 0)
    }

    @Test func severalBranchesAreOneScan() throws {
        let story = story()
        let lines =
            "(delete) \(Self.zero) refs/heads/old \(story.id("HEAD"))\n" + line(story, "HEAD", story.id("HEAD~1"))
            + line(story, "HEAD", Self.zero)
        let scan = try scan(story, lines: lines)
        #expect(scan.status == 1)
        #expect(scan.report.findings.count == 1)
        #expect(scan.report.summary.commits == 3)
    }

    /// After a forced push by someone else the remote's commit is not here.
    @Test func aRemoteCommitThatWasNeverFetchedMeansAllThatIsNotOnTheRemote() throws {
        let story = story()
        let scan = try scan(story, lines: line(story, "HEAD", String(repeating: "1", count: 40)))
        #expect(scan.status == 1)
        #expect(scan.places == [".env:1"])
    }

    @Test func aBranchThatCannotBeReadDoesNotTakeTheFindingsOfAnother() throws {
        let story = story()
        let unknown = "refs/heads/x \(String(repeating: "2", count: 40)) refs/heads/x \(Self.zero)\n"
        for lines in [unknown + line(story, "HEAD", Self.zero), line(story, "HEAD", Self.zero) + unknown] {
            let scan = try scan(story, lines: lines)
            #expect(scan.status == 1)
            #expect(scan.places == [".env:1"])
            #expect(!scan.report.summary.complete)
        }
        #expect(try scan(story, lines: unknown).status == 3)
    }

    @Test func linesThatAreNotGitsAreWrongUsage() {
        let outcome = Windsock.run(["scan", "--pre-push"], in: story(), input: "something else\n")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("four fields"))
    }

    @Test func preCommitsVariablesNameTheRange() throws {
        let story = story()
        func scan(_ from: String, _ to: String) throws -> Scan {
            try Windsock.scan(
                "--pre-push", in: story,
                environment: ["PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": from, "PRE_COMMIT_TO_REF": to])
        }
        #expect(try scan(story.id("HEAD~2"), story.id("HEAD")).places == [".env:1"])
        #expect(try scan("HEAD~1", "HEAD").status == 0)
        #expect(try scan(Self.zero, "HEAD").places == [".env:1"])
        #expect(try scan("HEAD", Self.zero).status == 0)
        #expect(try scan("HEAD~1", "nowhere").status == 3)
    }

    /// Where the very first commit is pushed, pre-commit names no range, and has read git's lines itself.
    @Test func preCommitWithoutARangeMeansAllThatIsNotOnTheRemote() throws {
        let story = RepositoryBuilder().commit("leak", [".env": key.line]).commit("removed", [".env": nil, "a": "1"])
        func scan(_ environment: [String: String]) throws -> Scan {
            let environment = environment.merging(["PRE_COMMIT": "1"]) { $1 }
            return try Windsock.scan("--pre-push", in: story, environment: environment)
        }
        let branch = ["PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main", "PRE_COMMIT_REMOTE_NAME": "origin"]
        #expect(try scan(branch).places == [".env:1"])
        #expect(try scan([:]).places == [".env:1"])
    }

    @Test func whatAnotherRemoteHasIsNewsToThisOne() throws {
        let story = story()
        story.run(["init", "--quiet", "--bare", "../private"])
        story.git("remote", "add", "private", "../private")
        story.git("push", "--quiet", "private", "main")
        func scan(_ remote: String) throws -> Scan {
            try Windsock.scan(
                "--pre-push", in: story, environment: ["PRE_COMMIT_REMOTE_NAME": remote],
                input: line(story, "HEAD", Self.zero))
        }
        #expect(try scan("origin").places == [".env:1"])
        #expect(try scan("private").status == 0)
        #expect(try scan("https://example.org/never-seen.git").report.summary.commits == 3)
    }

    @Test func aRealPushIsRefusedAndAnotherHookGetsTheLinesToo() {
        let story = story()
        let lines = story.directory("lines")
        let hook = story.relative(".git/hooks/pre-push")
        story.directory.write(hook, "#!/bin/sh\ncat >> '\(lines)'\necho \"$1\" >> '\(lines)'\n")
        Command.run(["chmod", "+x", story.directory(hook)]).expectSuccess()
        Windsock.run(["hook", "install", "--pre-push"], in: story).expectSuccess()
        func push(_ arguments: String...) -> Command.Outcome {
            story.run(["push", "origin"] + arguments, environment: Windsock.environment, allowsFailure: true)
        }
        for branch in ["main", "main:new"] {
            let refused = push(branch)
            #expect(refused.status == 1)
            #expect((refused.output + refused.errors).contains("mistral-api-key"))
            #expect(!refused.reveals(key.description))
        }
        #expect(story.id("origin/main") == story.id("HEAD~2"))
        push("HEAD~2:refs/heads/clean").expectSuccess()
        push("--delete", "clean").expectSuccess()
        let seen = String(decoding: story.directory.read("lines"), as: UTF8.self).split(separator: "\n")
        #expect(seen.count == 8, "four pushes, each a line and the remote's name")
        #expect(seen[0] == "refs/heads/main \(story.id("HEAD")) refs/heads/main \(story.id("HEAD~2"))")
        #expect(seen[1] == "origin")
    }
}
