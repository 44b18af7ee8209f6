import Bytes
import Rules
import Testing

@testable import Findings

/// Several scans in one: what each found counts as if one scan had found it.
@Suite struct ScanCollectionTests {
    private static let rules = [
        Rule(id: "acme-key", provider: "Acme", severity: .high, confidence: .high),
        Rule(id: "generic", severity: .medium, confidence: .medium),
    ]
    private let acme = 0
    private let generic = 1

    private func detection(
        _ rule: Int, _ secret: String, _ confidence: Confidence = .high, line: Int = 1, suppressed: Bool = false
    ) -> Detection {
        Detection(
            ruleIndex: rule, secret: Secret(bytes: Array(secret.utf8)), confidence: confidence,
            region: .init(startLine: line, startColumn: 1, endLine: line, endColumn: 9), lineHash: "", snippet: "",
            decoders: [], isSuppressedInline: suppressed)
    }

    private func collection(
        _ detections: [(path: String, detection: Detection)], origin: Origin = .file, explains: Bool = false,
        _ configure: (inout ScanCollection) -> Void = { _ in }
    ) -> ScanCollection {
        var findings = FindingCollector(rules: Self.rules)
        for (path, detection) in detections { findings.add(detection, path: path, origin: origin, history: nil) }
        var collection = ScanCollection(
            rules: Self.rules, findings: findings, summary: ScanSummary(mode: .tree, target: "."), explains: explains)
        configure(&collection)
        return collection
    }

    private func merged(_ first: ScanCollection, _ second: ScanCollection) -> ScanCollection {
        var result = first
        result.merge(second)
        return result
    }

    @Test func theSurestPlaceOfAllScansMakesTheConfidence() {
        let here = collection([("a", detection(acme, "s", .medium))])
        let there = collection([("b", detection(acme, "s", .high))])
        for both in [merged(here, there), merged(there, here)] {
            let finding = both.result(Selection()).findings.first
            #expect(finding?.confidence == .high)
            #expect(finding?.occurrences.map(\.path) == ["a", "b"])
        }
    }

    @Test func thresholdsAndTheBaselineAreAskedOnceForAll() {
        let here = collection([("a", detection(acme, "s", .low)), ("a", detection(generic, "known"))])
        let there = collection([("b", detection(acme, "s", .medium)), ("b", detection(generic, "known"))])
        var selection = Selection()
        let known = Fingerprint(ruleID: "generic", secret: Secret(bytes: Array("known".utf8)))
        selection.baseline = Baseline(entries: [.init(fingerprint: known, ruleID: "generic")])
        let result = merged(here, there).result(selection)
        #expect(result.findings.map { $0.occurrences.map(\.path) } == [["a", "b"]])
        #expect(result.summary.suppressed == [.baseline: 1])
    }

    @Test func aProvidersRuleInOneKnowsTheSecretInTheOther() {
        let both = merged(collection([("a", detection(generic, "s"))]), collection([("b", detection(acme, "s"))]))
        let findings = both.result(Selection()).findings
        #expect(findings.map(\.rule.id) == ["acme-key"])
        #expect(findings.first?.occurrences.map(\.path) == ["a", "b"])
    }

    @Test func aPlaceThatBothReadIsOne() {
        let blob = Origin.blob(.zero)
        let both = merged(
            collection([("a", detection(acme, "s", .low)), ("a", detection(acme, "s", line: 2))], origin: blob),
            collection([("a", detection(acme, "s", .medium))], origin: blob))
        let finding = both.result(Selection()).findings.first
        #expect(finding?.occurrences.map(\.region.startLine) == [1, 2])
        #expect(finding?.occurrences.map(\.confidence) == [.medium, .high])
    }

    @Test func findingsOfBothAreInOneOrder() {
        let here = collection([("z", detection(acme, "1")), ("b", detection(generic, "2", .medium))])
        let there = collection([("a", detection(generic, "3", .medium)), ("c", detection(acme, "4"))])
        let expected = ["c", "z", "a", "b"]
        #expect(merged(here, there).result(Selection()).findings.map { $0.occurrences[0].path } == expected)
        #expect(merged(there, here).result(Selection()).findings.map { $0.occurrences[0].path } == expected)
    }

    @Test func aSecretThatBothSuppressIsCountedOnce() {
        let one = collection([("a", detection(acme, "s", suppressed: true))])
        #expect(merged(one, one).result(Selection()).summary.suppressed == [.inlineDirective: 1])
    }

    @Test func nothingOfTheCoverageIsForgotten() {
        func scan(_ factor: Int, _ target: String) -> ScanCollection {
            collection([]) { collection in
                collection.summary.target = target
                collection.summary.filesScanned = factor
                collection.summary.blobsScanned = 2 * factor
                collection.summary.bytesScanned = 3 * factor
                collection.summary.commitCount = 4 * factor
                collection.summary.readSingly = 5 * factor
                collection.summary.knownCount = 6 * factor
                collection.summary.omitted = [.binary: 7 * factor]
                collection.summary.problems = [Problem(subject: target, message: "m")]
                collection.summary.startTime = Double(8 * factor)
                collection.summary.duration = Double(factor)
                collection.summary.wasInterrupted = factor > 1
            }
        }
        let summary = merged(scan(1, "a"), scan(10, "b")).result(Selection()).summary
        #expect(summary.target == "a, b")
        #expect(summary.filesScanned == 11 && summary.blobsScanned == 22 && summary.bytesScanned == 33)
        #expect(summary.commitCount == 44 && summary.readSingly == 55 && summary.knownCount == 66)
        #expect(summary.omitted == [.binary: 77])
        #expect(summary.problems.map(\.subject) == ["a", "b"])
        #expect(summary.startTime == 8 && summary.duration == 11 && summary.wasInterrupted)
    }

    @Test func objectsAreListedOnceById() throws {
        func object(_ digit: String) -> ScannedObject {
            ScannedObject(id: String(repeating: digit, count: 40), kind: "blob", content: .text)
        }
        let here = collection([]) { $0.objects = [object("a"), object("c")] }
        let there = collection([]) { $0.objects = [object("b"), object("c")] }
        let result = merged(here, there).result(Selection())
        #expect(result.objects == [object("a"), object("b"), object("c")])
        #expect(collection([]).result(Selection()).objects == nil)
    }

    // MARK: Folders

    @Test func whatLiesInAFolderHasItsPathEverywhere() throws {
        var findings = FindingCollector(rules: Self.rules)
        findings.add(
            detection(acme, "s"), path: "a", origin: .blob(.zero),
            history: .init(
                introduced: nil, removed: nil, isInHead: true, reachability: .stash, otherPaths: ["old/a"]))
        var scan = ScanCollection(
            rules: Self.rules, findings: findings, summary: ScanSummary(mode: .history, target: "/git/modules/lib"),
            explains: true)
        scan.summary.problems = [Problem(subject: "b", message: "m")]
        scan.add(ItemExplanation(item: 0, places: [place("s")], unmatched: [:]), path: "a", object: .zero)
        scan.prefix(with: "lib")
        let result = scan.result(Selection())
        #expect(result.findings.first?.occurrences.first?.path == "lib/a")
        #expect(result.findings.first?.occurrences.first?.history?.otherPaths == ["lib/old/a"])
        #expect(result.summary.problems.map(\.subject) == ["lib: b"])
        #expect(result.summary.target == "lib")
        #expect(result.explanations?.places.map(\.path) == ["lib/a"])
    }

    // MARK: Explanations

    private func place(_ secret: String) -> Explanation {
        Explanation(
            ruleID: "acme-key", keyword: nil, path: "",
            region: .init(startLine: 1, startColumn: 1, endLine: 1, endColumn: 9),
            secret: Secret(bytes: Array(secret.utf8)), verdict: .reported)
    }

    @Test func explanationsOfBothAreKeptAndKnowWhatBothFound() {
        let here = collection([("a", detection(acme, "s", .low))], explains: true) {
            $0.add(ItemExplanation(item: 0, places: [place("s")], unmatched: [1: ["k": 2]]), path: "a", object: nil)
        }
        let there = collection([("b", detection(acme, "t"))], explains: true) {
            $0.add(ItemExplanation(item: 0, places: [place("t")], unmatched: [1: ["k": 3]]), path: "b", object: nil)
        }
        let explanations = merged(here, there).result(Selection()).explanations
        #expect(explanations?.places.map(\.path) == ["a", "b"])
        #expect(explanations?.places.map(\.isReported) == [false, true])
        #expect(explanations?.unmatched.map(\.hits) == [5])
        #expect(collection([]).result(Selection()).explanations == nil)
    }

    @Test func anObjectThatBothReadIsExplainedOnce() {
        let scan = collection([], explains: true) {
            $0.add(ItemExplanation(item: 0, places: [place("s")], unmatched: [:]), path: "a", object: .zero)
        }
        #expect(merged(scan, scan).result(Selection()).explanations?.places.count == 1)
    }
}
