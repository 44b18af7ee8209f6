import Findings
import Foundation
import Store
import TestSupport
import Testing

/// `windsock scan --store`: what a scan finds goes into a file that later scans add to.
@Suite struct ScanStoreTests {
    let key = RandomKey(2400)
    let other = RandomKey(2401)

    private func content(_ path: String) throws -> StoreContent { try Store(path, for: .reading).content() }

    @Test func eachScanAddsToItAndNoSecretIsInIt() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        story.git("remote", "add", "origin", "git@github.com:acme/shop.git")
        let path = story.directory("audit.sqlite")
        let scan = Windsock.run(["scan", "--history", "--store", path], in: story)
        #expect(scan.status == 1 && scan.errors.isEmpty)
        story.commit("second", ["b.env": other.line])
        #expect(Windsock.run(["scan", "--staged", "--store", path], in: story).status == 0)
        #expect(Windsock.run(["scan", "--store", path], in: story).status == 1)
        let content = try content(path)
        #expect(content.secrets.count == 2)
        #expect(content.repositories.values.map(\.name) == ["acme/shop"])
        let modes = content.repositories.values.flatMap(\.runs).map(\.summary.mode)
        #expect(Set(modes) == [.history, .staged, .tree] && modes.count == 3)
        #expect(content.repositories.values.flatMap(\.runs).allSatisfy { $0.summary.setting.rulesDigest?.count == 16 })
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for key in [key, other] { #expect(bytes.range(of: Data(key.description.utf8)) == nil) }
    }

    /// A comment and the baseline are somebody's word, which the store keeps beside the secret.
    @Test func whatIsLetPassIsInItToo() throws {
        let story = RepositoryBuilder().commit(
            "first", [".env": key.line, "a.py": "KEY = \"\(other)\"  # mistral windsock:allow a test\n"])
        #expect(Windsock.run(["baseline", "create", "--reason", "known"], in: story).status == 0)
        let path = story.directory("audit.sqlite")
        #expect(Windsock.run(["scan", "--store", path], in: story).status == 0)
        let silences = try content(path).secrets.flatMap(\.sightings).compactMap(\.silence)
        #expect(Set(silences.map(\.reason)).contains(.baseline))
        #expect(silences.contains { $0.justification == "known" })
    }

    @Test(arguments: [["--only", "mistral-api-key"], ["--min-severity", "critical"], ["--exclude", ".env"]])
    func whatAPartialScanDoesNotFindIsNotGone(_ options: [String]) throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let path = story.directory("audit.sqlite")
        _ = Windsock.run(["scan", "--history", "--store", path], in: story)
        _ = Windsock.run(["scan", "--history", "--store", path] + options, in: story)
        #expect(try content(path).secrets.map(\.isThere) == [true])
    }

    /// Where the store cannot be used that is known before anything is scanned.
    @Test func aStoreThatCannotBeUsedIsAnErrorBeforeTheScan() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        story.directory.write("text", String(repeating: "no store\n", count: 100))
        for path in [story.directory("text"), story.directory("missing/audit.sqlite"), story.path] {
            let outcome = Windsock.run(["scan", "--store", path], in: story)
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.errors.contains(path) && !outcome.reveals(key.description))
        }
    }

    @Test func aScanThatStoresNothingDoesNotLoadSQLite() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let outcome = Windsock.run(["scan", "--staged"], in: story, environment: ["LD_DEBUG": "libs"])
        // Where the C library tells of what it loads.
        #expect(!outcome.errors.contains("sqlite"))
    }
}
