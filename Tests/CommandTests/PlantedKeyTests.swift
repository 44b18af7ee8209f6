import TestSupport
import Testing

/// A key is found wherever a repository can have one, and what was found says where that is.
@Suite struct PlantedKeyTests {
    /// Where the key is, and the arguments that find it.
    struct Place: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var arguments: [String]
        /// Of the only occurrence; `nil` where it has none.
        var path: String? = ".env"
        var plant: @Sendable (RepositoryBuilder, RandomKey) -> Void
    }

    static let places = [
        Place(testDescription: "an untracked file", arguments: []) { story, key in
            story.commit("first", ["a": "1"]).write([".env": key.line])
        },
        Place(testDescription: "a tracked file", arguments: []) { story, key in
            story.commit("first", [".env": key.line])
        },
        Place(testDescription: "the index, and no longer in the working tree", arguments: ["--staged"]) { story, key in
            story.commit("first", ["a": "1"]).stage([".env": key.line]).write([".env": "nothing"])
        },
        Place(testDescription: "the index before the first commit", arguments: ["--staged"]) { story, key in
            story.stage([".env": key.line])
        },
        Place(testDescription: "the index, among uncommitted changes", arguments: ["--uncommitted"]) { story, key in
            story.commit("first", ["a": "1"]).stage([".env": key.line]).write([".env": "nothing"])
        },
        Place(testDescription: "an unstaged change", arguments: ["--uncommitted"]) { story, key in
            story.commit("first", [".env": "nothing"]).write([".env": key.line])
        },
        Place(testDescription: "an old commit", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": key.line]).commit("second", [".env": "nothing"]).commit("third", ["a": "1"])
        },
        Place(testDescription: "a deleted file", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": key.line, "a": "1"]).commit("second", [".env": nil])
        },
        Place(testDescription: "a merge commit's own content", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": "0"]).branch("side").commit("side", [".env": "1"])
                .checkout("main").commit("main", [".env": "2"]).merge("side", resolving: [".env": key.line])
                .commit("after", [".env": "3"])
        },
        Place(testDescription: "a branch that HEAD does not contain", arguments: ["--history"]) { story, key in
            story.commit("first", ["a": "1"]).branch("side").commit("side", [".env": key.line]).checkout("main")
        },
        Place(testDescription: "a tag that HEAD does not contain", arguments: ["--history"]) { story, key in
            story.commit("first", ["a": "1"]).branch("side").commit("side", [".env": key.line]).tag("v1", "one")
                .checkout("main").git("branch", "--quiet", "-D", "side")
        },
        Place(testDescription: "the stash", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": "0"]).write([".env": key.line]).git("stash", "--quiet")
        },
        Place(testDescription: "an unreachable commit", arguments: ["--history"]) { story, key in
            story.commit("first", ["a": "1"]).commit("second", [".env": key.line])
            story.git("reset", "--quiet", "--hard", "HEAD~1")
            story.git("reflog", "expire", "--expire=all", "--all")
        },
        Place(testDescription: "the stash's index", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": "0"]).stage([".env": key.line]).write([".env": "nothing"])
            story.git("stash", "--quiet")
        },
        Place(testDescription: "the stash's untracked files", arguments: ["--history"]) { story, key in
            story.commit("first", ["a": "0"]).write([".env": key.line])
            story.git("stash", "push", "--quiet", "--include-untracked")
        },
        Place(testDescription: "an older stash", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": "0"]).write([".env": key.line]).git("stash", "--quiet")
            story.write([".env": "nothing"]).git("stash", "--quiet")
        },
        Place(testDescription: "the reflog alone", arguments: ["--history"]) { story, key in
            story.commit("first", ["a": "1"]).commit("second", [".env": key.line])
            story.git("reset", "--quiet", "--hard", "HEAD~1")
        },
        Place(testDescription: "an amended commit", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": key.line]).write([".env": "nothing"]).git("add", "--all")
            story.git("commit", "--quiet", "--amend", "--no-edit")
        },
        Place(testDescription: "a blob that nothing names", arguments: ["--history"], path: nil) { story, key in
            story.commit("first", ["a": "1"]).store(key.line)
        },
        Place(testDescription: "a note", arguments: ["--history"], path: nil) { story, key in
            story.commit("first", ["a": "1"]).git("notes", "add", "--message", key.line, "HEAD")
        },
        Place(testDescription: "a pack", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": key.line]).commit("second", [".env": nil, "a": "1"]).git("repack", "-adq")
        },
        Place(testDescription: "a pack of a multi-pack index", arguments: ["--history"]) { story, key in
            story.commit("first", [".env": key.line]).git("repack", "-dq")
            story.commit("second", [".env": nil, "a": "1"]).git("repack", "-dq")
            story.git("multi-pack-index", "write")
        },
        Place(testDescription: "a pack of unreachable objects", arguments: ["--history"]) { story, key in
            story.commit("first", ["a": "1"]).commit("second", [".env": key.line])
            story.git("reset", "--quiet", "--hard", "HEAD~1")
            story.git("reflog", "expire", "--expire=all", "--all")
            story.git("repack", "-adkq")
        },
        Place(testDescription: "an alternate", arguments: ["--history"]) { story, key in
            story.sibling("lender").run(["init", "--quiet", "--bare", "../lender"], in: story.path)
            let id = story.sibling("lender").store(key.line)
            story.directory.write(story.relative(".git/objects/info/alternates"), "../../../lender/objects\n")
            story.git("update-index", "--add", "--cacheinfo", "100644,\(id),.env")
            story.git("commit", "--quiet", "--message", "borrowed")
        },
        Place(testDescription: "a packed alternate of an alternate", arguments: ["--history"], path: nil) {
            story, key in
            for name in ["lender", "bank"] { story.run(["init", "--quiet", "--bare", "../\(name)"]) }
            let bank = story.sibling("bank")
            bank.git("update-ref", "refs/keep/blob", bank.store(key.line))
            bank.git("repack", "-adq")
            story.directory.write("lender/objects/info/alternates", "../../bank/objects\n")
            story.directory.write(story.relative(".git/objects/info/alternates"), "../../../lender/objects\n")
            story.commit("first", ["a": "1"])
        },
        Place(testDescription: "an author's name", arguments: ["--history"], path: "commit message") { story, key in
            story.commit("first", ["a": "1"])
            story.git(
                "commit", "--quiet", "--allow-empty", "-m", "second", "--author", "\(key.assignment) <a@example.org>")
        },
        Place(testDescription: "a committer's address", arguments: ["--history"], path: "commit message") {
            story, key in
            story.commit("first", ["a": "1"])
            story.run(
                ["commit", "--quiet", "--allow-empty", "-m", "second"],
                environment: ["GIT_COMMITTER_EMAIL": key.assignment])
        },
        Place(testDescription: "a tagger's name", arguments: ["--history"], path: "tag message") { story, key in
            story.commit("first", ["a": "1"])
            story.run(["tag", "-a", "v1", "-m", "one"], environment: ["GIT_COMMITTER_NAME": key.assignment])
        },
        Place(testDescription: "a reference's name", arguments: ["--history"], path: "reference names") { story, key in
            story.commit("first", ["a": "1"]).git("update-ref", "refs/heads/\(key.assignment)", "HEAD")
        },
        Place(testDescription: "a commit message", arguments: ["--history"], path: "commit message") { story, key in
            story.commit("first\n\n\(key.line)", ["a": "1"])
        },
        Place(testDescription: "a tag message", arguments: ["--history"], path: "tag message") { story, key in
            story.commit("first", ["a": "1"]).tag("v1", "one\n\n\(key.line)")
        },
        Place(testDescription: "a range", arguments: ["--range", "main..side"]) { story, key in
            story.commit("first", ["a": "1"]).branch("side").commit("side", [".env": key.line])
                .commit("gone again", [".env": nil]).checkout("main")
        },
        Place(testDescription: "a merge commit of a range", arguments: ["--range", "HEAD~2..HEAD"]) { story, key in
            story.commit("first", [".env": "0"]).branch("side").commit("side", [".env": "1"])
                .checkout("main").commit("main", [".env": "2"]).merge("side", resolving: [".env": key.line])
        },
        Place(
            testDescription: "a commit message of a range", arguments: ["--range", "HEAD~1..HEAD"],
            path: "commit message"
        ) { story, key in
            story.commit("first", ["a": "1"]).commit("second\n\n\(key.line)", ["a": "2"])
        },
    ]

    @Test(arguments: places) func findsAKeyPlantedIn(_ place: Place) throws {
        let story = RepositoryBuilder()
        let key = RandomKey(1)
        place.plant(story, key)
        let scan = try Windsock.run(place.arguments, story)
        #expect(scan.status == 1)
        #expect(scan.report.findings.map(\.rule) == ["mistral-api-key"])
        let paths = scan.report.findings.flatMap(\.occurrences).map(\.path)
        #expect(paths.count == 1)
        if let path = place.path { #expect(paths == [path]) }
        #expect(scan.report.summary.complete)
        #expect(!scan.outcome.reveals(key.description))
    }

    /// The same places without the key: what finds it does not cry wolf.
    @Test(arguments: places) func isSilentAboutAPlaceholderIn(_ place: Place) throws {
        let story = RepositoryBuilder()
        var key = RandomKey(1)
        key.description = "your-api-key-goes-here"
        place.plant(story, key)
        let scan = try Windsock.run(place.arguments, story)
        #expect(scan.status == 0, "\(scan.outcome.errors)")
        #expect(scan.report.findings.isEmpty)
        #expect(scan.report.summary.complete)
    }

    /// Each key is where only one of the modes looks.
    @Test func eachModeFindsItsOwnAndNothingElse() throws {
        let keys = (10..<13).map { RandomKey($0) }
        let story = RepositoryBuilder()
            .commit("first", ["old.env": keys[0].line, "a": "1"]).commit("second", ["old.env": nil])
            .stage(["staged.env": keys[1].line]).write(["staged.env": "nothing", "untracked.env": keys[2].line])
        #expect(try Windsock.scan(in: story).places == ["untracked.env:1"])
        #expect(try Windsock.scan("--staged", in: story).places == ["staged.env:1"])
        #expect(try Windsock.scan("--uncommitted", in: story).places == ["staged.env:1", "untracked.env:1"])
        #expect(try Windsock.scan("--range", "HEAD", in: story).places == ["old.env:1"])
        // A staged blob is in the database, too.
        #expect(try Windsock.scan("--history", in: story).places == ["old.env:1", "staged.env:1"])
    }

    @Test func aHistoryTellsSinceWhenUntilWhenAndWhoStillReachesIt() throws {
        let key = RandomKey(2)
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("add", [".env": key.line])
        let added = story.id("HEAD")
        story.tag("v1", "one").commit("remove", [".env": nil])
        let history = try #require(
            Windsock.scan("--history", in: story).report.findings.first?.occurrences.first?.history)
        #expect(history.introduced?.commit == added)
        #expect(history.removed?.commit == story.id("HEAD"))
        #expect(!history.inHead)
        #expect(history.reachability == "references")
        #expect(history.references == ["main", "v1"])
    }

    @Test func oneSecretInManyPlacesIsOneFindingWithOneFingerprint() throws {
        let key = RandomKey(3)
        let story = RepositoryBuilder().commit("first", [".env": key.line, "b/.env": "# moved\n" + key.line])
        let tree = try Windsock.scan(in: story)
        #expect(tree.report.findings.count == 1)
        #expect(tree.places == [".env:1", "b/.env:2"])
        let history = try Windsock.scan("--history", in: story)
        #expect(history.report.findings.map(\.fingerprint) == tree.report.findings.map(\.fingerprint))
    }
}

extension Windsock {
    static func run(_ arguments: [String], _ story: RepositoryBuilder) throws -> Scan {
        try Scan(run(["scan", "--format", "json"] + arguments, in: story))
    }
}
