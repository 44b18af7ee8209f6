import Testing

@testable import Scanner

struct InlineDirectivesTests {
    private func isSuppressed(_ marked: String, rule: String = "mistral-api-key") -> Bool {
        let text = MarkedText(marked)
        return text.bytes.withUnsafeBytes { bytes in
            var directives = InlineDirectives(bytes)
            return directives.answer([rule, "old-\(rule)"], range: text.value) != nil
        }
    }

    /// Every line end must do.
    private static let lineEnds = ["\n", "\r\n"]

    static let onLine = [
        "windsock:allow", "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "kingfisher:ignore",
        "pragma: allowlist secret", "pragma:allowlist secret", "secretlint-disable-line",
    ]
    static let onNextLine = [
        "windsock:allow-next-line", "pragma: allowlist nextline secret", "pragma:allowlist nextline secret",
        "secretlint-disable-next-line",
    ]

    @Test(arguments: onLine) func aDirectiveOnTheLineSuppresses(directive: String) {
        for end in Self.lineEnds {
            #expect(isSuppressed("a\(end)key=«x» # \(directive)\(end)b"))
            #expect(isSuppressed("/* \(directive) */ key=«x»"))
            #expect(isSuppressed("key=«x» # \(directive.uppercased())"))
            #expect(!isSuppressed("# \(directive)\(end)key=«x»"))
            #expect(!isSuppressed("key=«x»\(end)# \(directive)"))
        }
    }

    @Test func aFormerIDIsValid() {
        #expect(isSuppressed("key=«x» # windsock:allow old-mistral-api-key why"))
        #expect(!isSuppressed("key=«x» # windsock:allow older-mistral-api-key why"))
    }

    /// As other tools have ids behind their words.
    @Test(arguments: [
        "(ID)", "[ID]", "{ID}", "=ID", ": ID", " = ID", "( ID )", " rule=ID", " rules: ID", "(rule=ID)", "[\"ID\"]",
        " \"ID\"",
        " 'ID' why", "(ID, other-api-key)", "[\"other-api-key\", \"ID\"]",
    ]) func anIDInBracketsIsOne(form: String) {
        let own = form.replacing("ID", with: "mistral-api-key")
        let other = form.replacing("ID", with: "openai-api-key")
        #expect(isSuppressed("key=«x» # windsock:allow\(own)"))
        #expect(!isSuppressed("key=«x» # windsock:allow\(other)"))
    }

    @Test(arguments: [
        "{\"a\": \"windsock:allow\", \"some-other-key\": \"«x»\"}", "x(\"windsock:allow\", \"some-key\", \"«x»\")",
        "key=«x» # windsock:allow (a sample)", "key=«x» # windsock:allow \"a well-known sample\"",
    ]) func whatOnlyLooksLikeAnIDIsNone(text: String) { #expect(isSuppressed(text)) }

    @Test(arguments: [
        "until=2020-01-01", "(until=2020-01-01)", "[until=2020-01-01]", "until = 2020-01-01", "expires=2020-01-01",
        "mistral-api-key (Until: 2020-01-01)", "a reason, expiry=2020-01-01", "\"until=2020-01-01\"",
    ]) func aDayThatIsOverEndsItHoweverItIsWritten(words: String) {
        #expect(!isSuppressed("key=«x» # windsock:allow \(words)"))
        #expect(isSuppressed("key=«x» # windsock:allow \(words.replacing("2020", with: "2999"))"))
    }

    @Test(arguments: onNextLine) func aDirectiveForTheNextLineSuppressesThatAlone(directive: String) {
        for end in Self.lineEnds {
            #expect(isSuppressed("a\(end)# \(directive)\(end)key=«x»\(end)"))
            #expect(!isSuppressed("# \(directive)\(end)\(end)key=«x»"))
            #expect(!isSuppressed("key=«x»\(end)# \(directive)"))
            #expect(!isSuppressed("key=«x» # \(directive)\(end)b"), "its own line is not the next")
        }
    }

    @Test(arguments: [
        ("windsock:allow mistral-api-key", true), ("windsock:allow mistral-api-key a test key", true),
        ("windsock:allow openai-api-key", false), ("windsock:allow a reason in words", true),
        ("windsock:allow: revoked in May", true),
        ("windsock:allow", true), ("windsock:allow mistral-api-keys", false),
    ])
    func ourDirectiveCanNameARule(directive: String, suppresses: Bool) {
        #expect(isSuppressed("key=«x» # \(directive)") == suppresses)
        let next = directive.replacing("windsock:allow", with: "windsock:allow-next-line")
        #expect(isSuppressed("# \(next)\nkey=«x»") == suppresses)
    }

    @Test func aSecretOverSeveralLinesIsSuppressedFromItsLastLineToo() {
        #expect(isSuppressed("«a\nb\nc» # gitleaks:allow"))
        #expect(isSuppressed("# windsock:allow-next-line\n«a\nb\nc»"))
    }

    @Test func aBlockIsSuppressedUpToItsEnd() {
        for end in Self.lineEnds {
            let (on, off) = ("// secretlint-disable\(end)", "// secretlint-enable\(end)")
            #expect(isSuppressed("\(on)a\(end)b\(end)key=«x»\(end)"))
            #expect(isSuppressed("\(on)\(off)\(on)key=«x»\(end)\(off)"))
            #expect(!isSuppressed("\(on)a\(end)\(off)key=«x»\(end)"))
            #expect(!isSuppressed("key=«x»\(end)\(on)"))
            #expect(!isSuppressed("\(on)\(off)a\(end)key=«x»\(end)\(on)"))
            #expect(!isSuppressed("// secretlint-disable-line\(end)a\(end)key=«x»"))
            #expect(!isSuppressed("// secretlint-disable-next-line\(end)a\(end)key=«x»"))
            #expect(isSuppressed("x // secretlint-disable-line\(end)\(on)a\(end)key=«x»"))
        }
    }

    @Test func twoDirectivesOnALineAreBothObeyed() {
        #expect(isSuppressed("key=«x» # windsock:allow openai-api-key gitleaks:allow"))
        #expect(isSuppressed("key=«x» # windsock:allow openai-api-key windsock:allow mistral-api-key"))
        #expect(isSuppressed("# windsock:allow windsock:allow-next-line mistral-api-key\nkey=«x»"))
    }

    @Test func aLineIsLookedAtAsFarAsACommentReaches() {
        let (near, far) = (String(repeating: "-", count: 3000), String(repeating: "-", count: 5000))
        #expect(isSuppressed("key=«x»\(near)# gitleaks:allow"))
        #expect(!isSuppressed("key=«x»\(far)# gitleaks:allow"))
        // What is cut off is not the line before.
        #expect(!isSuppressed("# windsock:allow-next-line\(far)key=«x»"))
    }

    @Test func otherWordsSuppressNothing() {
        for text in ["noqa", "allow", "gitleaks", "pragma: no cover", "windsock", "secretlint-enable"] {
            #expect(!isSuppressed("# \(text)\nkey=«x» # \(text)\n# \(text)"))
        }
    }
}
