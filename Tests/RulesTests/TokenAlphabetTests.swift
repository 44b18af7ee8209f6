import Rules
import Testing

struct TokenAlphabetTests {
    @Test(arguments: [
        "hex", "uuid", "base64url", "A-Z2-9", "a-f0-9", "A-Za-z0-9_.=-", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", "01",
        "0123456789abcdef", "a-z", "x-z", "+/", "A-Fa-f0-9",
    ])
    func isAnAlphabet(text: String) { #expect(TokenAlphabet.objection(to: text) == nil) }

    @Test(arguments: [
        ("base63", "did you mean base62?"), ("Hex", "did you mean hex?"), ("UUID", "did you mean uuid?"),
        ("base64-url", "did you mean base64url?"), ("base_64", "did you mean base64?"), ("guid", "did you mean uuid?"),
        ("BASE32", "did you mean base32?"), ("nonsense", "is no alphabet's name"), ("letters", "is no alphabet's name"),
        ("hexadecimal", "is no alphabet's name"), ("alnum", "is no alphabet's name"), ("abc", "is no alphabet's name"),
        (#"A-Z\d"#, "holds a backslash"), (#"\w"#, "holds a backslash"), ("z-a", "ends before it begins, z-a"),
        ("[a-z]", "between the brackets"), ("^a-z", "between the brackets"), ("a-z ", "no visible ASCII"),
        ("а-я", "no visible ASCII"),
    ])
    func isNone(text: String, reason: String) {
        #expect(
            TokenAlphabet.objection(to: text)?.contains(reason) == true, "\(TokenAlphabet.objection(to: text) ?? "")")
    }

    @Test func whatAClassHolds() {
        #expect(TokenAlphabet.bytes(of: "a-c-") == Set("abc-".utf8))
        #expect(TokenAlphabet.holds("base64url", all: "aZ0_-") && !TokenAlphabet.holds("hex", all: "0g"))
        #expect(TokenAlphabet.of("0123abcd") == "hex" && TokenAlphabet.of("01G_") == "base64url")
        #expect(TokenAlphabet.of("01234567-89ab-cdef-0123-456789abcdef") == "uuid")
    }

    @Test(
        arguments: [
            ("32", 32, 32), ("20-60", 20, 60), ("20-", 20, nil), ("0", nil, nil), ("-3", nil, nil), ("5-3", nil, nil),
            ("3-3", nil, nil), ("a", nil, nil), ("+3", nil, nil), ("1-2-3", nil, nil), ("", nil, nil),
            ("70000", nil, nil),
        ] as [(String, Int?, Int?)])
    func aLengthIsANumberOrARange(text: String, least: Int?, most: Int?) {
        #expect(TokenLength(text)?.least == least)
        #expect(TokenLength(text)?.most == most)
    }
}
