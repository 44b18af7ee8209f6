import Testing

@testable import Rules

/// What RE2 and PCRE2 read differently. Syntax of either: https://github.com/google/re2/wiki/Syntax, pcre2pattern(3).
struct RE2TranslationTests {
    @Test(arguments: [
        // The same in both.
        ("(?P<key>[a-z]{2,5})\\b", "(?P<key>[a-z]{2,5})\\b"), ("(?<key>a)", "(?<key>a)"), ("(?U)a+?b*", "(?U)a+?b*"),
        ("(?i:ab)\\.\\d\\w", "(?i:ab)\\.\\d\\w"), ("[[:word:]\\-]+", "[[:word:]\\-]+"),
        ("\\Qa$b\\E\\x41", "\\Qa$b\\E\\x41"),
        ("[]a$]{3}", "[]a$]{3}"), ("^a\\z", "^a\\z"), ("\\$\\{a\\}", "\\$\\{a\\}"), ("[^\\]$]", "[^\\]$]"),
        // `$` is the end of the text, not a line feed before it.
        ("a$", "a\\z"), ("(?m)a$", "(?m)a$"), ("(?m:a$)b$", "(?m:a$)b\\z"), ("((?m)a$)$", "((?m)a$)\\z"),
        ("(?i)a$|b$", "(?i)a\\z|b\\z"), ("(?-m)a$", "(?-m)a\\z"),
        // White space has no vertical tab; `\v` is one.
        ("\\s+\\S", "[\\t\\n\\f\\r ]+[^\\t\\n\\f\\r ]"), ("[\\s=]", "[\\t\\n\\f\\r =]"), ("[\\s-]", "[\\s-]"),
        ("\\v[\\v]", "\\x0b[\\x0b]"),
        // Any byte; braces that are no count.
        ("\\C{2}", "(?s:.){2}"), ("a{,5}{b", "a\\{,5}\\{b"), ("{{a}}", "\\{\\{a}}"),
        // Characters beyond ASCII are several bytes.
        ("é+", "(?:é)+"), ("\\x{e9}?", "(?:é)?"), ("\\xe9", "(?:é)"), ("\\x{41}", "\\x{41}"),
        ("\\101\\0", "\\x41\\x00"),
        ("\\x{1F511}", "(?:🔑)"),
    ])
    func whatHasAnotherSpellingIsRewritten(source: String, expected: String) {
        let translation = RE2Translation(source)
        #expect(translation.pattern == expected)
        #expect(translation.differences.isEmpty)
    }

    @Test(arguments: [
        ("\\p{Greek}+", "\\p{Greek}"), ("a\\pN", "\\pN"), ("[\\P{L}x]", "\\P{L}"), ("[éa]", "é"),
        ("[\\x{100}-\\x{17f}]", "\\x{100}"),
        ("(?i)é", "é"),
    ])
    func whatHasNoneIsNamedWithAdvice(source: String, construct: String) throws {
        let difference = try #require(RE2Translation(source).differences.first)
        #expect(difference.construct == construct)
        #expect(!difference.meaning.isEmpty && difference.advice.hasPrefix("write "))
    }

    /// RE2 refuses these, so that their author tried them with PCRE2.
    @Test(arguments: [
        "a(?=b)$", "(?<!a)b$", "(?>a)$", "(a)\\1$", "a++$", "a{2}{3}$", "a\\K$", "\\R$", "\\h$", "a{1001}$", "(?x)a $",
        "(?P=a)$", "(?#a)$", "(*UTF)a$", "a**$",
    ])
    func whatRE2RefusesIsLeftAlone(source: String) {
        let translation = RE2Translation(source)
        #expect(translation.pattern == source)
        #expect(translation.differences.isEmpty)
    }

    @Test(arguments: [
        "\\", "[", "[^", "[a\\", "(", "(?", "(?P<", "a{", "a{2", "\\x{", "\\p", "\\p{", ")", "[[:", "\\Qa", "é\\", "",
    ])
    func whatIsBrokenIsLeftToTheCompilerToComplainAbout(source: String) {
        // Must come to an end, and must not become something else that compiles by accident.
        #expect(!RE2Translation(source).pattern.contains("\u{fffd}"))
    }

    @Test func aFileOfOursIsPCRE2s() throws {
        let plain = "[[rules]]\nid='a'\nregex='b$'\npath='c$'\n[[allowlists]]\nregexes=['d$']"
        let file = try RuleFile(text: plain, file: ".gitleaks.toml")
        #expect(file.rules[0].regex == #"b\z"# && file.rules[0].path == #"c\z"#)
        #expect(file.allowlists[0].regexes == [#"d\z"#])
        #expect(try RuleFile(text: plain, file: "a/.windsock.toml").rules[0].regex == "b$")
        let own = plain.replacing("id='a'", with: "id='a'\nseverity='low'")
        #expect(try RuleFile(text: own, file: "a.toml").rules[0].regex == "b$")
    }

    @Test func aWarningNamesFileLineRuleConstructAndWayOut() throws {
        let file = try RuleFile(
            text: "title='t'\n[[rules]]\nid='house-token'\nregex='''\\p{Greek}x'''", file: "team/.gitleaks.toml")
        let warning = try #require(file.warnings.first).description
        #expect(
            warning.hasPrefix(
                #"team/.gitleaks.toml:2: rule house-token means something else than in RE2: \p{Greek} is "#))
        #expect(warning.contains("; write "))
    }
}
