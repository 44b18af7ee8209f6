import Foundation
import Rules
import Testing

@testable import Reports

/// What is written of the fields elsewhere is what the table of fields says. `make rule-fields` writes both.
struct RuleSchemaTests {
    private static let rules: URL = {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.appending(path: "Rules")
    }()

    @Test func theSchemaIsThatOfTheFields() throws {
        let text = try String(contentsOf: Self.rules.appending(path: "schema.json"), encoding: .utf8)
        #expect(text == String(decoding: RuleSchema.json(), as: UTF8.self))
    }

    @Test func theReadmeHasTheFields() throws {
        let text = try String(contentsOf: Self.rules.appending(path: "README.md"), encoding: .utf8)
        #expect(text.contains(RuleFieldTable.markdown))
    }
}

struct RuleListingTests {
    private let rule = Rule(
        id: "acme-key", description: "Acme key.", provider: "Acme", regex: "acme", minimumDigits: 2, keywords: ["acme"],
        context: ContextRequirement(words: ["w"], assigned: ["key"]))

    @Test func theListNamesItsColumnsAndCounts() {
        let lines = RuleListing.text([rule]).split(separator: "\n")
        #expect(lines.map { $0.split(separator: " ").first } == ["rule", "acme-key", "1"])
    }

    @Test func detailsHaveTheNamesOfFields() {
        let text = RuleListing.details(rule, width: 100)
        for name in ["minDigits", "context.words", "context.assigned", "regex"] { #expect(text.contains("  \(name) ")) }
        #expect(!text.contains("minUpper") && !text.contains("strength"))
    }

    @Test func jsonHasWhatStandsInTheRule() throws {
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(RuleListing.json([rule]))) as? [[String: Any]])
        #expect(json.count == 1)
        #expect(json[0]["minDigits"] as? Int == 2)
        #expect((json[0]["context"] as? [String: Any])?["assigned"] as? [String] == ["key"])
        #expect(json[0]["tags"] as? [String] == [])
        #expect(json[0]["path"] == nil)
    }
}
