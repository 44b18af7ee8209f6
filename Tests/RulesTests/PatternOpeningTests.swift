import Testing

@testable import Rules

/// What stands at the first places of every match.
struct PatternOpeningTests {
    private static let digits = "0123456789"
    private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    @Test(
        arguments: [
            ("abc", ["a", "b", "c"]), ("(?i:a)b", ["Aa", "b"]), ("a?b", ["ab"]), ("a|bcd", ["ab"]),
            ("(?=x)ab", ["a", "b"]),
            ("(?:ab|cde)f", ["ac", "bd", "ef"]), ("a+b", ["a", "ab"]), ("a{2,3}b", ["a", "a", "ab"]),
            ("GO1?[A-Z]{2}", ["G", "O", "1" + capitals, capitals]), ("x(?:){3}y", ["x", "y"]),
            (#"(?<![0-9])\d-"#, [digits, "-"]), ("(?:a|){2}b", ["ab"]), ("(?:a*)*b", ["ab"]),
        ] as [(String, [String])])
    func placesHaveTheBytesOfAllMatches(pattern: String, sets: [String]) throws {
        let opening = try #require(PatternOpening(pattern: pattern))
        #expect(opening.count == sets.count)
        let places = (0..<opening.count).map { place in
            (UInt8.min...UInt8.max).filter { opening.places[Int($0)] >> UInt32(place) & 1 == 1 }
        }
        #expect(places == sets.map { $0.utf8.sorted() })
    }

    @Test(arguments: ["", "a?", "a|", "(?=a)", "(", #"(a)\1"#]) func ofSomePatternsNothingIsKnown(pattern: String) {
        #expect(PatternOpening(pattern: pattern) == nil)
    }

    @Test func onlyTheFirstPlacesAreLookedAt() {
        #expect(PatternOpening(pattern: "[a-f]{40}")?.count == 32)
        #expect(PatternOpening(pattern: "[a-f]{31}")?.count == 31)
    }

    @Test func repetitionsOfRepetitionsEnd() {
        let nested = (0..<8).reduce("(?:a|b)") { pattern, _ in "(?:\(pattern){1,30}c?){1,30}" }
        #expect(PatternOpening(pattern: nested) == nil)
    }

    @Test(
        arguments: [
            ("GOOG[A-Z]{9}", ["goog"], ["GOOG"]), ("(?i:goog)[A-Z]{9}", ["goog"], []), ("goog|GOOG", ["goog"], []),
            ("(?:sk|PX)-[a-z]", ["sk-", "px-"], ["sk-", "PX-"]), ("sk-|PK-", ["sk-", "pk-"], []),
            ("[0-9a-f]{4}-US", ["-us"], ["-US"]),
            ("x?GOOG", ["goog"], []), ("[a-f]{40}-us", ["-us"], []), ("key_1", [], []),
        ] as [(String, [String], [String])])
    func keywordsAreKnownAsTheyStandInMatches(pattern: String, keywords: [String], exact: [String]) {
        #expect(PatternShape(pattern: pattern, keywords: keywords).exactKeywords == exact)
    }
}
