import PCRE2
import Testing

@testable import Rules

/// `bounds` around a pattern, as PCRE2 reads them.
struct PatternBoundsTests {
    /// Both sides of every alternative are bound, whatever the pattern is written like.
    @Test(arguments: [
        ("aa1|bb2", ["aa1", "bb2"]), ("(aa1)|(bb2)", ["aa1", "bb2"]), ("(?xi) AA1 | BB2 # comment", ["aa1", "bb2"]),
        ("(?x) aa1 | bb2 # comment", ["aa1", "bb2"]), ("aa(?x) 1 # comment", ["aa1"]),
        ("(?xx)a a [1 ] # comment", ["aa1"]), ("(?i)AA1|BB2", ["aa1", "bb2"]), (#"a\Qa1"#, ["aa1"]),
        (#"\Q(a"#, ["(a"]), ("(*UCP)aa1|bb2", ["aa1", "bb2"]), ("(?x)a (?-x:a)1 # (", ["aa1"]),
        ("(?:aa|bb)1", ["aa1", "bb1"]), ("a[|]1", ["a|1"]), (#"a\|1"#, ["a|1"]),
        ("(?:(?x) aa | b # b\n)1", ["aa1", "b1"]), ("(?# | )aa1", ["aa1"]), (#"(a)\1(?x) 1 # |"#, ["aa1"]),
        ("(?xi)(?-x:a a) # b", ["A a"]),
    ])
    func boundsHoldForEveryAlternative(pattern: String, tokens: [String]) throws {
        let text = "[[rules]]\nid='a'\nbounds = 'token'\nregex = '''\(pattern)'''\n"
        let regex = try #require(try RuleFile(text: text, file: "a.toml").rules[0].regex)
        let compiled = try Pattern(regex)
        func finds(_ text: String) throws -> Bool {
            var text = text
            return try text.withUTF8 { try Matcher().firstMatch(of: compiled, in: UnsafeRawBufferPointer($0)) != nil }
        }
        for token in tokens {
            #expect(try finds("= \(token) ."), "\(regex)")
            #expect(try !finds("= \(token)x ."), "\(regex)")
            // A parenthesis is no part of a longer token.
            if token.hasPrefix("(") { continue }
            #expect(try !finds("= x\(token) ."), "\(regex)")
        }
    }

    @Test func groupsKeepTheirNumbers() throws {
        let text = "[[rules]]\nid='a'\nbounds='word'\nregex='(a)|(b)'\nsecretGroup=2\n"
        let rule = try RuleFile(text: text, file: "a.toml").rules[0]
        #expect(rule.regex == "(?<![A-Za-z0-9_])(?:(a)|(b))(?![A-Za-z0-9_])")
        #expect(try Pattern(try #require(rule.regex)).groupCount == 2)
    }
}
