import Findings
import Testing

@testable import Reports

struct ExplanationReportTests {
    private static let secret = Secret(bytes: Array(Sample.otherKey.utf8))

    static var result: ScanResult {
        var result = Sample.result()
        func place(_ path: String, _ verdict: Explanation.Verdict, keyword: String? = "mistral") -> Explanation {
            Explanation(
                ruleID: "mistral-api-key", keyword: keyword, path: path,
                region: .init(startLine: 3, startColumn: 7, endLine: 3, endColumn: 39), secret: secret,
                decoders: ["base64"], passed: [.entropy, .placeholder], verdict: verdict)
        }
        result.explanations = ScanExplanations(
            places: [
                place("a.py", .reported, keyword: nil), place("b.py", .dropped(.overlap, detail: "it is other-key")),
            ],
            unmatched: [.init(ruleID: "generic-password", keywords: ["pass", "pwd"], hits: 1234, files: 1)])
        return result
    }

    @Test func theTextReportHasASectionOfItsOwn() {
        let text = written(Self.result, as: .text)
        #expect(
            text.contains(
                """
                Why
                  a.py:3:7  mistral-api-key  Zt5Y…d0Sa
                      the rule is tried on every text, and its pattern matched
                      decoded from base64
                      passed entropy, placeholder
                      reported
                  b.py:3:7  mistral-api-key  Zt5Y…d0Sa
                      the keyword "mistral" set the rule off, and its pattern matched
                      decoded from base64
                      passed entropy, placeholder
                      dropped by overlap: another rule says more about the same place (it is other-key)

                Set off by a keyword, but the pattern matched nowhere
                  generic-password  "pass", "pwd": 1,234 times in 1 text


                """))
        #expect(!written(Sample.result(), as: .text).contains("Why"))
    }

    @Test func jsonTellsTheSameAndDocumentsEachField() throws {
        let report = try JSONValue(parsing: Array(written(Self.result, as: .json).utf8))
        let places = try #require(report["explanations"]?.array)
        #expect(places.map { $0["verdict"]?.string } == ["reported", "dropped"])
        #expect(places.map { $0["filter"]?.string } == [nil, "overlap"])
        #expect(places[1]["passed"]?.strings == ["entropy", "placeholder"])
        #expect(places[1]["redacted"] == .string("Zt5Y…d0Sa"))
        #expect(report["unmatchedRules"]?[0]?["hits"] == .number(1234))
        let documentation = try PackageFile.text("Documentation/json.md")
        for name in places.flatMap({ $0.object?.keys.map { $0 } ?? [] }) + ["explanations", "unmatchedRules", "texts"] {
            #expect(documentation.contains("`\(name)`"), "\(name) is not in Documentation/json.md")
        }
        #expect(try JSONValue(parsing: Array(written(Sample.result(), as: .json).utf8))["explanations"] == nil)
    }

    @Test func jsonLinesHaveLinesOfTheirOwn() throws {
        let lines = try written(Self.result, as: .jsonl).split(separator: "\n").map {
            try JSONValue(parsing: Array($0.utf8))
        }
        #expect(
            lines.map { $0["type"]?.string } == ["finding", "explanation", "explanation", "unmatchedRule", "summary"])
    }

    @Test func noFormatShowsTheSecret() {
        for format in ReportFormat.allCases { #expect(!written(Self.result, as: format).contains(Sample.otherKey)) }
        let shown = ReportOptions(toolVersion: "1", showSecrets: true)
        #expect(written(Self.result, as: .json, options: shown).contains(Sample.otherKey))
    }

    @Test func everyFilterIsDocumentedInItsOrder() throws {
        let documentation = try PackageFile.text("Documentation/explain.md")
        let names = documentation.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
            $0.dropFirst(3).prefix { $0 != "`" }
        }
        #expect(names.map(String.init) == DropReason.allCases.map(\.filter))
    }
}
