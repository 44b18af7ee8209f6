import Findings
import Foundation
import Store
import TestSupport
import Testing

/// `windsock scan --known`: where secrets stand that somebody has.
@Suite struct ScanKnownTests {
    let password = "hunter2x"
    let token = RandomKey(2450).description

    private func vault(_ lines: [String], in folder: TemporaryDirectory = TemporaryDirectory()) -> (
        TemporaryDirectory, String
    ) {
        folder.write("vault.txt", lines.joined(separator: "\n") + "\n")
        return (folder, folder("vault.txt"))
    }

    @Test func treesHistoriesTheIndexAndStandardInputAreSearched() throws {
        let (folder, file) = vault([password, token])
        let encoded = Data("user=ada\npw=\(password)\n".utf8).base64EncodedString()
        let story = RepositoryBuilder().commit(
            "first", ["a.txt": "x \(password) y\n", "b/c.yaml": "data: \(encoded)\n"]
        )
        .commit("gone: \(token)", ["a.txt": "nothing\n"])
        let tree = try Windsock.scan("--known", file, in: story)
        #expect(tree.status == 1 && tree.report.findings.map(\.rule) == ["known-secret"])
        #expect(tree.report.findings.first?.occurrences.map(\.path) == ["b/c.yaml"])
        let history = try Windsock.scan("--known", file, "--history", in: story)
        #expect(history.status == 1)
        #expect(Set(history.report.findings.flatMap(\.occurrences).map(\.path)).isSuperset(of: ["a.txt", "b/c.yaml"]))
        #expect(history.report.findings.count == 2)
        for outcome in [tree.outcome, history.outcome] {
            #expect(!outcome.reveals(password) && !outcome.reveals(token))
        }
        let input = Windsock.run(["scan", "-", "--known", file], in: story, input: "a \(password)\n")
        #expect(input.status == 1)
        story.stage(["new.txt": password])
        #expect(Windsock.run(["scan", "--staged", "--known", file], in: story).status == 1)
        withExtendedLifetime(folder) {}
    }

    @Test func nothingInWhatIsScannedHidesOne() throws {
        let (folder, file) = vault([password])
        let story = RepositoryBuilder().commit(
            "first",
            [
                "a.txt": "pw = \"\(password)\"  # windsock:allow\n", "vendor/a.min.js": "x=\"\(password)\"\n",
                ".windsock.toml": "[settings]\nexclude = [\"*\"]\n[[allowlists]]\npaths = ['.*']\n",
            ])
        let scan = try Windsock.scan("--known", file, in: story)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.txt", "vendor/a.min.js"])
        withExtendedLifetime(folder) {}
    }

    @Test func whatIsLeftOutByAnOptionIsLeftOutOfHistoriesToo() throws {
        let (folder, file) = vault([password])
        let story = RepositoryBuilder().commit("first", ["a/x.txt": "\(password)\n", "b/y.txt": "z \(password)\n"])
        for mode in [[], ["--history"]] {
            let scan = try Scan(
                Windsock.run(["scan", "--format", "json", "--known", file, "--exclude", "a/"] + mode, in: story))
            #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["b/y.txt"])
        }
        withExtendedLifetime(folder) {}
    }

    /// A scan before has called the blobs clean, and one behind must not take over what this one has seen.
    @Test func nothingIsRememberedBeforeOrBehind() throws {
        let (folder, file) = vault(["plain-words"])
        let story = RepositoryBuilder().commit("first", ["a.txt": "some plain-words here\n"])
        #expect(Windsock.run(["scan", "--history"], in: story).status == 0)
        #expect(Windsock.run(["scan", "--history", "--known", file], in: story).status == 1)
        #expect(Windsock.run(["scan", "--history"], in: story).status == 0)
        #expect(Windsock.run(["scan", "--history", "--known", file], in: story).status == 1)
        for name in try FileManager.default.subpathsOfDirectory(atPath: story.path + "/.git") {
            let data = FileManager.default.contents(atPath: story.path + "/.git/" + name) ?? Data()
            if name.contains("windsock") { #expect(data.range(of: Data("plain-words".utf8)) == nil) }
        }
        withExtendedLifetime(folder) {}
    }

    @Test func membersOfArchivesAreSearched() throws {
        let (folder, file) = vault([password])
        folder.write("in/a.txt", "x \(password)\n")
        _ = Command.run(["tar", "-czf", "a.tgz", "in"], in: folder.path)
        let outcome = Windsock.run(["scan", "a.tgz", "--known", file], in: folder)
        #expect(outcome.status == 1 && outcome.output.contains("in/a.txt"))
    }

    // MARK: The file

    @Test(arguments: [
        ("# a comment\n\n  hunter2x  \r\nhunter2x\n", 1), ("\"hunter2x\"\n", 1), ("#hunter2x\n", 1),
        ("\u{feff}hunter2x", 1),
        ("never-there\n", 0), ("hunter2x\nab\n", 1), ("never-there\nab\n", 3),
    ]) func linesAreReadAsPeopleWriteThem(text: String, status: Int32) throws {
        let folder = TemporaryDirectory()
        folder.write("vault.txt", text)
        folder.write("a/a.txt", "x '#hunter2x' hunter2x\n")
        let outcome = Windsock.run(["scan", "a", "--known", "vault.txt"], in: folder)
        #expect(outcome.status == status, "\(outcome)")
        if text.contains("ab\n") { #expect(outcome.output.contains("line 2")) }
    }

    @Test(arguments: [
        ("", "nothing in it"), ("# only\n\n", "nothing in it"), ("ab\ncd\n", "shorter than 6 bytes"),
        ("{\"a\": \"hunter2x\"}", "jq"), ("A=hunter2x\nexport B_C='hunter3x'\n", "sed"), ("hunter2x\0\n", "binary"),
        ("-----BEGIN PRIVATE KEY-----\nhunter2x\n", "several lines"),
        (String(repeating: "hunter2x", count: 9000), "longer than 64 KiB"),
        ("v3:0123456789abcdef0123456789abcdef\n", "WINDSOCK_FINGERPRINT_KEY"),
    ]) func whatIsNoSuchFileIsRefusedWithAReason(text: String, reason: String) throws {
        let folder = TemporaryDirectory()
        folder.write("vault.txt", text)
        let outcome = Windsock.run(["scan", "--known", "vault.txt"], in: folder)
        #expect(outcome.status == 2 && outcome.errors.contains(reason) && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(!outcome.reveals("hunter2x") && !outcome.reveals("hunter3x"))
    }

    /// Whoever gives the value in the place of a file does not find it in a log.
    @Test(arguments: ["hunter2x", "correct horse battery staple"]) func aValueAsTheFileIsInNoMessage(value: String) {
        let folder = TemporaryDirectory()
        let outcome = Windsock.run(["scan", "--known", value], in: folder)
        #expect(outcome.status == 2 && !outcome.reveals(value), "\(outcome.errors)")
    }

    @Test(arguments: [
        ["--only", "mistral-api-key"], ["--explain"], ["-"], ["--patch"],
    ]) func whatGoesTogetherWithNothingIsRefused(options: [String]) {
        let folder = TemporaryDirectory()
        #expect(Windsock.run(["scan", "--known", "-"] + options, in: folder, input: "hunter2x\n").status == 2)
    }

    @Test func valuesComeFromAProgram() {
        let folder = TemporaryDirectory()
        folder.write("a.txt", "hunter2x\n")
        #expect(Windsock.run(["scan", "--known", "-"], in: folder, input: "hunter2x\n").status == 1)
        #expect(
            Windsock.shell(
                "printf 'hunter2x\\n' >p; mkfifo f; cat p >f & \"$windsock\" scan a.txt --known f", in: folder
            ).status == 1)
    }

    // MARK: Fingerprints and stores

    @Test func aFingerprintOfAReportFindsTheSecretElsewhere() throws {
        let key = RandomKey(2451)
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let print = try #require(try Windsock.scan(in: story).report.findings.first?.fingerprint)
        let other = RepositoryBuilder().commit("first", ["b.py": "MISTRAL = \"\(key)\"\n"])
        let (folder, file) = vault([print])
        let scan = try Windsock.scan("--known", file, in: other)
        #expect(scan.status == 1 && scan.report.findings.map(\.rule) == ["known-secret"])
        #expect(scan.outcome.output.contains(print))
        withExtendedLifetime(folder) {}
    }

    /// It joins the secret's story: one row, whose kind a rule has told.
    @Test func whatIsFoundJoinsTheStore() throws {
        let key = RandomKey(2452)
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let other = RepositoryBuilder().commit("first", ["b.txt": "word \(key) word\n"])
        let store = story.directory("audit.sqlite")
        _ = Windsock.run(["scan", "--store", store], in: story)
        let (folder, file) = vault([key.description, "not-there"])
        let scan = Windsock.run(["scan", "--known", file, "--store", store], in: other)
        #expect(scan.status == 1 && scan.errors.isEmpty, "\(scan)")
        let content = try Store(store, for: .reading).content()
        #expect(content.secrets.count == 1 && content.secrets[0].rule.id == "mistral-api-key")
        #expect(content.repositories.count == 2)
        // Where nothing of it stands, the store says where it does.
        let empty = RepositoryBuilder().commit("first", ["c.txt": "nothing\n"])
        let asked = Windsock.run(["scan", "--known", file, "--store", store], in: empty)
        #expect(asked.status == 1 && asked.output.contains(".env") && asked.output.contains("b.txt"), "\(asked)")
        let report = Windsock.run(["report", "--known", file, "--store", store], in: empty)
        #expect(report.status == 0 && report.output.contains("mistral-api-key"), "\(report)")
        for outcome in [scan, asked, report] { #expect(!outcome.reveals(key.description)) }
        withExtendedLifetime(folder) {}
    }
}
