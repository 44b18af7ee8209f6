import Rules
import TestSupport
import Testing

@testable import Scanner

struct BlobScannerTests {
    private static let key = "q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE"

    private func scanner(
        _ rules: String, configure: (inout BlobScanner.Options) -> Void = { _ in }
    ) throws -> BlobScanner {
        var options = BlobScanner.Options()
        configure(&options)
        return BlobScanner(engine: try ScanEngine(toml: rules), options: options)
    }

    private let plain = "[[rules]]\nid='acme-key'\nprovider='Acme'\nregex='acme_[a-z0-9]{8}'\nkeywords=['acme_']\n"

    @Test func aDetectionSaysWhereTheSecretStands() throws {
        let result = try scanner(plain).scan("# 🔑\n  k: acme_q7rw2zxk;\n", path: "a/b.yaml")
        let detection = try #require(result.detections.first)
        #expect(result.detections.count == 1)
        #expect(detection.secret.revealed == "acme_q7rw2zxk")
        #expect(detection.region == .init(startLine: 2, startColumn: 6, endLine: 2, endColumn: 19))
        #expect(detection.snippet == "  k: …;")
        #expect(detection.decoders == [])
        #expect(!detection.isSuppressedInline)
        #expect(detection.lineHash.hasSuffix(":1"))
        #expect(!result.isBinary)
    }

    @Test func detectionsComeInOrderOfPlace() throws {
        var generator = SeededGenerator(seed: 3)
        let secrets = (0..<50).map { _ in "acme_" + generator.text(8, of: "q7rw2zxk9mtb4lsv") }
        let found = try scanner(plain).scan(secrets.joined(separator: "\n")).detections
        #expect(found.map(\.secret.revealed) == secrets)
        #expect(found.map(\.region.startLine) == Array(1...50))
    }

    @Test func lineHashesAreWorkedOutOnlyIfWanted() throws {
        let found = try scanner(plain) { $0.computesLineHashes = false }.scan("acme_q7rw2zxk").detections
        #expect(found.map(\.lineHash) == [""])
    }

    @Test func directivesAreNotedOrIgnored() throws {
        let text = "acme_q7rw2zxk # windsock:allow"
        #expect(try scanner(plain).scan(text).detections.map(\.isSuppressedInline) == [true])
        let ignoring = try scanner(plain) { $0.honorsInlineDirectives = false }
        #expect(ignoring.scan(text).detections.map(\.isSuppressedInline) == [false])
    }

    @Test func binaryContentIsNotSearched() throws {
        let result = try scanner(plain).scan("acme_q7rw2zxk\u{0}")
        #expect(result.isBinary && result.detections.isEmpty)
        #expect([UInt8]("\u{0}\u{1}\u{0}\u{0}a".utf8).withUnsafeBytes { BlobScanner.isBinary($0) })
        #expect([UInt8]("a".utf8).withUnsafeBytes { !BlobScanner.isBinary($0) })
    }

    @Test(arguments: [
        "acme_q7rw2zxk", "\nacme_q7rw2zxk", "acme_q7rw2zxk\n", "x acme_q7rw2zxk", "acme_q7rw2zxk\u{1b}",
        "\u{fffd}acme_q7rw2zxk",
    ])
    func endsOfTheTextDoNotHideASecret(text: String) throws {
        #expect(try scanner(plain).scan(text).detections.map(\.secret.revealed) == ["acme_q7rw2zxk"])
    }

    @Test func invalidUTF8AroundASecretDoesNotHideIt() throws {
        let bytes: [UInt8] = [0xff, 0xc3, 0x28] + Array("acme_q7rw2zxk".utf8) + [0x80, 0xfe]
        let found = try bytes.withUnsafeBytes { try scanner(plain).scan($0, path: nil) }.detections
        #expect(found.map(\.secret.revealed) == ["acme_q7rw2zxk"])
    }

    @Test func ofOverlappingMatchesTheOneThatSaysMostStays() throws {
        let rules = """
            [[rules]]
            id = 'generic-key'
            regex = 'key=([a-z0-9_]{10,40})'
            keywords = ['key=']
            strength = 'generic'
            \(plain)
            """
        let found = try scanner(rules).scan("key=acme_q7rw2zxk\nkey=other_q7rw2zxk")
        let ids = found.detections.map { ["acme-key", "generic-key"][$0.ruleIndex] }
        #expect(ids == ["acme-key", "generic-key"])
    }

    @Test func aHigherConfidenceGoesFirst() throws {
        let rules = ["low", "high", "medium"].map {
            "[[rules]]\nid='acme-\($0)'\nprovider='Acme'\nconfidence='\($0)'\nregex='acme_[a-z0-9]{8}'\nkeywords=['acme_']\n"
        }.joined()
        #expect(try scanner(rules).scan("acme_q7rw2zxk").detections.map(\.confidence) == [.high])
    }

    @Test func theSecretGroupIsTheSecret() throws {
        let rule = "[[rules]]\nid='a-key'\nregex='(user)=(?:x|([a-z0-9]{4}))(;)'\nkeywords=['user']\n"
        #expect(try scanner(rule).scan("user=q7rw;").detections.map(\.secret.revealed) == ["user"])
        #expect(try scanner(rule + "secretGroup=2\n").scan("user=q7rw;").detections.map(\.secret.revealed) == ["q7rw"])
        #expect(
            try scanner(rule + "secretGroup=2\n").scan("user=x;").detections.map(\.secret.revealed) == ["user=x;"],
            "a group that took no part leaves the whole match")
    }

    @Test func aPathThatDoesNotFitIsNotSearched() throws {
        let rule = plain + "path='''\\.yaml$'''\n"
        #expect(try scanner(rule).scan("acme_q7rw2zxk", path: "a.yaml").detections.count == 1)
        #expect(try scanner(rule).scan("acme_q7rw2zxk", path: "a.json").detections.isEmpty)
        #expect(try scanner(rule).scan("acme_q7rw2zxk", path: nil).detections.count == 1, "an unknown path might fit")
    }

    @Test(arguments: ["", "keywords=['ab']"]) func rulesWithoutUsableKeywordsAreAlwaysTried(keywords: String) throws {
        let rule = "[[rules]]\nid='a-key'\nregex='ab[0-9]{6}'\n\(keywords)\n"
        #expect(try scanner(rule).scan("x ab480917").detections.count == 1)
    }

    @Test func aKeywordThatTheTextLacksKeepsThePatternAway() throws {
        let rule = "[[rules]]\nid='a-key'\nregex='[0-9]{6}'\nkeywords=['needle']\n"
        #expect(try scanner(rule).scan("480917").detections.isEmpty)
        #expect(try scanner(rule).scan("480917 Needle").detections.count == 1)
    }

    @Test func aKeywordIsNoFileWord() throws {
        // The pattern does not hold the keyword, so it looks at the whole text; that alone says nothing of the file.
        let rule = """
            [[rules]]
            id = 'acme-key'
            provider = 'Acme'
            regex = '[a-zA-Z0-9]{32}'
            keywords = ['acme']
            [rules.context]
            words = ['acme']
            file = ['import acme']
            """
        let gap = String(repeating: "filler\n", count: 9)
        #expect(try scanner(rule).scan("acme\n\(gap)key=\(Self.key)").detections.isEmpty)
        #expect(try scanner(rule).scan("import acme\n\(gap)key=\(Self.key)").detections.count == 1)
    }

    @Test func aRuleThatIsGivenUpIsReportedAsSkipped() throws {
        let rule = "[[rules]]\nid='slow-key'\nregex='key(a+)+$'\nkeywords=['key']\n"
        let text = "line\nkey" + String(repeating: "a", count: 60) + "b\n"
        let result = try scanner(rule).scan(text)
        #expect(result.skipped.map(\.ruleID) == ["slow-key"])
        #expect(result.skipped.first?.reason.isEmpty == false)
        #expect(result.detections.isEmpty)
    }

    @Test func oneScannerScansManyTexts() throws {
        let scanner = try scanner(plain)
        for _ in 0..<3 {
            #expect(scanner.scan("acme_q7rw2zxk").detections.count == 1)
            #expect(scanner.scan("nothing").detections.isEmpty)
            #expect(scanner.scan("acme_q7rw2zxk\u{0}").isBinary)
        }
    }
}
