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

        [[rules]]
        id = 'duo-id'
        provider = 'Duo'
        regex = 'DUO[0-9]{9}'
        keywords = ['DUO']

        [[rules]]
        id = 'duo-pair'
        provider = 'Duo'
        regex = 'DUO[0-9]{9}:([A-Za-z0-9]{12})'
        secretGroup = 1
        holdsParts = true
        keywords = ['DUO']
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
        // Its own name says whose the value is: nothing is asked of other names.
        let ofOtherNames: [DropReason] = text.contains("acme_key") ? [] : [.foreignName, .unassigned]
        let asked: [DropReason] =
            [
                .path, .generatedFile, .characterClasses, .entropy, .reference, .placeholder, .publishedSample,
                .sequence, .words, .encodedBlock, .address, .encrypted, .identifierName,
            ] + ofOtherNames + [.context, .allowlist, .overlap, .inline]
        #expect(place.passed == Array(asked.prefix { $0 != expected }), "what was asked before, and no more")
    }

    @Test func aQuestionIsNotPassedWhereItWasNotAsked() throws {
        let text = "key = q7Rw2ZxK9mTb4LsVy8Hd"
        let place = try #require(try explain(text).explanations.first { $0.ruleID == "generic-key" })
        let asked: [DropReason] = [
            .generatedFile, .vendored, .minified, .media, .testVectors, .translation, .wordList, .reference,
            .placeholder, .publishedSample, .sequence, .words, .encodedBlock, .overlap, .inline,
        ]
        #expect(place.passed == asked, "no rule's path, counts, entropy, context or list, and no scan's threshold")
        var options = BlobScanner.Options()
        options.explains = true
        options.honorsInlineDirectives = false
        let scanner = BlobScanner(engine: try ScanEngine(toml: Self.rules), options: options)
        let nowhere = try #require(scanner.scan(text, path: nil).explanations.first { $0.ruleID == "generic-key" })
        #expect(
            nowhere.passed == Array(asked[7...].dropLast()), "no path to ask about, and comments are not to be asked")
    }

    @Test func aPrivateKeyIsNotAskedForPlaceholders() throws {
        var options = BlobScanner.Options()
        options.explains = true
        let body = (10..<30).map { "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAchangeme\($0)IBAAKCAQEA\n" }.joined()
        let key = "-----BEGIN PRIVATE KEY-----\n\(body)-----END PRIVATE KEY-----\n"
        let result = BlobScanner(engine: BuiltinEngine.shared, options: options).scan(key, path: "id.pem")
        let place = try #require(result.explanations.first { $0.ruleID == "private-key-pem" })
        #expect(place.passed.contains(.structure) && place.passed.contains(.overlap))
        #expect(Set(place.passed).isDisjoint(with: [.reference, .placeholder, .publishedSample, .sequence, .words]))
        #expect(!place.passed.contains(.encodedBlock) && !place.passed.contains(.address))
    }

    @Test func whatIsAskedTwiceIsNotPassedIfTheSecondAnswerDropsIt() throws {
        // The name is nobody's; the block that it stands in is another provider's.
        let text = "openai:\n  key: q7Rw2ZxK9mTb4LsVy8Hd\n# acme"
        let place = try #require(try explain(text).explanations.first { $0.ruleID == "acme-key" })
        #expect(place.verdict == .dropped(.foreignName, detail: nil))
        #expect(place.passed.suffix(2) == [.identifierName, .unassigned])
    }

    /// The order in which all rules' matches are asked is the one that `Documentation/explain.md` gives.
    @Test(arguments: RuleFolder.names) func examplesAreAskedInTheOrderOfTheDecision(file: String) throws {
        var options = BlobScanner.Options()
        options.explains = true
        let scanner = BlobScanner(engine: BuiltinEngine.shared, options: options)
        let positions = Dictionary(uniqueKeysWithValues: zip(DropReason.allCases, 0...))
        for rule in try RuleFolder.file(file).rules {
            // A third of them: each is decided by all rules, and the order is the same function's.
            for (number, example) in rule.examples.enumerated() where number.isMultiple(of: 3) {
                for place in scanner.scan(example.text, path: example.path ?? "").explanations {
                    let asked = place.passed.compactMap { positions[$0] }
                    #expect(asked == asked.sorted(), "\(rule.id): \(place.passed)")
                    if case .dropped(let reason, _) = place.verdict { #expect(!place.passed.contains(reason)) }
                }
            }
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

    @Test func theRuleThatHoldsAPartIsNamed() throws {
        let result = try explain("DUO482715936:q7Rw2ZxK9mTb")
        #expect(result.detections.count == 1)
        let part = try #require(result.explanations.first { $0.ruleID == "duo-id" })
        #expect(part.verdict == .dropped(.overlap, detail: "it is duo-pair"))
        #expect(filters(result, "duo-pair") == [nil])
    }

    @Test func whatAPartOutranksIsWhatHoldsThePart() {
        var lost = LostClaims()
        lost.note(0, outrankedBy: 1)
        lost.note(1, outrankedBy: 2)
        lost.note(2, heldBy: 3)
        #expect((0..<4).map(lost.winner) == [3, 3, 3, nil])
        // Two that hold each other are no endless chain.
        lost.note(3, heldBy: 2)
        #expect((2..<4).map(lost.winner) == [3, 2])
    }

    @Test func aCommentIsAskedOfWhatStandsAlone() throws {
        let text = "acme_key = q7Rw2ZxK9mTb4LsVy8Hd # windsock:allow acme-key\n"
        let result = try explain(text)
        #expect(result.detections.map(\.isSuppressedInline) == [true])
        #expect(filters(result, "acme-key") == [.inline])
        // It is another rule's, whatever the comment says of that one.
        #expect(filters(result, "generic-key") == [.overlap])
    }

    @Test func whatARuleFindsWithAndWithoutDecodingIsExplainedOnce() throws {
        // The rest of the line is decoded, so that the key is found once more in what comes out.
        let result = try explain("acme_key = q7Rw2ZxK9mTb4LsVy8Hd \\u0061\n")
        #expect(filters(result, "acme-key") == [nil])
        #expect(result.explanations.first { $0.ruleID == "acme-key" }?.decoders == [])
        #expect(filters(result, "generic-key").allSatisfy { $0 == .overlap })
    }

    @Test func ofTwoKeysInOneEncodedValueTheOneThatIsNotReportedSaysSo() throws {
        // acme_key = q7Rw2ZxK9mTb4LsVy8Hd, acme_key = Zt5Yh8Wn2Qk7Xc4Vb9Mp, on a line each
        let result = try explain(
            "x: YWNtZV9rZXkgPSBxN1J3Mlp4SzltVGI0THNWeThIZAphY21lX2tleSA9IFp0NVloOFduMlFrN1hjNFZiOU1wCg==\n")
        #expect(filters(result, "acme-key").count { $0 == nil } == result.detections.count)
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
