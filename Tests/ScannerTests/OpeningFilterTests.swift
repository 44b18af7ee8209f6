import Rules
import TestSupport
import Testing

@testable import Scanner

/// What is told by its first bytes is none of a rule's matches.
struct OpeningFilterTests {
    private let rules = [
        Rule(id: "key", regex: "GOOG[A-Z0-9]{6,9}", keywords: ["goog"]), Rule(id: "any", regex: "a?", keywords: ["a"]),
    ]

    @Test(arguments: [
        ("GOOG1ABCDE", 0, true), ("..GOOG1ABCDEFG", 2, true), ("google_api_key", 0, false), ("GOOGLE_API", 0, false),
        ("GOOG1ABCD", 0, false), ("GOOG1ABCDE", 1, false), ("GOOG1ABCDE", -1, false), ("GOOGABCDE\u{e9}", 0, false),
    ])
    func matchesBeginAsThePatternSays(text: String, start: Int, begins: Bool) {
        var answers: [Bool] = []
        text.withBytes { bytes in
            var openings = OpeningFilter(ruleCount: rules.count)
            for _ in 0..<300 { answers.append(openings.allow(0, rules, at: start, in: bytes)) }
        }
        // At first nothing is known.
        #expect(answers.first == true)
        #expect(answers.last == begins)
    }

    @Test func whatSaysNothingOfItsMatchesIsAlwaysTried() {
        var answers: Set<Bool> = []
        "bbb".withBytes { bytes in
            var openings = OpeningFilter(ruleCount: rules.count)
            for _ in 0..<300 { answers.insert(openings.allow(1, rules, at: 0, in: bytes)) }
        }
        #expect(answers == [true])
    }

    @Test func aKeyBehindAThousandNamesIsFound() throws {
        let engine = ScanEngine(try RuleSet(rules: rules))
        let text = String(repeating: "google GOOGLE goog GOOGlike\n", count: 500) + "GOOG1ABCDE"
        var matcher = TextMatcher(engine: engine)
        text.withBytes { matcher.match($0, path: nil) }
        #expect(matcher.matches.filter { $0.rule == 1 }.map(\.whole) == [text.utf8.count - 10..<text.utf8.count])
    }
}
