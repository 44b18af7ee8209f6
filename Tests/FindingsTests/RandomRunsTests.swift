import TestSupport
import Testing

@testable import Findings

struct RandomRunsTests {
    private func masked(_ text: String) -> [String] {
        var copy = text
        return copy.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            return RandomRuns.ranges(in: raw).map { String(decoding: raw[$0], as: UTF8.self) }
        }
    }

    @Test func keysOfAllAlphabetsAreRandom() {
        var generator = SeededGenerator(seed: 7)
        let alphabets = [
            "0123456789abcdef", "0123456789ABCDEF", "abcdefghijklmnopqrstuvwxyz0123456789",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        ]
        for alphabet in alphabets {
            for count in [24, 32, 40, 64] {
                let missed = (0..<200).count { _ in
                    let key = generator.text(count, of: alphabet)
                    return !masked("key \(key), x").joined().contains(key.dropFirst(4).dropLast(4))
                }
                #expect(missed <= 12, "\(alphabet), \(count): \(missed) of 200 are shown")
            }
        }
    }

    @Test(arguments: [
        ("key=q7Rw2ZxK9mTb4LsV;", ["q7Rw2ZxK9mTb4LsV"]), ("pw Kq7vTz2p", ["Kq7vTz2p"]),
        ("https://api.example.org/v1/q7Rw2ZxK9mTb4LsV/send", ["q7Rw2ZxK9mTb4LsV"]),
        (#""\x71\x37\x52\x77\x32""#, [#"\x71\x37\x52\x77\x32"#]),
        (#"'\161\067\122\167\062'"#, [#"\161\067\122\167\062"#]), ("a=%71%37%52%77%32", ["%71%37%52%77%32"]),
        ("&#113;&#55;&#82;&#119;&#50;", ["&#113;&#55;&#82;&#119;&#50;"]),
        ("https%3A%2F%2Fdeploy%3Aq7Rw2Z%5FxK9mTb4%40host", ["q7Rw2Z%5FxK9mTb4"]),
        ("data: 3376663853794162527543636348356b", ["3376663853794162527543636348356b"]),
        ("550e8400-e29b-41d4-a716-446655440000", ["550e8400-e29b-41d4-a716-446655440000"]),
    ])
    func whatIsRandomIsFound(text: String, expected: [String]) { #expect(masked(text) == expected) }

    @Test(arguments: [
        "let configuration = AssignmentParserConfiguration(maximumLength: 65536)", "x86_64-unknown-linux-gnu",
        "https://docs.example.org/en/latest/reference/configuration.html#section-12", "2024-11-30T03:28:36.123456Z",
        "sha256WithRSAEncryption HmacSHA256 utf8CodeUnitCount Base64URLDecoder",
        "org.apache.commons:commons-lang3:3.12.0",
        "this%20is%20a%20sentence%20with%20blanks", "aws_access_key_id = ", "MIN_SUPPORTED_VERSION_2024_11",
        "/usr/local/share/ca-certificates/internal-root-2023.crt", "npm_config_registry", "0000000000000000",
    ])
    func wordsAndNumbersAreNot(text: String) { #expect(masked(text) == []) }

    @Test func aPathKeepsItsDigests() {
        let digest = "dist/app.3f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c.js"
        #expect(RandomRuns.masked(path: digest) == digest)
        #expect(RandomRuns.masked(path: "keys/q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE.txt") == "keys/q7Rw…1UaE.txt")
    }
}
