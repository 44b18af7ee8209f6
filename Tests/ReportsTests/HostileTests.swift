import Findings
import Foundation
import Testing

@testable import Reports

/// What comes out of a repository must not be able to forge, break or take over a report.
struct HostileTests {
    @Test(arguments: [ReportFormat.json, .jsonl, .sarif, .gitlab], [Hostile.result, Hostile.emptyTexts])
    func everyJSONFormatStaysJSON(format: ReportFormat, result: ScanResult) throws {
        let report = written(result, as: format)
        let documents = format == .jsonl ? report.split(separator: "\n") : [Substring(report)]
        for document in documents { _ = try JSONValue(parsing: Array(document.utf8)) }
    }

    @Test func jsonKeepsTextsAsTheyAre() throws {
        let report = try JSONValue(parsing: Array(written(Hostile.result, as: .json).utf8))
        let paths = report["findings"]?.array?.compactMap { $0["occurrences"]?[0]?["path"]?.string }
        #expect(paths.map { $0.map { Array($0.utf8) } } == Hostile.texts.map { Array($0.utf8) })
    }

    @Test(arguments: ReportFormat.allCases)
    func noFormatHoldsDeceptiveCharacters(format: ReportFormat) {
        let lineEnds: Set<Unicode.Scalar> = format == .csv ? ["\r", "\n"] : ["\n"]
        let report = written(Hostile.result, as: format)
        #expect(report.unicodeScalars.allSatisfy { !$0.isDeceptive || lineEnds.contains($0) })
    }

    @Test func aNameCannotForgeALineOfText() {
        var result = Sample.result()
        result.findings[0].occurrences[0].path = "a\nclean\n"
        result.findings[0].occurrences[0].snippet = "x\rclean"
        let text = written(result, as: .text)
        #expect(!text.split(separator: "\n").contains("clean"))
        #expect(text.contains(#"a\nclean\n:12:20"#))
        #expect(text.contains(#"x\rclean"#))
    }

    @Test(arguments: [Hostile.result, Hostile.emptyTexts])
    func markupStaysWellFormed(result: ScanResult) {
        #expect(XMLOutline(written(result, as: .junit)) != nil)
        let page = written(result, as: .html)
        #expect(!page.contains("<b>") && page.matches(of: /<script/).count == 1 && !page.contains("javascript:"))
        // No quote of a text may end an attribute: there are two for each attribute the page itself writes.
        let attributes = page.matches(of: #/ [a-z-]+="[^"<>]*"/#).count
        #expect(page.unicodeScalars.count { $0 == "\"" } == attributes * 2)
    }
}
