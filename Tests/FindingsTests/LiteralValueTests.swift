import Testing

@testable import Findings

struct LiteralValueTests {
    private func value(_ literal: String) -> String {
        String(decoding: LiteralValue.value(of: Array(literal.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        (#"p\"w"#, "p\"w"), (#"\u0041b\u00e9"#, "Abé"), (#"\ud83d\udd11x"#, "🔑x"), (#"\u{1f511}x"#, "🔑x"),
        (#"\x41\x7e"#, "A~"), (#"\U0001f511"#, "🔑"), (#"a\/b"#, "a/b"), (#"a\\b"#, #"a\b"#), (#"a\\\\b"#, #"a\b"#),
        ("a&quot;b&amp;c&lt;&gt;&apos;", "a\"b&c<>'"), ("&#65;&#x42;", "AB"), ("a&amp;quot;b", "a\"b"),
        ("abc\r\n", "abc"), ("abc\r", "abc"), ("\nabc\n\n", "abc"), (#"abc\r\n"#, "abc"), ("a\r\nb", "a\nb"),
        ("\"abc\"", "abc"), ("'abc'", "abc"), (#"\"abc\""#, "abc"), ("`abc`", "abc"), ("\"'abc'\"", "abc"),
    ])
    func escapesAreUndone(literal: String, expected: String) { #expect(value(literal) == expected) }

    @Test(arguments: [
        "abc", #"a\dc"#, #"DOMAIN\user"#, "a&b", "a&b;c", "&#;", "&#0;", "&#xd800;", #"\u12"#, #"\ud83dx"#, "\"", "''",
        "\"abc'", #"abc\"#, "a=b&c=d;", "ü\u{fffd}", "",
    ])
    func whatIsNoEscapeStays(literal: String) { #expect(value(literal) == literal) }

    /// JSON within JSON within JSON: backslashes double each time.
    @Test(arguments: ["p\"w\\x\u{8}y/é", "C:\\new\\table", "\\\\server\\share", "a\\\"b", "&quot;\\", "k=\"v\"\n"])
    func literalsOfOneValueHaveOneValue(secret: String) {
        func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        }
        func entities(_ text: String) -> String { text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;") }
        let plain = value(secret)
        for literal in [escaped(secret), escaped(escaped(secret)), entities(secret), "\"" + escaped(secret) + "\""] {
            #expect(value(literal) == plain, "\(literal)")
        }
        #expect(value(plain) == plain)
    }

    @Test func itEnds() {
        _ = value(String(repeating: "\\", count: 100_000))
        _ = value(String(repeating: "\"", count: 1000))
        #expect(value("\n\r\n") == "\n\r\n", "nothing would be left")
    }
}
