import Findings
import Rules
import Scanner
import Testing

@testable import Pipeline

struct ExplanationCollectorTests {
    private static let rules = """
        [[rules]]
        id = 'acme-key'
        provider = 'Acme'
        severity = 'high'
        confidence = 'high'
        regex = 'acme_[a-zA-Z0-9]{16}'
        keywords = ['acme_']
        [[rules]]
        id = 'generic-key'
        severity = 'low'
        regex = 'key=([a-zA-Z0-9_]{16,40})'
        keywords = ['key=']
        strength = 'generic'
        [[rules]]
        id = 'prefix-key'
        regex = 'acmx'
        keywords = ['acm']
        """

    private func explain(
        _ texts: KeyValuePairs<String, String>, _ configure: (inout ScanSettings) -> Void = { _ in }
    ) throws -> ScanExplanations {
        let engine = ScanEngine(try RuleSet(rules: RuleFile(text: Self.rules, file: "test.toml").rules))
        var settings = ScanSettings()
        settings.explains = true
        configure(&settings)
        let pipeline = ScanPipeline(engine: engine, settings: settings)
        let result = try pipeline.result(of: pipeline.collect(MemorySource(texts), mode: .tree, target: "."))
        return try #require(result.explanations)
    }

    private let secret = "acme_q7Rw2ZxK9mTb4LsV"

    @Test func placesComeWithTheirPathsInOrder() throws {
        let places = try explain(["b": secret, "a": "\n \(secret)"]).places
        #expect(places.map { "\($0.path):\($0.region.startLine):\($0.region.startColumn)" } == ["a:2:2", "b:1:1"])
        #expect(places.allSatisfy { $0.isReported })
    }

    @Test func thresholdAndBaselineAreNamed() throws {
        let strict = try explain(["a": "key=q7Rw2ZxK9mTb4LsVy8Hd"]) { $0.selection.minimumSeverity = .medium }
        #expect(strict.places.map(\.verdict) == [.dropped(.threshold, detail: nil)])
        let fingerprint = Fingerprint(ruleID: "acme-key", secret: Secret(bytes: Array(secret.utf8)))
        let known = try explain(["a": secret]) {
            $0.selection.baseline = Baseline(entries: [.init(fingerprint: fingerprint, ruleID: "acme-key")])
        }
        #expect(known.places.map(\.verdict) == [.dropped(.baseline, detail: nil)])
    }

    @Test func aScanIsAskedForNoMoreThanWasSet() throws {
        func passed(_ configure: (inout ScanSettings) -> Void) throws -> [DropReason] {
            let places = try explain(["a": secret], configure).places
            return try #require(places.first).passed.filter { [.threshold, .baseline].contains($0) }
        }
        #expect(try passed { $0.selection.minimumConfidence = .low }.isEmpty)
        #expect(try passed { _ in } == [.threshold], "medium confidence is asked for where nothing else is")
        #expect(try passed { $0.selection.minimumSeverity = .high } == [.threshold])
        #expect(
            try passed {
                $0.selection.minimumConfidence = .low
                $0.selection.baseline = Baseline()
            } == [.baseline])
        #expect(
            try passed {
                $0.selection.minimumSeverity = .critical
                $0.selection.baseline = Baseline()
            }.isEmpty, "what comes behind the filter that drops it")
    }

    @Test func aSecretThatAnotherPlaceExplainsBetterIsNamed() throws {
        let rules = try explain(["a": secret, "b": "key=\(secret)"]).places
        let generic = try #require(rules.first { $0.ruleID == "generic-key" })
        #expect(generic.verdict == .dropped(.overlap, detail: "it is acme-key"))
    }

    @Test func aSecretThatCameWithAnAllowedCommitIsNotReported() throws {
        let rules = try RuleSet(rules: RuleFile(text: Self.rules, file: "test.toml").rules).rules
        let found = Secret(bytes: Array(secret.utf8))
        let place = Explanation(
            ruleID: "acme-key", keyword: nil, path: "",
            region: .init(startLine: 1, startColumn: 1, endLine: 1, endColumn: 22), secret: found, verdict: .reported)
        var collector = ExplanationCollector(rules: rules)
        collector.add(ItemExplanation(item: 0, places: [place], unmatched: [:]), path: "a")
        let index = try #require(rules.firstIndex { $0.id == "acme-key" })
        collector.note(allowedByCommit: [FindingCollector.Key(rule: index, secret: found)])
        #expect(
            collector.result().places.map(\.verdict) == [
                .dropped(.allowlist, detail: "it names the commit that brought it")
            ])
    }

    @Test func unmatchedRulesAreSummedUpOverAllTexts() throws {
        let unmatched = try explain(["a": "acm acm", "b": "acm", "c": "nothing"]).unmatched
        #expect(unmatched == [.init(ruleID: "prefix-key", keywords: ["acm"], hits: 3, files: 2)])
    }

    @Test func aScanThatIsNotExplainedHasNone() throws {
        let engine = ScanEngine(try RuleSet(rules: RuleFile(text: Self.rules, file: "test.toml").rules))
        let pipeline = ScanPipeline(engine: engine, settings: ScanSettings())
        let result = try pipeline.result(of: pipeline.collect(MemorySource(["a": secret]), mode: .tree, target: "."))
        #expect(result.explanations == nil)
    }
}
