import Testing

@testable import Rules

/// Short forms of a rule, and what they stand for.
struct RuleFormsTests {
    private static let shared = """
        [lists.digest-names]
        regexTarget = "line"
        regexes = ['sha1']

        [steps]
        replace = "Create a new {kind}."
        look = "Look at {provider}'s log."

        [kinds.key]
        then = ["replace", "look"]
        """

    private func rule(_ fields: String) throws -> Rule {
        let shared = try SharedRules(text: Self.shared, file: "shared.toml")
        return try RuleFile(text: "[[rules]]\nid='a'\nprovider='Acme'\n\(fields)", file: "a.toml", shared: shared)
            .rules[0]
    }

    private func complaint(_ fields: String) throws -> String {
        try #require(throws: RuleFileError.self) { try rule(fields) }.reason
    }

    @Test(arguments: [
        ("{ of = 'hex', length = 32 }", "(?<![A-Za-z0-9_-])([0-9a-f]{32})(?![A-Za-z0-9_-])"),
        (
            "{ prefix = 'a.b_', of = 'A-Z2-9', length = '20-60' }",
            #"(?<![A-Za-z0-9_-])(a\.b_[A-Z2-9]{20,60})(?![A-Za-z0-9_-])"#
        ),
        (
            "{ of = 'base62', length = '20-', bounds = 'padded', notAfter = '#@' }",
            "(?<![A-Za-z0-9#+/@_-])([A-Za-z0-9]{20,})(?![A-Za-z0-9+/=_-])"
        ),
        (
            "{ prefix = 'x-', of = 'uuid', bounds = 'word', notBefore = '.-' }",
            "(?<![A-Za-z0-9_])(x-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![A-Za-z0-9._-])"
        ),
        (
            "{ of = 'base64', length = 40, bounds = 'alphanumeric', notAfter = '^]' }",
            #"(?<![A-Za-z0-9\]\^])([A-Za-z0-9+/]{40})(?![A-Za-z0-9])"#
        ),
    ])
    func aTokenIsAPatternWithBounds(token: String, regex: String) throws {
        #expect(try rule("token = \(token)").regex == regex)
    }

    @Test func whatATokenHasIsDemandedOfTheSecret() throws {
        let rule = try rule("token = { of = 'base62', length = 32, has = ['upper', '2 lower', '12 digits'] }")
        #expect([rule.minimumUppercase, rule.minimumLowercase, rule.minimumDigits] == [1, 2, 12])
    }

    @Test func aPrefixIsTheKeywordUnlessWordsAreNear() throws {
        let token = "token = { prefix = 'ACME_', of = 'hex', length = 32 }"
        #expect(try rule(token).keywords == ["acme_"])
        #expect(try rule(token + "\nkeywords = ['me_']").keywords == ["me_"])
        #expect(try rule(token + "\nnear = ['acme']").keywords.isEmpty)
        #expect(try rule("token = { prefix = 'a_', of = 'hex', length = 32 }").keywords.isEmpty)
    }

    @Test(arguments: [
        ("{ length = 3 }", "has no alphabet"), ("{ of = 'hex' }", "has no length"),
        ("{ of = 'uuid', length = 3 }", "needs no length"), ("{ of = 'hex', length = '3..5' }", "must be like 32"),
        ("{ of = 'hex', length = '5-3' }", "must be like 32"), ("{ of = '[a-z]', length = 5 }", "between the brackets"),
        ("{ of = 'hex', length = 5, has = ['vowel'] }", "there are \"upper\""),
        ("{ of = 'hex', length = 5, has = ['upper'] }", "which \"of\" does not hold"),
        ("{ of = 'uuid', has = ['upper'] }", "which \"of\" does not hold"),
        ("{ of = 'base62', length = 5, has = ['3 digits', '3 lower'] }", "than 5 characters can hold"),
        ("{ prefix = 'A1', of = 'hex', length = 5, has = ['upper', '7 digits'] }", "than 5 characters can hold"),
        ("{ of = 'base63', length = 5 }", "did you mean base62?"),
        ("{ of = 'a-z\\d', length = 5 }", "holds a backslash"),
        ("{ of = 'hex', lenght = 5 }", "did you mean \"length\"?"),
        ("{ of = 'hex', length = 5, bounds = 'tokens' }", "must be one of alphanumeric, word, token, base64, padded"),
        ("{ of = 'hex', length = 5 }\nregex = 'a'", "has a token and a regex"),
        ("{ of = 'hex', length = 5 }\nbounds = 'word'", "they belong into it"),
    ])
    func aTokenThatSaysTooLittleOrTooMuchIsAnError(token: String, reason: String) throws {
        #expect(try complaint("token = \(token)").contains(reason))
    }

    @Test func boundsStandAroundAPatternToo() throws {
        #expect(
            try rule("regex = 'a(b)'\nbounds = 'token'\nnotAfter = '#'").regex
                == "(?<![A-Za-z0-9#_-])a(b)(?![A-Za-z0-9_-])")
        #expect(try complaint("path = 'a'\nbounds = 'token'").contains("bounds without a regex"))
    }

    @Test func nearIsAContextWithTheNamesOfSecrets() throws {
        let names = ["key", "token", "secret", "auth", "credential", "bearer"]
        #expect(try rule("regex='a'\nnear = ['Acme']").context == ContextRequirement(words: ["acme"], assigned: names))
        #expect(
            try rule("regex='a'\nnear = ['acme']\nassigned = ['Key']").context
                == ContextRequirement(words: ["acme"], assigned: ["key"]))
        #expect(try rule("regex='a'\nnear = ['acme']\nassigned = []").context == ContextRequirement(words: ["acme"]))
        #expect(try complaint("regex='a'\nassigned = ['key']").contains("no words as \"near\""))
        #expect(try complaint("regex='a'\nnear = ['a']\ncontext.words = ['b']").contains("beside \"near\""))
    }

    @Test func aListIsUsedByItsName() throws {
        let rule = try rule("regex='a'\nuse = ['digest-names']\nallowlists = [{ stopwords = ['x'] }]")
        #expect(rule.allowlists == [Allowlist(target: .line, regexes: ["sha1"]), Allowlist(stopwords: ["x"])])
        #expect(try complaint("regex='a'\nuse = ['digest-name']").contains("did you mean \"digest-names\"?"))
    }

    @Test(arguments: [
        (
            "kind='key'\nrevoke='https://a.example/keys'",
            ["Revoke the key at https://a.example/keys.", "Create a new key.", "Look at Acme's log."]
        ),
        (
            "kind='token'\nrevoke='https://a.example (Keys > Delete)'",
            ["Revoke the token in Acme: https://a.example (Keys > Delete)."]
        ),
        ("revoke='Ask them.'\nthen=['look', 'Then sleep.']", ["Ask them.", "Look at Acme's log.", "Then sleep."]),
        ("then=['replace']", ["Create a new secret."]), ("kind='key'\nthen=[]\nrevoke='Ask them.'", ["Ask them."]),
    ])
    func stepsAreComposed(fields: String, steps: [String]) throws {
        #expect(try rule("regex='a'\n\(fields)").remediation == steps)
    }

    @Test func stepsAreSaidOnce() throws {
        #expect(try complaint("regex='a'\nremediation=['a b']\nkind='key'").contains("it says all steps itself"))
        #expect(try complaint("regex='a'\nthen=['replaced']").contains("did you mean \"replace\"?"))
    }

    @Test func examplesAreMarked() throws {
        let rule = try rule(
            """
            regex='a'
            found = ['x «abc» y', { path = 'a.env', text = 'K=«ä»' }, { text = 'YWJj «»', secret = 'abc' }]
            silent = ['a «b»', { path = 'b', text = 'c' }]
            """)
        #expect(
            rule.examples == [
                .init(text: "x abc y", secret: "abc", place: "found 1"),
                .init(text: "K=ä", path: "a.env", secret: "ä", place: "found 2"),
                .init(text: "YWJj «»", secret: "abc", place: "found 3"),
                .init(text: "a «b»", isNegative: true, place: "silent 1"),
                .init(text: "c", path: "b", isNegative: true, place: "silent 2"),
            ])
    }

    @Test(arguments: ["abc", "«»", "«a", "a»", "«a»«b»", "»a«", "«a»»"])
    func aTextThatMarksNoSingleSecretIsAnError(text: String) throws {
        #expect(
            try complaint("regex='a'\nfound=['«x»', '\(text)']").contains("marks no single secret with «…» in found 2"))
    }

    @Test(arguments: [
        ("(?x) a b", "ab"), ("a b", "a b"), ("(?x)a # c\n  b", "ab"), (##"(?x) a\ b\#c"##, "a b#c"),
        ("(?x)[ #] [^ ]]", "[ #][^ ]]"),
        ("(?x)[]#] [[:alpha:] ] x", "[]#][[:alpha:] ]x"), (#"(?x)\Q a #\E b"#, #"\Q a #\Eb"#),
        (#"(?x)(a)\1 2"#, #"(a)\1(?:)2"#), ("(?xi) a # b", "(?i)a"), ("(?isx)a b", "(?is)ab"),
        ("(?xx)[ a]", "(?xx)[ a]"),
        (#"(?x)\[ #]"# + "\n]", #"\[]"#), (#"(?x)[\] ] ]"#, #"[\] ]]"#), ("(?i)(?x) a", "(?i)(?x) a"),
    ])
    func aPatternOverSeveralLinesIsReadAsOne(written: String, read: String) {
        #expect(ExtendedPattern.condensed(written) == read)
    }

    @Test func aPatternIsCondensedBeforeItsShapeIsTaken() throws {
        let rule = try rule("regex='''(?x)\n  acme_   # the prefix\n  [a-z]{8}'''\nkeywords=['acme_']")
        #expect(rule.regex == "acme_[a-z]{8}")
        #expect(rule.shape == PatternShape(pattern: "acme_[a-z]{8}", keywords: ["acme_"]))
    }
}

struct ExampleFileTests {
    @Test func blocksAreExamples() throws {
        let text =
            "\u{FEFF}About this file.\n=====\n=== a/b.env\nK=«v»\n=== !c\nnothing\n\n===\n\n«x»\r\n=== ! \r\n====\n"
        #expect(
            try ExampleFile.examples(
                text: text, file: "Rules/acme/examples/acme-key/env.txt") == [
                    .init(text: "K=v", path: "a/b.env", secret: "v", place: "acme-key/env.txt:3"),
                    .init(text: "nothing\n", path: "c", isNegative: true, place: "acme-key/env.txt:5"),
                    .init(text: "\nx\r", secret: "x", place: "acme-key/env.txt:8"),
                    .init(text: "====", isNegative: true, place: "acme-key/env.txt:11"),
                ])
    }

    /// A header that is none would make an example that nobody runs.
    @Test(arguments: [
        ("== a.env\nK=«v»\n", 1), ("About.\n  === a.env\nK=«v»\n", 2), ("==== a.env\nK=«v»\n", 1), ("==\nx\n", 1),
        ("= a.env\nK=«v»\n", 1), ("=== !a\nx\n== !b\ny\n", 3), ("=== !a\nx\n====!b\ny\n", 3),
    ])
    func aHeaderWithAnotherNumberOfSignsIsAnError(text: String, line: Int) throws {
        let error = try #require(throws: RuleFileError.self) { try ExampleFile.examples(text: text, file: "x.txt") }
        #expect(error.line == line)
        #expect(error.reason.contains("begins with three equal signs"))
    }

    @Test(arguments: ["", "\n", "About this file.\nK=«v»\n"])
    func aFileWithoutABlockIsAnError(text: String) throws {
        let error = try #require(throws: RuleFileError.self) { try ExampleFile.examples(text: text, file: "x.txt") }
        #expect(error.reason.contains("has no example"))
    }

    @Test func aBlockWithoutAMarkIsAnErrorWithItsLine() throws {
        let error = try #require(throws: RuleFileError.self) {
            try ExampleFile.examples(text: "=== a\n«b»\n=== c\nd\n", file: "x.txt")
        }
        #expect(error.line == 3)
    }

    /// Where white space means something again, PCRE2 reads the pattern as it stands.
    @Test(arguments: [
        "(?x)a (?-x:k y)", "(?x)(?:(?-x)k y)", "(?x) a (?^:k y)", "(?x) a (?i-x:k y)", "(?x)a (?# note # 2 ) b",
    ])
    func whiteSpaceThatMeansSomethingStays(pattern: String) {
        #expect(ExtendedPattern.condensed(pattern) == pattern)
    }

    @Test func tagsOfOlderFilesSayWhatStrengthAndPartsSay() throws {
        let text = """
            [[rules]]
            id = "a"
            regex = "b"
            tags = ["generic", "multi-part"]
            [[rules]]
            id = "c"
            regex = "b"
            tags = ["generic"]
            strength = "own"
            """
        let rules = try RuleFile(text: text, file: "team.toml").rules
        #expect(rules.map(\.strength) == [.generic, .own])
        #expect(rules.map(\.holdsParts) == [true, false])
    }
}
