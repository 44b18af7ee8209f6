import Rules
import TestSupport
import Testing

@testable import Scanner

/// A rule is tried where its matches can begin, and nowhere else.
struct TextMatcherTests {
    /// How often each rule's pattern was run over a text, and over how many bytes.
    private func work(_ rules: [Rule], _ text: String) throws -> [MatchingWork] {
        var matcher = TextMatcher(engine: ScanEngine(try RuleSet(rules: rules)))
        text.withBytes { matcher.match($0, path: nil) }
        return matcher.work
    }

    private static let token = "Zx81kQp27LmNv93RtYw5"

    @Test func whereEachMatchHoldsAKeywordFileWordsAddNoPlaces() throws {
        var context = ContextRequirement(words: ["acme"])
        context.file = ["acme-sdk"]
        var held = Rule(id: "held", regex: "key=[A-Za-z0-9]{20}", keywords: ["key="])
        var near = Rule(id: "near", regex: "[A-Za-z0-9]{20}", keywords: [])
        (held.context, near.context) = (context, context)
        let text = "import acme-sdk\n" + String(repeating: "\(Self.token)\n", count: 2000) + "key=\(Self.token)\n"
        let work = try work([held, near], text)
        #expect(work[0].calls <= 2 && work[0].candidates == 1)
        #expect(work[1].candidates == 2001)
    }

    @Test func aRunThatIsHeldGivesThePlace() throws {
        let pattern = "(?:ab)?=([A-Za-z0-9]{20})(?![A-Za-z0-9])"
        var rule = Rule(id: "test", regex: pattern, keywords: ["acme"])
        rule.shape = PatternShape(pattern: pattern, keywords: rule.keywords)
        let text =
            "acme" + String(repeating: " -", count: 3000) + "ab=\(Self.token)" + String(repeating: " -", count: 3000)
        let work = try work([rule], text)
        #expect(work[0].candidates == 1)
        // The end of the last match, and the two places before it.
        #expect(work[0].bytes <= 4)
    }
}
