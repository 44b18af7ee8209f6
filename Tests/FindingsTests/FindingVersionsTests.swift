import Bytes
import Rules
import Testing

@testable import Findings

/// The same place in many versions of a file, and the order of findings.
@Suite struct FindingVersionsTests {
    private static let rules = [
        Rule(id: "acme-key", provider: "Acme", severity: .high, confidence: .high),
        Rule(id: "minor-key", provider: "Acme", severity: .low, confidence: .high),
    ]

    private func id(_ number: Int) -> ObjectID {
        let digits = String(number, radix: 16)
        let hex = String(repeating: "0", count: 40 - digits.count) + digits
        return ObjectID(hex: hex) ?? .zero
    }

    private func commit(_ day: Int) -> Occurrence.Commit {
        Occurrence.Commit(
            id: id(1000 + day), authorName: "Ada", authorEmail: "", authorTime: day * 86_400, summary: "day \(day)")
    }

    /// A place that came with a day and went with another; `nil`: it is in HEAD.
    private func add(
        _ secret: String, rule: Int = 0, path: String = "a", blob: Int, line: Int = 1, from day: Int, until: Int? = nil,
        to collector: inout FindingCollector
    ) {
        let history = Occurrence.History(
            introduced: commit(day), removed: until.map(commit), isInHead: until == nil,
            reachability: .references(["main"]), otherPaths: [])
        collector.add(
            Detection(
                ruleIndex: rule, secret: Secret(bytes: Array(secret.utf8)), confidence: .high,
                region: .init(startLine: line, startColumn: 1, endLine: line, endColumn: 9), lineHash: "",
                snippet: "", decoders: [], isSuppressedInline: false),
            path: path, origin: .blob(id(blob)), history: history)
    }

    private func result(_ collector: FindingCollector) -> ScanResult {
        ScanCollection(
            rules: Self.rules, findings: collector, summary: ScanSummary(mode: .history, target: ".")
        ).result(Selection())
    }

    @Test func tenVersionsOfAFileAreOnePlace() throws {
        var collector = FindingCollector(rules: Self.rules)
        for day in 1...10 { add("s", blob: day, line: day, from: day, until: day + 1, to: &collector) }
        let occurrences = result(collector).findings[0].occurrences
        #expect(occurrences.count == 1)
        let place = try #require(occurrences.first)
        // As it stood last.
        #expect(place.origin == .blob(id(10)) && place.region.startLine == 10)
        #expect(place.otherObjects == (1...9).map(id))
        #expect(place.history?.introduced == commit(1) && place.history?.removed == commit(11))
        #expect(place.history?.isInHead == false)
        #expect(place.shownCommit == commit(10).id)
    }

    @Test func theVersionOfHeadIsShown() throws {
        var collector = FindingCollector(rules: Self.rules)
        add("s", blob: 1, line: 4, from: 1, to: &collector)
        add("s", blob: 2, line: 7, from: 5, until: 6, to: &collector)
        let place = try #require(result(collector).findings[0].occurrences.first)
        #expect(place.region.startLine == 4)
        #expect(place.history?.isInHead == true && place.history?.removed == nil)
    }

    @Test func twoPlacesOfOneVersionStayTwo() {
        var collector = FindingCollector(rules: Self.rules)
        for blob in 1...3 {
            for line in [2, 9] { add("s", blob: blob, line: line + blob, from: blob, to: &collector) }
        }
        add("s", path: "b", blob: 4, from: 1, to: &collector)
        let occurrences = result(collector).findings[0].occurrences
        #expect(occurrences.map { "\($0.path):\($0.region.startLine)" } == ["a:5", "a:12", "b:1"])
        #expect(occurrences.map(\.otherObjects.count) == [2, 2, 0])
    }

    @Test func whatIsLiveComesFirstThenTheNewestOfHead() {
        var collector = FindingCollector(rules: Self.rules)
        add("gone", path: "1", blob: 1, from: 9, until: 10, to: &collector)
        add("old", path: "2", blob: 2, from: 1, to: &collector)
        add("new", path: "3", blob: 3, from: 8, to: &collector)
        add("minor", rule: 1, path: "0", blob: 4, from: 12, to: &collector)
        var findings = result(collector).findings
        #expect(findings.map(\.secret.revealed) == ["new", "old", "minor", "gone"])
        findings[3].verification = VerificationResult(liveness: .live, reason: "it is accepted", time: 0)
        #expect(findings.sorted { $0.precedes($1) }.map(\.secret.revealed) == ["gone", "new", "old", "minor"])
    }

    @Test func whatSomebodyAcceptedIsKeptWithTheReason() {
        var collector = FindingCollector(rules: Self.rules)
        add("known", blob: 1, from: 1, to: &collector)
        var allowed = Detection(
            ruleIndex: 0, secret: Secret(bytes: Array("allowed".utf8)), confidence: .high, region: .wholeFile,
            lineHash: "", snippet: "x", decoders: [], isSuppressedInline: true)
        allowed.suppressionReason = "of the manual"
        collector.add(allowed, path: "b", origin: .file, history: nil)
        var selection = Selection()
        let known = Fingerprint(ruleID: "acme-key", secret: Secret(bytes: Array("known".utf8)))
        selection.baseline = Baseline(entries: [.init(fingerprint: known, ruleID: "acme-key", reason: "rotated")])
        let result = ScanCollection(
            rules: Self.rules, findings: collector, summary: ScanSummary(mode: .tree, target: ".")
        ).result(selection)
        #expect(result.findings.isEmpty)
        #expect(result.suppressed.map(\.reason) == [.baseline, .inlineDirective])
        #expect(result.suppressed.map(\.justification) == ["rotated", "of the manual"])
        #expect(result.suppressed.map { $0.finding.occurrences.map(\.path) } == [["a"], ["b"]])
    }

    @Test(arguments: [
        ("git@github.com:acme/shop.git", "https://github.com/acme/shop"),
        ("ssh://git@git.acme.example:2222/team/shop.git", "https://git.acme.example/team/shop"),
        ("https://ada:token@gitlab.com/acme/shop.git", "https://gitlab.com/acme/shop"),
        ("http://git.acme.example:3000/acme/shop/", "http://git.acme.example:3000/acme/shop"),
        ("git://git.acme.example/shop", "https://git.acme.example/shop"),
        ("git@ssh.dev.azure.com:v3/acme/web/shop", "https://dev.azure.com/acme/web/_git/shop"),
        ("https://x-access-token:a@b@github.com/acme/shop?q=1#f", "https://github.com/acme/shop"),
        ("/srv/git/shop.git", nil), ("../shop", nil), ("file:///srv/shop", nil), ("C:\\shop", nil), ("", nil),
        ("https://github.com", nil), ("https://a\"onclick=x/b", nil), ("javascript:alert(1)", nil),
        ("work:acme/shop", nil), ("https://git/acme/shop", "https://git/acme/shop"),
        ("ext::sh -c x", nil), ("https://evil.example/<script>", nil),
    ])
    func theAddressOfARemoteIsThatOfItsPage(remote: String, address: String?) {
        #expect(SourceRepository.address(ofRemote: remote) == address)
    }
}
