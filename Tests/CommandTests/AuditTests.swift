import Findings
import Foundation
import Store
import TestSupport
import Testing

/// `windsock audit`: many repositories, one store.
@Suite struct AuditTests {
    let key = RandomKey(2410)
    let other = RandomKey(2411)
    let world = AuditWorld()

    // MARK: One story a secret

    @Test func aSecretInSeveralRepositoriesIsOne() throws {
        for name in ["a", "b", "team/c"] { world.repository(name, [".env": key.line]) }
        world.repository("d", ["x.env": other.line])
        let report = try world.audit("repositories")
        #expect(report.status == 1)
        #expect(report.report.findings.count == 2)
        #expect(report.places == ["a/.env:1", "b/.env:1", "c/.env:1", "d/x.env:1"])
        let content = try world.content()
        #expect(content.secrets.count == 2 && content.repositories.count == 4)
        #expect(try world.bytesOfStore().range(of: Data(key.description.utf8)) == nil)
    }

    @Test func theListIsALineASecret() throws {
        for name in ["a", "b"] { world.repository(name, [".env": key.line, "b.env": other.line]) }
        let outcome = world.run(["audit", "repositories"])
        let lines = outcome.output.split(separator: "\n")
        #expect(outcome.errors.isEmpty)
        #expect(lines.count == 4)
        #expect(lines.prefix(2).allSatisfy { $0.contains("in HEAD, since 2024-01-01") && $0.contains("v1:") })
        #expect(lines[2] == "2 secrets (2 high), 2 new")
        #expect(lines[3].hasPrefix("2 repositories: 2 scanned; "))
        #expect(!outcome.reveals(key.description))
    }

    /// Its comments and its baseline are shown beside the finding, and its configuration switches nothing off.
    @Test func aRepositoryDoesNotSilenceAnAudit() throws {
        let line = "MISTRAL_API_KEY=\(key)  # windsock:allow only a test\n"
        let story = world.repository("a", [".env": line, "b.env": other.line])
        _ = Windsock.run(["baseline", "create", "--reason", "we know"], in: story)
        story.write([".windsock.toml": "[disabled]\nrules = [\"mistral-api-key\"]\n"]).commit("silence")
        let report = try world.audit("repositories")
        #expect(report.status == 1)
        #expect(report.report.findings.count == 2)
        let remarks = report.report.findings.compactMap(\.remarks).flatMap { $0 }
        #expect(remarks.contains { $0.hasPrefix("A comment in the text lets it pass") })
        #expect(remarks.contains("The baseline knows it: we know"))
    }

    // MARK: Again

    @Test func whatIsAsItWasIsNotReadAgain() throws {
        let story = world.repository("a", [".env": key.line])
        world.repository("b", ["README": "text\n"])
        world.repository("empty")
        #expect(world.run(["audit", "repositories"]).output.contains("3 repositories: 3 scanned"))
        #expect(world.run(["audit", "repositories"]).output.contains("3 repositories: 0 scanned, 3 as they were; 0 "))
        #expect(world.run(["audit", "repositories", "--read-again"]).output.contains("3 scanned;"))
        story.commit("more", ["c.env": other.line])
        let outcome = world.run(["audit", "repositories"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("2 secrets (2 high), 1 new"))
        #expect(outcome.output.contains("1 scanned, 2 as they were"))
    }

    /// A baseline in the working directory is in no object.
    @Test func anotherBaselineIsSeen() throws {
        let story = world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        _ = Windsock.run(["baseline", "create", "--reason", "we know"], in: story)
        #expect(world.run(["audit", "repositories"]).output.contains("1 scanned"))
    }

    @Test func otherRulesReadAgain() throws {
        world.repository("a", [".env": key.line, "x": "token = zebra-17-zebra\n"])
        _ = world.run(["audit", "repositories"])
        world.directory.write(
            "own.toml",
            "[extend]\nuseDefault = true\n[[rules]]\nid = \"zebra\"\nregex = 'zebra-\\d+-zebra'\nkeywords = [\"zebra\"]\n"
        )
        let outcome = world.run(["audit", "repositories", "--config", world.directory("own.toml")])
        #expect(outcome.output.contains("1 scanned;"), "\(outcome.errors)")
    }

    @Test func whatIsGoneFromAHistoryIsGone() throws {
        let story = world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        story.git("checkout", "--quiet", "--orphan", "new")
        story.git("rm", "-rqf", ".")
        story.commit("clean", ["README": "text\n"])
        story.git("branch", "-D", "main")
        story.git("reflog", "expire", "--expire=now", "--all")
        story.git("gc", "--quiet", "--prune=now")
        let outcome = world.run(["audit", "repositories"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("0 secrets, 1 gone"))
    }

    // MARK: What is named

    @Test func eachRepositoryIsAuditedOnce() throws {
        let story = world.repository("a", [".env": key.line])
        story.git("worktree", "add", "--quiet", world.directory("repositories/tree"), "-b", "side")
        world.directory.write("list", "# ours\nrepositories\n\n  repositories/a  \nrepositories/a/\n")
        let outcome = world.run(["audit", "list", "repositories", story.path])
        #expect(outcome.output.contains("1 repository: 1 scanned"), "\(outcome.output)")
    }

    @Test func pathsOfAListBeginWhereItLies() throws {
        world.repository("a", ["README": "text\n"])
        world.repository("b#c", ["README": "text\n"])
        world.directory.write("repositories/list", "a # the first\n\tb#c\t# the second\n")
        let outcome = world.run(["audit", "repositories/list"])
        #expect(outcome.output.contains("2 repositories: 2 scanned"), "\(outcome.output)")
    }

    @Test(arguments: ["", "\n \n", "# none\n  # at all\n"]) func anEmptyListIsNoSuccess(_ text: String) {
        world.directory.write("list", text)
        let outcome = world.run(["audit", "list"])
        #expect(outcome.status == 3 && outcome.output.contains("list: the list is empty"))
    }

    @Test func oneRepositorysFailureIsThatRepositorys() throws {
        world.repository("a", ["README": "text\n"])
        world.directory.write(
            "list", "repositories\nnowhere\nlist\nhttp://example.org/x.git\next::sh -c id\n-oProxy@host:x\n")
        let outcome = world.run(["audit", "list"])
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("1 scanned, 5 failed"), "\(outcome.output)")
        for word in ["nowhere: could not look at it", "list: it is a file", "not by http"] {
            #expect(outcome.output.contains(word))
        }
        let failed = try world.content().repositories.values.filter { $0.runs.allSatisfy { !$0.isComplete } }
        #expect(failed.count == 5)
        #expect(world.run(["audit", "repositories"]).status == 0)
    }

    @Test func aDamagedRepositoryDoesNotHideWhatTheOthersHave() throws {
        world.repository("a", [".env": key.line])
        let broken = world.repository("b", ["README": "text\n"])
        broken.git("pack-refs", "--all")
        world.directory.write("repositories/b/.git/HEAD", "nonsense")
        let outcome = world.run(["audit", "repositories"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("incomplete"))
    }

    /// No other try would find what is missing; that it is missing is said each time.
    @Test func anObjectThatIsMissingIsLookedForOnce() throws {
        let story = world.repository("a", [".env": key.line, "b": "text\n"])
        story.directory.remove(story.looseObject(story.blob("text\n")))
        for words in ["1 scanned;", "0 scanned, 1 as they were"] {
            let outcome = world.run(["audit", "repositories"])
            #expect(outcome.status == 1)
            #expect(outcome.output.contains(words), "\(outcome.output)")
            #expect(outcome.output.contains("the object is missing") && outcome.output.contains(", incomplete"))
        }
    }

    @Test func aShallowCloneIsReadOnce() throws {
        world.repository("whole", ["README": "text\n"]).commit("leak", [".env": key.line])
        world.directory.write("shallow/README", "folder of the clone\n")
        let whole = world.repository("whole2")
        whole.run(
            [
                "clone", "--quiet", "--depth", "1", "file://\(world.directory("repositories/whole"))",
                world.directory("shallow/clone"),
            ], environment: [:])
        for words in ["1 scanned;", "0 scanned, 1 as they were"] {
            let outcome = world.run(["audit", "shallow"])
            #expect(outcome.status == 1)
            #expect(outcome.output.contains(words), "\(outcome.output)")
            #expect(outcome.output.contains("this is a shallow clone") && outcome.output.contains(", incomplete"))
        }
    }

    @Test(arguments: [
        ["audit"], ["audit", "x", "--jobs", "0"], ["audit", "x", "--verify-dry-run"],
        ["audit", "x", "--fail-on", "new"],
    ])
    func wrongUsageScansNothing(_ arguments: [String]) {
        #expect(world.run(arguments).status == 2)
    }

    @Test func aStoreThatCannotBeUsedIsKnownBefore() throws {
        world.repository("a", [".env": key.line])
        world.directory.write("text", String(repeating: "no store\n", count: 100))
        let outcome = world.run(["audit", "repositories", "--store", "text"])
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("text") && outcome.errors.contains("name a file of windsock's"))
    }
}

/// Repositories in one folder, and a user who has nothing else.
struct AuditWorld: Folder {
    let directory = TemporaryDirectory()
    var path: String { directory.path }

    private var environment: [String: String] {
        ["XDG_STATE_HOME": directory("state"), "XDG_CACHE_HOME": directory("cache"), "GIT_CONFIG_GLOBAL": "/dev/null"]
    }

    @discardableResult
    func repository(_ name: String, _ files: [String: String] = [:]) -> RepositoryBuilder {
        let story = RepositoryBuilder("repositories/\(name)", in: directory)
        return files.isEmpty ? story : story.commit("first", files)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) -> Command.Outcome {
        Windsock.run(arguments, in: self, environment: self.environment.merging(environment) { $1 })
    }

    func audit(_ arguments: String...) throws -> Scan { try Scan(run(["audit", "--format", "json"] + arguments)) }

    func content() throws -> StoreContent {
        try Store(directory("state/windsock/audit.sqlite"), for: .reading).content()
    }

    func bytesOfStore() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: directory("state/windsock/audit.sqlite")))
    }
}
