import Findings
import Rules
import TestSupport
import Testing

@testable import Scanner

struct ExplanationTests {
    private static let rules = """
        [[rules]]
        id = 'acme-key'
        provider = 'Acme'
        regex = '[A-Za-z0-9]{20}'
        entropy = 2.5
        minDigits = 2
        path = '''\\.(env|lock|py)$'''
        keywords = ['acme', 'acmeq']
        [rules.context]
        words = ['acme']
        assigned = ['key']
        [[rules.allowlists]]
        description = 'what the tests use'
        regexes = ['^q7Rw2ZxK9mTb4LsVy8H0$']

        [[rules]]
        id = 'generic-key'
        regex = '(?:key|_id) *= *([A-Za-z0-9_$]{20})'
        keywords = ['key']
        strength = 'generic'

        [[rules]]
        id = 'idle-key'
        regex = 'idle[0-9]{9}'
        keywords = ['acme', 'key']
        """

    private func explain(_ text: String, path: String = "a.env") throws -> BlobResult {
        var options = BlobScanner.Options()
        options.explains = true
        return BlobScanner(engine: try ScanEngine(toml: Self.rules), options: options).scan(text, path: path)
    }

    private func filters(_ result: BlobResult, _ rule: String) -> [DropReason?] {
        result.explanations.filter { $0.ruleID == rule }.map {
            if case .dropped(let reason, _) = $0.verdict { reason } else { nil }
        }
    }

    @Test(arguments: [
        ("acme_key = q7Rw2ZxK9mTb4LsVy8Hd", "a.env", nil),
        ("acme_key = q7Rw2ZxK9mTb4LsVy8Hd", "a.txt", DropReason.path),
        ("acme_key = q7Rw2ZxK9mTb4LsVy8Hd", "poetry.lock", .generatedFile),
        ("acme_key = qsRwnZxKpmTbkLsVyuHd", "a.env", .characterClasses),
        ("acme_key = 1111111111222222222a", "a.env", .entropy),
        ("acme_key = exampleK9mTb4LsVy8Hd", "a.env", .placeholder),
        ("acme_key = abcdefgh9mTb4LsVy8Hd", "a.env", .sequence),
        ("acme_key = getUserAuthTokenV1x2", "a.env", .words),
        ("acme\nAbCd/EfGh+IjKl/MnOp+QrSt\nq7Rw2ZxK9mTb4LsVy8Hd+/+/", "a.env", .encodedBlock),
        ("acme_key = 9f3b07c1e82d4a6570fb.png", "a.env", .address),
        ("key_id = q7Rw2ZxK9mTb4LsVy8Hd # acme", "a.env", .identifierName),
        ("acme()\n\n\nkey = q7Rw2ZxK9mTb4LsVy8Hd", "a.env", .context),
        ("acme_key = q7Rw2ZxK9mTb4LsVy8H0", "a.env", .allowlist),
        ("acme_key = q7Rw2ZxK9mTb4LsVy8Hd # windsock:allow", "a.env", .inline),
    ])
    func eachFilterSaysThatItDroppedTheMatch(text: String, path: String, expected: DropReason?) throws {
        let result = try explain(text, path: path)
        #expect(filters(result, "acme-key") == [expected])
        let place = try #require(result.explanations.first { $0.ruleID == "acme-key" })
        #expect(place.keyword == "acme")
        #expect(place.region.startColumn == column(text))
        if let expected {
            #expect(place.passed.allSatisfy { $0 < expected }, "passed what was asked before")
        } else {
            let asked: [DropReason] = [
                .path, .generatedFile, .characterClasses, .entropy, .reference, .placeholder, .publishedSample,
                .sequence, .words, .encodedBlock, .address, .identifierName, .foreignName, .unassigned, .context,
                .allowlist, .overlap, .inline, .threshold, .baseline,
            ]
            #expect(place.passed.filter(asked.contains) == asked, "in the order they are asked")
        }
    }

    private func column(_ text: String) -> Int {
        let line = text.split(separator: "\n").last ?? ""
        return (line.firstRange(of: "= ").map { line.distance(from: line.startIndex, to: $0.upperBound) } ?? 0) + 1
    }

    @Test func anotherRulesPlaceIsNamed() throws {
        let result = try explain("acme_key = q7Rw2ZxK9mTb4LsVy8Hd")
        let place = try #require(result.explanations.first { $0.ruleID == "generic-key" })
        #expect(place.verdict == .dropped(.overlap, detail: "it is acme-key"))
        #expect(place.keyword == "key")
    }

    @Test func anAllowlistIsNamed() throws {
        let place = try explain("acme_key = q7Rw2ZxK9mTb4LsVy8H0").explanations.first
        #expect(place?.verdict == .dropped(.allowlist, detail: "what the tests use"))
    }

    @Test func rulesThatMatchNothingAreCountedWithTheirKeywords() throws {
        let result = try explain("acme acme key")
        #expect(result.explanations.isEmpty)
        #expect(result.unmatched.values.contains(["acme": 2, "key": 1]))
    }

    @Test func whatIsDecodedIsExplainedWhereItStands() throws {
        // acme_key = q7Rw2ZxK9mTb4LsVy8Hd
        let result = try explain("x: YWNtZV9rZXkgPSBxN1J3Mlp4SzltVGI0THNWeThIZA==\n")
        let place = try #require(result.explanations.first { $0.ruleID == "acme-key" })
        #expect(place.isReported)
        #expect(place.decoders == ["base64"])
        #expect(place.region.startColumn == 4)
        #expect(place.secret.revealed == "q7Rw2ZxK9mTb4LsVy8Hd")
    }

    @Test func nothingIsExplainedUnlessItIsAskedFor() throws {
        let result = BlobScanner(engine: try ScanEngine(toml: Self.rules)).scan("acme_key = exampleK9mTb4LsVy8Hd")
        #expect(result.explanations.isEmpty && result.unmatched.isEmpty)
    }

    @Test func explainingChangesNoDetection() throws {
        let text = "acme_key = q7Rw2ZxK9mTb4LsVy8Hd\nkey = Zt5Yh8Wn2Qk7Xc4Vb9Mp\nacme\n\n\nkey = exampleK9mTb4LsVy8Hd\n"
        for path in ["a.env", "a.txt", "b.lock"] {
            let plain = BlobScanner(engine: try ScanEngine(toml: Self.rules)).scan(text, path: path)
            #expect(try explain(text, path: path).detections.map(\.secret) == plain.detections.map(\.secret))
        }
    }

    @Test func filtersHaveNamesAndSentencesAndAreDocumented() {
        for reason in DropReason.allCases {
            #expect(!reason.sentence.isEmpty)
            #expect(reason.filter.allSatisfy { $0.isLowercase || $0 == "-" })
        }
    }
}
