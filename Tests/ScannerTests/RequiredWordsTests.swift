import Rules
import TestSupport
import Testing

@testable import Scanner

/// What holds none of the words that every match holds is not given to the pattern.
struct RequiredWordsTests {
    private func restricted(
        _ windows: [Range<Int>], _ pattern: String, keywords: [String] = ["near"], _ text: String
    ) -> [Range<Int>] {
        let rule = Rule(id: "test", regex: pattern, keywords: keywords)
        let words = RequiredWords(rule, PatternShape(pattern: pattern, keywords: keywords))
        return text.withBytes { words.restrict(windows, in: $0) }
    }

    /// The pattern's longest match has 12 bytes.
    @Test(
        arguments: [
            ("0123456789", [0..<10], []), ("01 SK-45678", [0..<11], [0..<11]), ("01234 sk", [0..<8], []),
            // A match that begins in the window may reach past it, one that begins behind it counts no more.
            ("0123456789. sk-", [0..<2], []), ("012345678 sk-", [1..<3], [1..<3]), ("sk- 456789", [3..<5], []),
            (String(repeating: ".", count: 40) + "sk-" + String(repeating: ".", count: 40), [0..<83], [31..<40]),
            (String(repeating: "sk-", count: 20), [0..<60], [0..<57]),
            ("sk-" + String(repeating: ".", count: 40) + "sk-", [0..<20, 21..<46], [0..<0, 34..<43]),
        ] as [(String, [Range<Int>], [Range<Int>])])
    func matchesBeginWhereAWordIsInReach(text: String, windows: [Range<Int>], parts: [Range<Int>]) {
        #expect(restricted(windows, "[a-z]{1,9}sk-", text) == parts)
    }

    @Test func whereTheKeywordGivesThePlacesNothingIsAskedFor() {
        #expect(restricted([0..<4], "sk-[a-z]{9}", keywords: ["sk-"], "none") == [0..<4])
        #expect(restricted([0..<4], "sk-[a-z]{9}", "none").isEmpty)
        #expect(restricted([0..<4], "sk-[a-z]+", "none") == [0..<4])
    }

    @Test func ofSeveralWordsAnyWillDo() {
        let text = String(repeating: ".", count: 50) + "PAT" + String(repeating: ".", count: 50) + "token"
        #expect(restricted([0..<100], "(?i:pat|token)[0-9]{4}", text) == [44..<50, 99..<100])
        #expect(restricted([45..<50], "(?i:pat|token)[0-9]{4}", text) == [45..<50])
    }
}
