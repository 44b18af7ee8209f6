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
        (#"(?=\n)a"#, false), (#"a(?!\s)"#, false), (#"a(?=\s{0,3}b)"#, true), (#"(?<!\n\n)a"#, true),
        (#"a(?=[ \t]{0,9}b)"#, false), (#"a(?=[ \t]{0,4}(?:\r?\n|#))"#, false), (#"a(?=\r?\n[ab])"#, true),
        (#"(?<=\n\t)a"#, false), (#"(?<=\n)a"#, false), (#"a(?!['"\s]|g['"])"#, false), (#"(?<=b\n)a"#, true),
        (#"[^\s"']{1,9}"#, false), (#"\r"#, false), ("(?m)^a$", false),
    ])
    func itIsKnownWhetherAMatchCrossesLines(pattern: String, crosses: Bool) {
        #expect(PatternShape(pattern: pattern, keywords: []).crossesLines == crosses)
    }

    @Test(arguments: [
        (#"[a-z]{8}\.[a-z]{20}"#, 20, 20, 29), ("[a-z]{8}-[a-z]{20}", 20, 29, 29), ("[a-z.]{30}", 0, 0, 30),
        ("[a-z]{8}=[a-z]{9}", 9, 9, 18),
    ])
    func itIsKnownWhichRunsEveryMatchHolds(pattern: String, alphanumeric: Int, base64: Int, token: Int) {
        let shape = PatternShape(pattern: pattern, keywords: [])
        #expect(shape.alphanumericRun.length == alphanumeric)
        #expect(shape.base64Run.length == base64)
        #expect(shape.tokenRun.length == token)
    }

    @Test(
        arguments: [
            ("[a-z]{20}", 0...0), ("ab=[a-z]{20}", 3...3), ("(?:id|name)?=[a-z]{20}", 1...5), ("=*[a-z]{20}", nil),
            ("[a-z]{4}(?:[0-9]{8}|[A-Z]{16})[0-9]{8}", 0...0), ("(?:-|=[.])[a-z]{20}", 1...2),
            ("(?:[a-z]{20}:|=[a-z]{20})", 0...1), ("(?:[.][a-z]{20}){2,3}", 1...1), ("(?<![a-z])[a-z]{20}(?!=)", 0...0),
            ("[.]{0,9}[a-z]{20}[.]+[a-z]{20}", 0...9), ("[.]+[a-z]{20}", nil), ("[a-z.]{20}", nil),
        ] as [(String, ClosedRange<Int>?)])
    func itIsKnownWhereTheLongestRunStands(pattern: String, place: ClosedRange<Int>?) {
        #expect(PatternShape(pattern: pattern, keywords: []).alphanumericRun.place == place)
    }

    @Test(arguments: [
        ("[0-9a-f]{40}", 40), ("[0-9A-F]{8}-[0-9A-F]{24}", 24), ("[0-9a-g]{40}", 0), ("sk[a-f0-9]{32}x", 32),
        ("(?:[a-f]{9}|[0-9]{7})", 7), (#"\d{30}"#, 30),
    ])
    func itIsKnownHowManyHexDigitsStandTogether(pattern: String, count: Int) {
        #expect(PatternShape(pattern: pattern, keywords: []).hexRun.length == count)
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

    @Test(
        arguments: [
            ("sk-[a-z]{8}", ["sk-"], 0...0), ("[a-z]{2,5}sk-", ["sk-"], 2...5),
            ("(?<![a-z])(?:ab|c)?sk-", ["sk-"], 0...2),
            ("(?:sk-|xpk-)a", ["sk-", "pk-"], 0...1), ("(?:s|p)k-", ["sk-", "pk-"], 0...0), ("[a-z]+sk-", ["sk-"], nil),
            ("(?:ab){2}sk-[a-z]{9}sk-", ["sk-"], 4...4), ("[a-z]{0,9}sk-[a-z]*", ["sk-"], 0...9),
            ("[a-z]{0,9}x[a-z]{3}sk-|sk-", ["sk-"], 0...13), ("(?:xsk-){2,3}", ["sk-"], 1...1),
            ("[0-9]*sk-|sk-", ["sk-"], nil), ("(?i)x?SK-", ["sk-"], 0...1), ("sk-", ["pk-"], nil),
            ("[a-z]{0,9}sk-.{4}pk-", ["sk-", "pk-"], 0...9), ("abc", ["bc", "c"], 1...1),
            ("(?i)x{3}(?:abc(?:\\+[a-z]{1,9})?|de)://", ["abc://", "abc+", "de://"], 3...3),
            ("(?:abc(?:\\+[a-z]{1,9})?|de)://", ["abc://", "de://"], nil), ("(?:s[a-z]{0,5})?sk-", ["sk-"], 0...6),
            ("(?:a|b)?(?:a|b[x-z]{1,9}|[c-z]{0,20})?(?:d|[e-z]{0,20})?", ["abc"], nil),
        ] as [(String, [String], ClosedRange<Int>?)])
    func itIsKnownHowFarIntoAMatchAKeywordStands(pattern: String, keywords: [String], place: ClosedRange<Int>?) {
        #expect(PatternShape(pattern: pattern, keywords: keywords).keywordPlace == place)
    }

    @Test(
        arguments: [
            ("(?<![A-Za-z0-9])([a-f0-9]{32})(?![A-Za-z0-9])", .alphanumeric, 32...32),
            ("(?<![A-Za-z0-9+/_-])(?<!h1:)([A-Za-z0-9]{20,30})(?![A-Za-z0-9+/_-])", .base64, 20...30),
            ("(?<![A-Za-z0-9#@_-])x[0-9]{15}(?![A-Za-z0-9_=]|-|ab)", .alphanumeric, 16...16),
            ("(?i)(?<![a-z0-9])k[0-9a-f]{7}\\b(?![a-z0-9])", .alphanumeric, 8...8),
        ] as [(String, PatternShape.BoundedRun.Bytes, ClosedRange<Int>)])
    func aMatchThatIsAWholeRunIsKnown(
        pattern: String, bytes: PatternShape.BoundedRun.Bytes, length: ClosedRange<Int>
    ) {
        let shape = PatternShape(pattern: pattern, keywords: [])
        #expect(shape.boundedRun == PatternShape.BoundedRun(bytes: bytes, length: length))
    }

    @Test(arguments: [
        "[a-f0-9]{32}", "(?<![A-Za-z0-9])[a-f0-9]{32}", "[a-f0-9]{32}(?![A-Za-z0-9])",
        "(?<![a-z0-9])[a-f0-9]{32}(?![a-z0-9])", "(?<=[A-Za-z0-9])[a-f0-9]{32}(?![A-Za-z0-9])",
        "(?<![A-Za-z0-9]{2})[a-f0-9]{32}(?![A-Za-z0-9])", "(?:(?<![A-Za-z0-9])a)?[a-f0-9]{32}(?![A-Za-z0-9])",
        "(?<![A-Za-z0-9])[a-f0-9.]{32}(?![A-Za-z0-9])", "(?<![A-Za-z0-9])[a-f0-9]{32,}(?![A-Za-z0-9])",
        "(?<![A-Za-z0-9])[a-f0-9]{32}(?:(?![A-Za-z0-9]))?", "(?<![A-Za-z0-9])[a-f]{16}(?![A-Za-z0-9])|[a-f]{17}",
    ])
    func whereMoreMayFollowOrPrecedeNoRunIsBounded(pattern: String) {
        #expect(PatternShape(pattern: pattern, keywords: []).boundedRun == nil)
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
