import Findings
import Git
import ScanSources
import TestSupport
import Testing

@testable import Hygiene

/// Hygiene reads as every scan does: what it cannot read is named, and it is clean only of what was read.
@Suite struct HygieneReadingTests {
    private let secret = "DB_PASSWORD=q7Rw2ZxK9mTb4LsV\n"

    private func inspect(
        _ source: some ScanSource, maximumFileSize: Int = 256 << 20, wasScanned: Bool = false, in folder: String? = nil,
        _ result: ScanResult = ScanResult(
            findings: [], rules: HygieneRule.rules, summary: ScanSummary(mode: .history, target: "."))
    ) throws -> ScanResult {
        var result = result
        var scan = HygieneScan(rules: result.rules, maximumFileSize: maximumFileSize, now: 0)
        try scan.inspect(source, in: folder, wasScanned: wasScanned)
        scan.add(to: &result, Selection())
        return result
    }

    private func files(_ folder: TemporaryDirectory) -> WorkingTreeSource {
        WorkingTreeSource(paths: [folder.path], environment: GitEnvironment(currentDirectory: "/"))
    }

    @Test(arguments: [70_000, 1_390_000])
    func aSecretBehindManyLinesIsSeen(_ size: Int) throws {
        let folder = TemporaryDirectory()
        let lines = String(repeating: "# a line without a secret\n", count: size / 26)
        folder.write(".env", lines + secret)
        folder.write("secrets/db.yaml", lines + "password: q7Rw2ZxK9mTb4LsV\n")
        let result = try inspect(files(folder))
        #expect(result.hygiene?.map(\.secret.revealed) == [".env", "secrets/db.yaml"])
        #expect(result.summary.isComplete)
    }

    @Test func aKeyBehindCertificatesIsSeen() throws {
        var generator = SeededGenerator(seed: 78)
        let body = generator.text(1200, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let (begin, end) = ("-----BEGIN ", "-----END ")
        let folder = TemporaryDirectory()
        let certificate = "\(begin)CERTIFICATE-----\n\(body)\n\(end)CERTIFICATE-----\n"
        folder.write(
            "bundle.pem",
            String(repeating: certificate, count: 60) + "\(begin)PRIVATE KEY-----\n\(body)\n\(end)PRIVATE KEY-----\n")
        #expect(try inspect(files(folder)).hygiene?.map(\.secret.revealed) == ["bundle.pem"])
    }

    @Test func whatIsTooLargeIsNamed() throws {
        let folder = TemporaryDirectory()
        folder.write(".env", String(repeating: "# a line\n", count: 100) + secret)
        folder.write("large.txt", String(repeating: "of no interest\n", count: 100))
        let result = try inspect(files(folder), maximumFileSize: 512)
        #expect(result.hygiene?.isEmpty == true)
        #expect(result.summary.problems == [.tooLarge(".env", maximumSize: 512)])
        #expect(!result.summary.isComplete)
    }

    @Test func aLargeBinaryIsCountedAsInEveryScan() throws {
        let folder = TemporaryDirectory()
        folder.write("talk.key", String(repeating: "PK\u{3}\u{4}\u{0}", count: 1000))
        let result = try inspect(files(folder), maximumFileSize: 512)
        #expect(result.summary.isComplete)
        #expect(result.summary.omitted == [.tooLarge: 1])
        #expect(try inspect(files(folder), maximumFileSize: 512, wasScanned: true).summary.omitted.isEmpty)
    }

    @Test func aBlobThatIsGoneIsNamed() throws {
        let story = RepositoryBuilder().commit("first", [".env": secret])
        story.run(["clone", "--quiet", "--bare", story.path, "../bare"])
        let bare = story.sibling("bare")
        let id = story.blob(secret)
        let path = "objects/\(id.prefix(2))/\(id.dropFirst(2))"
        _ = Command.run(
            ["sh", "-c", "git unpack-objects -q < objects/pack/*.pack; rm -f objects/pack/*"], in: bare.path)
        _ = Command.run(["rm", "-f", path], in: bare.path)
        let source = WorkingTreeSource(paths: [bare.path], environment: GitEnvironment(currentDirectory: "/"))
        let result = try inspect(source)
        #expect(result.hygiene?.isEmpty == true)
        #expect(result.summary.problems.map(\.subject) == [".env"])
    }

    @Test func whatTheScanHasNamedIsNotNamedTwice() throws {
        let folder = TemporaryDirectory()
        folder.write(".env", String(repeating: "# a line\n", count: 100))
        var result = ScanResult(
            findings: [], rules: HygieneRule.rules, summary: ScanSummary(mode: .tree, target: "."))
        result.summary.problems = [.tooLarge(".env", maximumSize: 512)]
        #expect(try inspect(files(folder), maximumFileSize: 512, wasScanned: true, result).summary.problems.count == 1)
    }

    /// A link is not followed, and what is behind it is not known.
    @Test func onlyWhatItWouldHaveLookedAtIsCountedAsLeftOut() throws {
        let folder = TemporaryDirectory()
        folder.write("a", "1")
        _ = Command.run(["sh", "-c", "ln -s a .env; ln -s a b; mkfifo prod.env; mkfifo c"], in: folder.path)
        #expect(try inspect(files(folder)).summary.omitted == [.symbolicLink: 1, .specialFile: 1])
        #expect(try inspect(files(folder), wasScanned: true).summary.omitted.isEmpty)
    }

    @Test func filesOfASubmoduleHaveItsPath() throws {
        let folder = TemporaryDirectory()
        folder.write(".env", secret)
        folder.write("prod.env", String(repeating: "# a line\n", count: 100))
        let result = try inspect(files(folder), maximumFileSize: 512, in: "vendor/lib")
        #expect(result.hygiene?.map(\.secret.revealed) == ["vendor/lib/.env"])
        #expect(result.hygiene?.first?.occurrences.map(\.path) == ["vendor/lib/.env"])
        #expect(result.summary.problems.map(\.subject) == ["vendor/lib: prod.env"])
    }

    @Test func whatIsSuppressedIsCounted() throws {
        let folder = TemporaryDirectory()
        folder.write(".env", secret)
        var result = ScanResult(
            findings: [], rules: HygieneRule.rules, summary: ScanSummary(mode: .tree, target: "."))
        var scan = HygieneScan(rules: result.rules, maximumFileSize: 512, now: 0)
        try scan.inspect(files(folder), wasScanned: true)
        var selection = Selection()
        selection.minimumConfidence = .high
        scan.add(to: &result, selection)
        #expect(result.hygiene?.count == 1 && result.summary.suppressed.isEmpty, "a habit is seen or not")
        let fingerprint = try #require(result.hygiene?.first?.fingerprint)
        selection.baseline = Baseline(entries: [.init(fingerprint: fingerprint, ruleID: "hygiene-secret-file")])
        scan.add(to: &result, selection)
        #expect(result.hygiene?.isEmpty == true && result.summary.suppressed == [.baseline: 1])
        selection.minimumSeverity = .high
        scan.add(to: &result, selection)
        #expect(result.summary.suppressed == [.baseline: 1, .belowThreshold: 1])
    }

    @Test func whoseRulesAreOffReadsNothing() throws {
        let folder = TemporaryDirectory()
        folder.write(".env", String(repeating: "# a line\n", count: 100))
        let result = ScanResult(findings: [], rules: [], summary: ScanSummary(mode: .history, target: "."))
        #expect(try inspect(files(folder), maximumFileSize: 512, result).summary.isComplete)
    }
}
