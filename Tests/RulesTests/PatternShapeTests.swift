import Rules
import Testing

struct PatternShapeTests {
    @Test(
        arguments: [
            ("", 0), ("abc", 3), ("é", 2), ("a|bcd|ef", 3), ("(ab|c){2,5}d?", 11), ("a{3}", 3), ("a{2}{3}", 6),
            ("[a-z]{0,40}=", 41),
            ("a*", nil), ("a+", nil), ("a{2,}", nil), ("(?:a|b*)", nil), (#"\d{4}-\w{2}"#, 7), ("(?=abc)d(?!e+)", 1),
            ("(?<=a{3})b(?<!c)", 1), (#"^\b\Aa\z\Z\B$"#, 1), ("(?i)ab(?-i)c", 3), ("(?i:ab)c", 3),
            ("(?<name>ab)(?P<n>c)(?'m'd)", 4),
            ("(?>ab)c++", nil), ("a{1,3}+b??", 4), (#"\x41\x{42}\n\t\-"#, 5), ("[]a]", 1), ("[^]a]{2}", 2), ("x{y}", 4),
            ("x{,y", 4),
            ("(?:){5}", 0), ("(?:a{65535}){65535}", 65535 * 65535), ("[[:alnum:]_]{8}", 8), ("(|a)", 1),
        ] as [(String, Int?)])
    func theLongestMatchIsKnown(pattern: String, length: Int?) {
        let shape = PatternShape(pattern: pattern, keywords: [])
        #expect(shape != .unknown || length == nil)
        #expect(shape.maximumLength == length)
    }

    @Test(arguments: [
        ("abc", false), (".{9}", false), ("(?s).", true), ("(?s:a).", false), ("(?s:.)a", true), (#"a\nb"#, true),
        (#"\s"#, true), (#"[^a]"#, true), (#"[^a\n]"#, false), (#"\W"#, true), (#"\S"#, false), (#"\D"#, true),
        (#"\h"#, false),
        (#"\v"#, true), (#"[[:space:]]"#, true), (#"\x0a"#, true), (#"[\x09-\x0d]"#, true), ("a\nb", true),
        (#"(?=\n)a"#, false),
        (#"[^\s"']{1,9}"#, false), (#"\r"#, false), ("(?m)^a$", false),
    ])
    func itIsKnownWhetherAMatchCrossesLines(pattern: String, crosses: Bool) {
        #expect(PatternShape(pattern: pattern, keywords: []).crossesLines == crosses)
    }

    @Test(arguments: [
        ("sk-[a-z]+", ["sk-"], true), ("sk-[a-z]+", ["pk-"], false), ("(?i)SK-x", ["sk-"], true),
        ("(sk|pk)-", ["sk-", "pk-"], true),
        ("(sk|pk)-", ["sk-"], false), ("(?:sk-)?x", ["sk-"], false), ("(?:sk-)+x", ["sk-"], true),
        ("(?:sk-){0,3}x", ["sk-"], false),
        ("(?=sk-)x", ["sk-"], false), ("s[kK]-", ["sk-"], true), ("s[a-z]-", ["sk-"], false),
        ("a(b|c)d", ["abd", "acd"], true),
        ("a(b|c)d", ["abd"], false), ("ab?c", ["ac", "abc"], true), ("x|sk-", ["sk-"], false),
        ("sk-a|sk-b", ["sk-"], true),
        ("a{3}", ["aaa"], true), ("a{2}", ["aaa"], false), (#"api\.acme\.com"#, ["api.acme.com"], true),
        ("api.acme", ["api.acme"], false),
        ("sk-", [], false), ("KEY", ["key"], true),
    ])
    func itIsKnownWhetherEveryMatchHoldsAKeyword(pattern: String, keywords: [String], holds: Bool) {
        #expect(PatternShape(pattern: pattern, keywords: keywords).holdsKeyword == holds)
    }

    @Test(arguments: [
        #"(a)\1"#, #"(?<n>a)\k<n>"#, "(?R)", "(?1)", "(?&n)", "(?(1)a|b)", #"\p{L}"#, #"\PL"#, #"\X"#, #"\R"#, #"\Ka"#,
        #"\Qa+\E"#,
        "(?x)a b", "(?#c)a", "(*UTF)a", "(?|a|b)", #"\g{1}"#, #"\cA"#, #"\N"#, #"\H"#, "[[:blank:]]", "[[:^alpha:]]",
        "*a", "(a", "a)", "[a", #"a\"#, "(?<n", "(?P<n", "(?'n", "(?", "(?i", "[b-a]", #"\x{zz}"#, "(?<n>a", "a{,3}",
        "a{ 3 }",
    ])
    func whatTheReaderDoesNotKnowMakesTheShapeUnknown(pattern: String) {
        #expect(PatternShape(pattern: pattern, keywords: ["a"]) == .unknown)
    }

    @Test func hugePatternsAreNoTrouble() {
        let huge = "(?:(?:(?:a{65535}){65535}){65535}){32767}"
        #expect(PatternShape(pattern: huge, keywords: []).maximumLength != nil)
        #expect(PatternShape(pattern: huge + huge, keywords: []).maximumLength == nil)
        #expect(PatternShape(pattern: "(?:" + huge + "){9}", keywords: []).maximumLength == nil)
        let deep = String(repeating: "(", count: 200_000) + String(repeating: ")", count: 200_000)
        #expect(PatternShape(pattern: deep, keywords: []) == .unknown)
    }
}
