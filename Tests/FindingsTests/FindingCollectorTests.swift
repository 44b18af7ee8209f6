import Rules
import Testing

@testable import Findings

struct FindingCollectorTests {
    private static let rules = [
        Rule(id: "acme-key", provider: "Acme", severity: .high, confidence: .high, regex: "x"),
        Rule(id: "acme-key-documented", provider: "Acme", severity: .critical, confidence: .medium, regex: "x"),
        Rule(id: "generic-key", severity: .medium, confidence: .low, regex: "x", strength: .generic),
        Rule(id: "rival-key", provider: "Rival", severity: .high, confidence: .high, regex: "x"),
    ]
    private let acme = 0
    private let documented = 1
    private let generic = 2
    private let rival = 3

    private func detection(
        _ rule: Int, _ secret: String, line: Int = 1, confidence: Confidence? = nil, suppressed: Bool = false
    ) -> Detection {
        Detection(
            ruleIndex: rule, secret: Secret(bytes: Array(secret.utf8)),
            confidence: confidence ?? Self.rules[rule].confidence,
            region: .init(startLine: line, startColumn: 1, endLine: line, endColumn: 9), lineHash: "", snippet: "",
            decoders: [], isSuppressedInline: suppressed)
    }

    private func collect(_ detections: [(path: String, detection: Detection)]) -> FindingCollector {
        var collector = FindingCollector(rules: Self.rules)
        for (path, detection) in detections { collector.add(detection, path: path, origin: .file, history: nil) }
        return collector
    }

    @Test func oneSecretIsOneFindingWithItsPlacesInOrder() {
        let found = collect([
            ("b.txt", detection(acme, "s", line: 2)), ("a.txt", detection(acme, "s", line: 10)),
            ("b.txt", detection(acme, "s", line: 1)), ("a.txt", detection(acme, "s", line: 9)),
            ("a.txt", detection(acme, "other")),
        ]).findings()
        #expect(found.count == 2)
        let finding = found.first { $0.secret.revealed == "s" }
        #expect(
            finding?.occurrences.map { "\($0.path):\($0.region.startLine)" } == [
                "a.txt:9", "a.txt:10", "b.txt:1", "b.txt:2",
            ])
        #expect(finding?.fingerprint == Fingerprint(ruleID: "acme-key", secret: Secret(bytes: [0x73])))
    }

    @Test func aSecretOfAGenericRuleJoinsTheProvidersFinding() {
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let all = [
                ("a", detection(generic, "s")), ("b", detection(acme, "s")), ("c", detection(documented, "s")),
            ]
            let found = collect(order.map { all[$0] }).findings()
            #expect(found.map(\.rule.id) == ["acme-key"])
            #expect(found.first?.severity == .high)
            #expect(found.first?.confidence == .high)
            #expect(found.first?.occurrences.map(\.path) == ["a", "b", "c"])
        }
    }

    @Test func ofTwoWeakRulesTheOneWithAProviderKeepsTheSecret() {
        let found = collect([("a", detection(generic, "s")), ("b", detection(documented, "s"))]).findings()
        #expect(found.map(\.rule.id) == ["acme-key-documented"])
        #expect(found.first?.occurrences.count == 2)
    }

    @Test func twoProvidersThatAreSureStayTwoFindings() {
        let found = collect([("a", detection(acme, "s")), ("b", detection(rival, "s")), ("c", detection(generic, "s"))])
            .findings()
        #expect(found.map(\.rule.id) == ["acme-key", "rival-key"])
        #expect(found.map { $0.occurrences.map(\.path) } == [["a", "c"], ["b"]])
    }

    @Test func theSurestPlaceMakesTheConfidence() {
        let found = collect([
            ("a", detection(acme, "s", confidence: .low)), ("b", detection(acme, "s", confidence: .medium)),
        ]).findings()
        #expect(found.map(\.confidence) == [.medium])
        #expect(found.first?.occurrences.map(\.confidence) == [.low, .medium])
    }

    @Test func theGravestComesFirst() {
        let found = collect([
            ("z", detection(generic, "g")), ("b", detection(acme, "low", confidence: .low)),
            ("y", detection(documented, "d")),
            ("c", detection(acme, "c")), ("a", detection(acme, "a")), ("a", detection(acme, "b", line: 2)),
        ]).findings()
        #expect(found.map(\.secret.revealed) == ["d", "a", "b", "c", "low", "g"])
    }

    @Test func orderDoesNotDependOnTheOrderOfArrival() {
        let all = (0..<40).map { number in
            ("file\(number % 5)", detection(number % 4, "secret \(number % 13)", line: number % 3 + 1))
        }
        func summary(_ detections: [(String, Detection)]) -> [String] {
            collect(detections).findings().map { finding in
                "\(finding.rule.id) \(finding.secret.revealed) \(finding.occurrences.map { "\($0.path):\($0.region.startLine)" })"
            }
        }
        let expected = summary(all)
        for shift in 1..<10 { #expect(summary(Array(all[shift...] + all[..<shift])) == expected) }
        #expect(summary(all.reversed()) == expected)
    }

    @Test func oneValueInSeveralSpellingsIsOneFinding() {
        let found = collect([
            ("a.json", detection(acme, #"p\"w\u0041-x"#)), ("b.env", detection(acme, "p\"wA-x\r\n")),
            ("c.xml", detection(acme, "p&quot;wA-x")), ("d.txt", detection(acme, "p\"wA-x")),
        ]).findings()
        #expect(found.map(\.secret.revealed) == ["p\"wA-x"])
        #expect(found.first?.occurrences.map(\.path) == ["a.json", "b.env", "c.xml", "d.txt"])
        // A backslash may be meant: what stands nowhere is not shown.
        let windows = collect([("a", detection(acme, #"C:\new"#))]).findings()
        #expect(windows.map(\.secret.revealed) == [#"C:\new"#])
    }

    @Test func suppressedPlacesAreCountedAndLeftOut() {
        let collector = collect([
            ("a", detection(acme, "s", suppressed: true)), ("b", detection(acme, "s", suppressed: true)),
            ("c", detection(acme, "t", suppressed: true)), ("d", detection(acme, "t")),
        ])
        #expect(collector.findings().map { $0.occurrences.map(\.path) } == [["d"]])
        #expect(collector.suppressedInline.count == 2)
    }
}
