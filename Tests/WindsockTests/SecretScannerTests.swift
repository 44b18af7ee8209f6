import Testing
import Windsock

/// The library as its user has it: one import, and nothing that is not public.
struct SecretScannerTests {
    @Test func aKeyIsFoundWithItsPlaceAndRedacted() throws {
        let key = Keys.mistral(1)
        let report = Shared.scanner.scan("import os\nMISTRAL_API_KEY = \"\(key)\"\n", path: "settings.py")
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1 && report.isComplete && !report.isClean)
        #expect(finding.rule.id == "mistral-api-key")
        #expect(finding.confidence == .high && finding.severity == .high)
        #expect(!finding.rule.remediation.isEmpty)
        let place = try #require(finding.occurrences.first)
        #expect(place.path == "settings.py")
        #expect(place.region.startLine == 2 && place.region.startColumn == 20 && place.region.endColumn == 52)
        #expect(!place.snippet.contains(key) && place.snippet.hasPrefix("MISTRAL_API_KEY = "))
        #expect(!"\(finding)".contains(key) && !"\(finding.secret)".contains(key))
        #expect(finding.secret.bytes == Array(key.utf8))
        #expect(finding.fingerprint == Fingerprint(ruleID: "mistral-api-key", secret: Secret(bytes: Array(key.utf8))))
    }

    @Test func aSecretInTwoPlacesIsOneFinding() {
        let line = "MISTRAL_API_KEY=\(Keys.mistral(2))\n"
        let report = Shared.scanner.scan(line + "\n" + line, path: ".env")
        #expect(report.findings.map(\.occurrences.count) == [2])
        #expect(report.findings.first?.occurrences.map(\.region.startLine) == [1, 3])
    }

    @Test func stringsBytesAndMemoryGiveTheSame() {
        let text = "MISTRAL_API_KEY=\(Keys.mistral(3))\n"
        let bytes = Array(text.utf8)
        let fingerprints = [
            Shared.scanner.scan(text), Shared.scanner.scan(bytes),
            bytes.withUnsafeBytes { Shared.scanner.scan($0) },
        ].map { $0.findings.map(\.fingerprint) }
        #expect(fingerprints[0].count == 1)
        #expect(Set(fingerprints).count == 1)
    }

    @Test func aTextWithoutAPathHasANameInWords() {
        let report = Shared.scanner.scan("MISTRAL_API_KEY=\(Keys.mistral(4))\n")
        #expect(report.findings.first?.occurrences.first?.path == ScanReport.unnamed)
    }

    @Test func aTextWithoutSecretsIsClean() {
        let report = Shared.scanner.scan("print(os.environ['MISTRAL_API_KEY'])\n", path: "main.py")
        #expect(report.isClean && report.isComplete && report.findings.isEmpty)
        #expect(Shared.scanner.scan("").isClean)
    }

    @Test(arguments: [
        (Confidence.low, Severity.low, ["acme-key", "acme-maybe"]), (.medium, .low, ["acme-key"]),
        (.low, .critical, []),
    ])
    func theThresholdIsWhatWasAskedFor(confidence: Confidence, severity: Severity, found: [String]) throws {
        let options = SecretScanner.Options(minimumConfidence: confidence, minimumSeverity: severity)
        let report = try Keys.acmeScanner(options).scan("acme_key = \(Keys.acme)\nacme_maybe = \(Keys.acmeMaybe)\n")
        #expect(report.findings.map(\.rule.id) == found)
    }

    @Test func whatLooksLikeNothingIsLeftOutUnlessItIsAskedFor() {
        #expect(SecretScanner.Options().minimumConfidence == .medium)
    }

    @Test func aCommentAllowsUnlessTheOptionsSayOtherwise() throws {
        let text = "acme_key = \(Keys.acme) # windsock:allow\n"
        let report = try Keys.acmeScanner().scan(text)
        #expect(report.isClean)
        #expect(report.allowedInline.count == 1)
        let strict = try Keys.acmeScanner(.init(honorsInlineComments: false)).scan(text)
        #expect(strict.findings.map(\.fingerprint) == Array(report.allowedInline))
        #expect(strict.allowedInline.isEmpty)
    }
}

/// What was not searched is told: no findings is not clean.
struct UnsearchedTextTests {
    @Test func binaryContentIsNotClean() {
        let report = Shared.scanner.scan([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 100))
        #expect(report.isBinary && !report.isComplete && !report.isClean)
        #expect(report.findings.isEmpty && report.problems.isEmpty)
    }

    @Test func aPatternThatWasGivenUpIsAProblem() throws {
        let rules = try Keys.rules("[[rules]]\nid='slow-key'\nregex='key(a+)+$'\nkeywords=['key']\n")
        let text = "line\nkey" + String(repeating: "a", count: 60) + "b\n"
        let report = try SecretScanner(rules: rules).scan(text, path: "slow.txt")
        #expect(report.problems.map(\.subject) == ["slow.txt:2"])
        #expect(report.problems.first?.message.contains("slow-key") == true)
        #expect(!report.isComplete && !report.isClean)
    }

    @Test func aGzipFileThatHoldsTooMuchIsAProblem() throws {
        let scanner = SecretScanner(options: .init(maximumInflatedSize: 1000))
        let report = scanner.scan(try Keys.gzip(String(repeating: "nothing to see\n", count: 200)), path: "log.gz")
        #expect(report.problems.map(\.subject) == ["log.gz"])
        #expect(report.problems.first?.message.contains("1000 bytes") == true)
        #expect(!report.isClean)
        #expect(Shared.scanner.scan(try Keys.gzip("nothing to see\n"), path: "log.gz").isClean)
    }
}

struct OwnRuleTests {
    @Test func aFilesRulesAreAddedToTheBuiltInOnes() throws {
        var rules = RuleSet.builtin
        try rules.merge(RuleFile(text: Keys.acmeRules, file: "acme.toml"))
        let scanner = try SecretScanner(rules: rules)
        #expect(scanner.rules.count == RuleSet.builtin.rules.count + 2)
        let report = scanner.scan("acme_key = \(Keys.acme)\nMISTRAL_API_KEY=\(Keys.mistral(5))\n")
        #expect(Set(report.findings.map(\.rule.id)) == ["acme-key", "mistral-api-key"])
    }

    @Test func ownRulesAloneFindNothingElse() throws {
        let report = try Keys.acmeScanner().scan("acme_key = \(Keys.acme)\nMISTRAL_API_KEY=\(Keys.mistral(6))\n")
        #expect(report.findings.map(\.rule.id) == ["acme-key"])
    }

    @Test func aBrokenPatternIsAnErrorBeforeAnythingIsScanned() throws {
        let broken = try Keys.rules("[[rules]]\nid='broken'\nregex='key('\nkeywords=['key']\n")
        #expect(throws: RuleFileError.self) { try SecretScanner(rules: broken) }
        // The name of a built-in rule does not make it one.
        var replaced = RuleSet.builtin
        let id = try #require(replaced.rules.first { $0.regex != nil }?.id)
        try replaced.merge(RuleFile(text: "[[rules]]\nid='\(id)'\nregex='key('\n", file: "rules.toml"))
        #expect(throws: RuleFileError.self) { try SecretScanner(rules: replaced) }
    }

    @Test func aBrokenAllowListIsAnErrorToo() throws {
        var rules = RuleSet.builtin
        try rules.merge(RuleFile(text: "[[allowlists]]\ndescription='ours'\nregexes=['(']\n", file: "rules.toml"))
        let error = #expect(throws: RuleFileError.self) { try SecretScanner(rules: rules) }
        #expect(error?.file == "allow-list \"ours\"")
    }

    @Test func aSetWithoutRulesIsRefused() throws {
        #expect(throws: RuleFileError.self) { try SecretScanner(rules: RuleSet(rules: [])) }
    }
}

struct ConcurrentScanTests {
    @Test func manyTasksShareOneScanner() async {
        let scanner = Shared.scanner
        let results = await withTaskGroup(of: (UInt64, ScanReport).self) { group in
            for number in 0..<200 as Range<UInt64> {
                group.addTask {
                    let text = "# \(number)\nMISTRAL_API_KEY=\(Keys.mistral(number + 100))\n"
                    return (number, scanner.scan(text, path: "\(number).env"))
                }
            }
            return await group.reduce(into: [UInt64: ScanReport]()) { $0[$1.0] = $1.1 }
        }
        #expect(results.count == 200)
        for (number, report) in results {
            #expect(report.findings.map(\.secret.bytes) == [Array(Keys.mistral(number + 100).utf8)])
            #expect(report.findings.first?.occurrences.map(\.path) == ["\(number).env"])
        }
    }
}

/// The built-in rules are made ready once for all tests.
private enum Shared {
    static let scanner = SecretScanner()
}
