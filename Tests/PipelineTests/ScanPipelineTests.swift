import BuiltinRules
import Findings
import Rules
import ScanSources
import Scanner
import TestSupport
import Testing

@testable import Pipeline

struct ScanPipelineTests {
    /// Two rules of their own, so that severities and confidences are known.
    private static let engine = Result {
        let file = try RuleFile(
            text: """
                [[rules]]
                id = 'acme-key'
                provider = 'Acme'
                severity = 'high'
                confidence = 'high'
                regex = 'acme_[a-zA-Z0-9]{16}'
                keywords = ['acme_']

                [[rules]]
                id = 'minor-key'
                provider = 'Minor'
                severity = 'low'
                confidence = 'low'
                regex = 'minor_[a-zA-Z0-9]{16}'
                keywords = ['minor_']
                """, file: "test.toml")
        return ScanEngine(try RuleSet(rules: file.rules))
    }

    private func run(
        _ source: some ScanSource, interruption: Interruption = Interruption(), progress: Progress = Progress(),
        _ configure: (inout ScanSettings) -> Void = { _ in }
    ) throws -> ScanResult {
        var settings = ScanSettings()
        configure(&settings)
        let pipeline = ScanPipeline(
            engine: try Self.engine.get(), settings: settings, progress: progress, interruption: interruption)
        return try pipeline.result(of: pipeline.collect(source, mode: .tree, target: "here"))
    }

    private let acme = "acme_q7Rw2ZxK9mTb4LsV"
    private let minor = "minor_Zt5Yh8Wn2Qk7Xc4V"

    private var source: MemorySource {
        MemorySource([
            "a.env": "k=\(acme)\n", "b.env": "k=\(minor)\n", "c.txt": "nothing", "d.bin": "\u{0}\u{0}\u{0}\u{1}",
        ])
    }

    @Test func theSummarySaysWhatWasCovered() throws {
        let result = try run(source)
        #expect(result.summary.mode == .tree)
        #expect(result.summary.target == "here")
        #expect(result.summary.filesScanned == 3)
        #expect(result.summary.blobsScanned == 0)
        #expect(result.summary.bytesScanned == acme.utf8.count + minor.utf8.count + 6 + 7)
        #expect(result.summary.omitted == [.binary: 1])
        #expect(result.summary.isComplete)
        #expect(result.rules.map(\.id) == ["acme-key", "minor-key"])
    }

    @Test(arguments: [
        (Confidence.low, Severity.low, ["acme-key", "minor-key"]), (.medium, .low, ["acme-key"]),
        (.high, .high, ["acme-key"]),
        (.low, .medium, ["acme-key"]), (.low, .critical, []),
    ])
    func whatIsBelowAThresholdIsCounted(confidence: Confidence, severity: Severity, ids: [String]) throws {
        let result = try run(source) {
            $0.selection.minimumConfidence = confidence
            $0.selection.minimumSeverity = severity
        }
        #expect(result.findings.map(\.rule.id) == ids)
        #expect(result.summary.suppressed == (ids.count == 2 ? [:] : [.belowThreshold: 2 - ids.count]))
    }

    @Test func theBaselineSuppressesAndIsCounted() throws {
        let all = try run(source) { $0.selection.minimumConfidence = .low }.findings
        let known = try #require(all.first)
        let baseline = Baseline(entries: [.init(fingerprint: known.fingerprint, ruleID: known.rule.id)])
        let result = try run(source) {
            $0.selection.minimumConfidence = .low
            $0.selection.baseline = baseline
        }
        #expect(result.findings.map(\.rule.id) == ["minor-key"])
        #expect(result.summary.suppressed == [.baseline: 1])
        let moved = MemorySource(["elsewhere/new.env": "\n\n\n  other_name: \(acme)\n"])
        #expect(try run(moved) { $0.selection.baseline = baseline }.findings.isEmpty, "moved, and known all the same")
    }

    @Test func directivesSuppressAndAreCountedBySecret() throws {
        let source = MemorySource([
            "a": "\(acme) # gitleaks:allow\n\(acme) # windsock:allow\n", "b": "acme_9mTb4LsVy8Hd3NcP # windsock:allow",
            "c": "acme_Hd3NcPf6Gj1UaE7x",
        ])
        let result = try run(source)
        #expect(result.findings.map { $0.occurrences.map(\.path) } == [["c"]])
        #expect(result.summary.suppressed == [.inlineDirective: 2])
        let all = try run(source) { $0.honorsInlineDirectives = false }
        #expect(all.findings.count == 3)
        #expect(all.summary.suppressed == [:])
    }

    @Test func theNumberOfJobsChangesNothing() throws {
        var generator = SeededGenerator(seed: 6)
        let secrets = (0..<40).map { _ in "acme_" + generator.key(16) }
        let contents: [(path: String, content: MemorySource.Content)] = (0..<700).map { number in
            let lines = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                "x = \(secrets.randomElement(using: &generator) ?? "")"
            }
            let problem = Problem(subject: "file \(number)", message: "is not readable")
            return (
                "dir\(number % 7)/file\(number)",
                number % 50 == 49 ? .failure(.problem(problem)) : .text(lines.joined(separator: "\n"))
            )
        }
        let results = try [1, 4, 4, 3].map { jobs in
            let result = try run(MemorySource(contents: contents)) { $0.jobs = jobs }
            let findings = result.findings.map {
                "\($0.fingerprint) \($0.occurrences.map { "\($0.path) \($0.region)" })"
            }
            #expect(result.findings.count > 30)
            #expect(result.summary.problems.count == 14)
            return findings + result.summary.problems.map(\.subject) + ["\(result.summary.bytesScanned)"]
        }
        for result in results[1...] { #expect(result == results[0]) }
    }

    @Test func whatCannotBeReadMakesTheScanIncompleteAndKeepsFindings() throws {
        let result = try run(
            MemorySource(contents: [
                ("a", .failure(.problem(Problem(subject: "a", message: "no", advice: "try")))), ("b", .text(acme)),
                ("c", .failure(.omitted(Omission(reason: .symbolicLink, subject: "c")))),
            ]))
        #expect(result.findings.count == 1)
        #expect(result.summary.problems == [.init(subject: "a", message: "no", advice: "try")])
        #expect(result.summary.omitted == [.symbolicLink: 1])
        #expect(!result.summary.isComplete)
    }

    @Test func aTextThatIsTooLargeIsAProblemAndABinaryIsNot() throws {
        let large = String(repeating: "x", count: 200)
        let result = try run(MemorySource(["text": large, "binary": "\u{0}" + large, "small": acme])) {
            $0.maximumFileSize = 100
        }
        #expect(result.summary.problems.map(\.subject) == ["text"])
        #expect(result.summary.problems.first?.message.contains("100 bytes") == true)
        #expect(result.summary.omitted == [.tooLarge: 1])
        #expect(result.findings.count == 1)
    }

    @Test func aRuleThatIsGivenUpIsAProblem() throws {
        let rules = try RuleFile(text: "[[rules]]\nid='slow-key'\nregex='key(a+)+$'\nkeywords=['key']", file: "s").rules
        let pipeline = ScanPipeline(engine: ScanEngine(try RuleSet(rules: rules)), settings: ScanSettings())
        let text = "\nkey" + String(repeating: "a", count: 60) + "b"
        let result = try pipeline.result(of: pipeline.collect(MemorySource(["f": text]), mode: .tree, target: ""))
        #expect(result.summary.problems.map(\.subject) == ["f:2"])
        #expect(result.summary.problems.first?.message.contains("slow-key") == true)
        #expect(!result.summary.isComplete)
    }

    @Test func anInterruptedScanSaysSo() throws {
        let interruption = Interruption()
        interruption.request()
        let result = try run(source, interruption: interruption)
        #expect(result.summary.wasInterrupted)
        #expect(!result.summary.isComplete)
        #expect(result.summary.filesScanned == 0)
    }

    @Test func progressEndsWhereThePlanEnds() throws {
        let progress = Progress()
        let result = try run(source, progress: progress)
        #expect(progress.state.done == 4)
        #expect(progress.state.all == 4)
        #expect(progress.state.bytes >= result.summary.bytesScanned)
    }

    @Test func lineHashesAreMadeWhereAReportNeedsThem() throws {
        #expect(try run(source).findings.first?.occurrences.first?.lineHash == "")
        #expect(
            try run(source) { $0.computesLineHashes = true }.findings.first?.occurrences.first?.lineHash.hasSuffix(":1")
                == true)
    }

    @Test func aTreeOnDiskIsScannedWithTheBuiltInRules() throws {
        var generator = SeededGenerator(seed: 44)
        let key = generator.key()
        let folder = TemporaryDirectory()
        folder.write("app/.env", "MISTRAL_API_KEY=\(key)\n")
        folder.write("app/copy.json", "{\"mistral\": {\"key\": \"\(key)\"}}")
        folder.write("README.md", "Set MISTRAL_API_KEY=your_key_here.\n")
        let pipeline = ScanPipeline(engine: ScanEngine(.builtin), settings: ScanSettings())
        let result = try pipeline.result(
            of: pipeline.collect(WorkingTreeSource(paths: [folder.path]), mode: .tree, target: folder.path))
        #expect(result.findings.map(\.rule.id) == ["mistral-api-key"])
        #expect(result.findings.first?.occurrences.map(\.path) == ["app/.env", "app/copy.json"])
        #expect(result.summary.filesScanned == 3)
    }
}
