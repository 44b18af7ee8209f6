import Findings
import Foundation
import TestSupport
import Testing

@testable import Scanner

/// Secrets in encoded values: all of them, however many one value holds and however it is wrapped.
struct EncodedValueTests {
    private let scanner = BlobScanner(engine: BuiltinEngine.shared)

    private func detections(_ text: String) -> [Detection] { scanner.scan(text, path: "file.txt").detections }

    private func secrets(_ text: String) -> [String] { detections(text).map(\.secret.revealed).sorted() }

    private func keys(_ count: Int, seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in generator.key() }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func hex(_ text: String) -> String {
        text.utf8.map { String(Int($0) + 0x100, radix: 16).suffix(2) }.joined()
    }

    // MARK: Several in one value

    private static let encodings: [(name: String, encode: @Sendable (String) -> String)] = [
        ("base64", { base64($0) }), ("hex", { hex($0) }),
        ("base64 of base64", { base64("data: " + base64($0)) }), ("base64 of hex", { base64("x = " + hex($0)) }),
        ("base64 of escapes", { base64("{\"env\": \"\($0.replacingOccurrences(of: "\n", with: "\\n"))\"}") }),
        ("Kubernetes", { "apiVersion: v1\nkind: Secret\ndata:\n  .env: \(base64($0))\n" }),
    ]

    @Test(arguments: encodings.indices) func eachSecretOfAValueIsFound(encoding: Int) {
        let keys = keys(3, seed: UInt64(encoding) + 100)
        let text = keys.enumerated().map { "MISTRAL_API_KEY_\($0)=\($1)\n" }.joined()
        #expect(secrets(Self.encodings[encoding].encode(text)) == keys.sorted(), "\(Self.encodings[encoding].name)")
    }

    @Test func eachHasItsOwnPlaceLineAndFingerprint() throws {
        let keys = keys(2, seed: 1)
        let encoded = Self.base64("# é\nMISTRAL_API_KEY=\(keys[0])\nMISTRAL_API_KEY_2=\(keys[1])\n")
        let found = detections("x:\n  data: \(encoded)\n")
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.region.startLine == 2 && $0.region.startColumn == 9 })
        #expect(found.map(\.decodedRegion?.startLine) == [2, 3])
        #expect(found.map(\.decodedRegion?.startColumn) == [17, 19])
        #expect(
            found.map(\.snippet)
                == keys.enumerated().map { number, key in
                    "MISTRAL_API_KEY\(number == 0 ? "" : "_2")=\(Secret(bytes: Array(key.utf8)).redacted)"
                })
    }

    @Test func noSecretOfAValueStandsInTheLineOfAnother() {
        let keys = keys(2, seed: 2)
        let encoded = Self.base64("{\"mistral_api_key\": \"\(keys[0])\", \"mistral_other_key\": \"\(keys[1])\"}")
        for detection in detections(encoded) {
            for key in keys { #expect(!detection.snippet.contains(key.prefix(12))) }
        }
    }

    @Test func theSameSecretPlainAndEncodedIsOneSecret() {
        let key = keys(1, seed: 3)[0]
        let found = detections("MISTRAL_API_KEY=\(key)\nbackup: \(Self.base64("MISTRAL_API_KEY=\(key)\n"))\n")
        #expect(found.map(\.secret.revealed) == [key, key])
        #expect(Set(found.map(\.ruleIndex)).count == 1)
        #expect(found.map { $0.decodedRegion == nil } == [true, false])
    }

    // MARK: Wrapped values

    private static func lines(_ text: String, _ width: Int) -> [String] {
        stride(from: 0, to: text.count, by: width).map { start in
            String(text.dropFirst(start).prefix(width))
        }
    }

    /// What stands before the first line, between lines, and behind the last.
    private static let wrappings: [(before: String, between: String, behind: String)] = [
        ("", "\n", "\n"), ("", "\r\n", "\r\n"), ("data:\n  .env: |\n    ", "\n    ", "\n  b: c\n"),
        ("# ", "\n# ", "\n"), ("> ", "\n> ", "\n\nbye\n"), ("// ", "\n// ", "\n"), ("   //", "\n   //", "\n"),
        (" * ", "\n * ", "\n */\n"), ("a = \"", "\" +\n    \"", "\";\n"), ("a = '", "'\n    + '", "';\n"),
        ("a = [\"", "\", \"", "\"]\n"), ("a = (\"", "\"\n     \"", "\")\n"), ("$a = '", "' .\n  '", "';\n"),
        ("a = \"", "\" & _\r\n \"", "\"\r\n"), ("a=", "\\\n", "\n"), ("{\"a\": \"", "\\n", "\"}\n"),
        ("{\"a\": \"", "\\r\\n", "\\r\\n\"}\n"), ("<a>", "&#10;", "</a>"), ("<p>", "<br/>\n", "</p>"),
        ("base64 -d <<END\n", "\n", "\nEND\n"), ("@@ -0,0 +1,9 @@\n+", "\n+", "\n+x\n"), ("a: ", "\n\t\t", "\nb: c\n"),
    ]

    @Test(arguments: wrappings.indices, [40, 60, 64, 75, 76]) func wrappedValuesAreOne(wrapping: Int, width: Int) {
        let keys = keys(2, seed: UInt64(wrapping * 100 + width))
        let text = "LOG=1\nNAME=service\nMISTRAL_API_KEY=\(keys[0])\nX=2\nMISTRAL_API_KEY_2=\(keys[1])\nY=3\n"
        let (before, between, behind) = Self.wrappings[wrapping]
        for encoded in [Self.base64(text), Self.hex(text)] {
            let wrapped = before + Self.lines(encoded, width).joined(separator: between) + behind
            #expect(secrets(wrapped) == keys.sorted(), "\(wrapped)")
        }
    }

    @Test func linesThatAreValuesOfTheirOwnAreFoundToo() {
        let keys = keys(3, seed: 9)
        let text = keys.map { Self.base64("MISTRAL_API_KEY=\($0)") }.joined(separator: "\n")
        #expect(secrets(text) == keys.sorted())
    }

    @Test func whatFollowsAValueIsNoLineOfIt() {
        let key = keys(1, seed: 10)[0]
        let encoded = Self.base64("MISTRAL_API_KEY=\(key)")
        #expect(!encoded.hasSuffix("="))
        for word in ["EOF", "data", "Kind", "Zm9v", "END OF FILE", "name: x"] {
            #expect(secrets("\(encoded)\n\(word)\n") == [key], "\(word)")
        }
    }

    @Test func manySecretsInOneValueEnd() {
        let keys = keys(2000, seed: 11)
        let text = keys.map { "MISTRAL_API_KEY=\($0)\n" }.joined()
        let found = detections(Self.lines(Self.base64(text), 76).joined(separator: "\n"))
        #expect(Set(found.map(\.secret.revealed)) == Set(keys))
        #expect(found.count == keys.count)
        #expect(found.last?.decodedRegion?.startLine == keys.count)
    }

    // MARK: Characters

    private static func each(_ text: String, _ form: (Int) -> String) -> String {
        text.utf8.map { form(Int($0)) }.joined()
    }

    private static func padded(_ value: Int, _ radix: Int, _ count: Int) -> String {
        let digits = String(value, radix: radix)
        return String(repeating: "0", count: count - digits.count) + digits
    }

    private static let forms: [(name: String, encode: @Sendable (String) -> String)] = [
        ("u", { each($0) { "\\u" + padded($0, 16, 4) } }), ("x", { each($0) { "\\x" + padded($0, 16, 2) } }),
        ("braces", { each($0) { "\\u{" + padded($0, 16, 2) + "}" } }),
        ("eight", { each($0) { "\\U" + padded($0, 16, 8) } }), ("octal", { each($0) { "\\" + padded($0, 8, 3) } }),
        ("twice", { each($0) { "\\\\u" + padded($0, 16, 4) } }),
        ("decimal", { each($0) { "&#\($0);" } }), ("hexadecimal", { each($0) { "&#x" + padded($0, 16, 2) + ";" } }),
        ("percent", { each($0) { "%" + padded($0, 16, 2).uppercased() } }),
        (
            "soft line end",
            { $0.prefix(40) + "=\n" + $0.dropFirst(40) + "\n--\nContent-Transfer-Encoding: quoted-printable" }
        ),
        ("quoted-printable", { $0.replacingOccurrences(of: "=", with: "=3D") }),
        ("references", { "<a b=\"" + $0.replacingOccurrences(of: "=", with: "&quot;:&quot;") + "&quot;\"/>" }),
        ("line within", { "a = \"" + $0.prefix(40) + "\\\n" + $0.dropFirst(40) + "\"" }),
    ]

    @Test(arguments: forms.indices) func charactersInAnotherFormHideNothing(form: Int) {
        let key = keys(1, seed: UInt64(form) + 300)[0]
        let text = "x: \"" + Self.forms[form].encode("MISTRAL_API_KEY=\(key)") + "\"\n"
        #expect(secrets(text) == [key], "\(Self.forms[form].name): \(text)")
    }

    @Test func aTokenOfAnotherProviderIsFoundInThePayloadOfAJSONWebToken() {
        var generator = SeededGenerator(seed: 12)
        let key = "sk_live_" + generator.key(24)
        let header = Self.base64(#"{"alg":"HS256","typ":"JWT"}"#)
        let payload = Self.base64(#"{"sub":"1234567890","payments":"\#(key)","iat":1516239022}"#)
        let token = "\(header).\(payload).\(generator.key(43))".filter { $0 != "=" }
        #expect(secrets("jwt = \"\(token)\"\n").contains(key))
    }

    // MARK: Literals

    private static let seams = [
        "\" \"", "\" + \"", "\"+\"", "\" +\n    \"", "\"\n    + \"", "\"\n        \"", "\" . \"", "\" .. \"", "\" & \"",
        "\" & _\n  \"", "\" \\\n  \"", "\" || \"", "\" <> \"", "\" b\"",
    ]

    @Test(arguments: seams, [6, 16, 26]) func joinedLiteralsAreOne(seam: String, cut: Int) {
        let key = keys(1, seed: UInt64(cut) + 400)[0]
        let text = "mistral_api_key = \"\(key.prefix(cut))\(seam)\(key.dropFirst(cut))\"\n"
        #expect(secrets(text).contains(key), "\(text)")
    }

    @Test(arguments: [
        "x = f\"{PREFIX}REST\"", "x = `${PREFIX}REST`", "x = PREFIX + \"REST\"", "x = \"%sREST\" % PREFIX",
        "x = fmt.Sprintf(\"%sREST\", PREFIX)",
    ]) func constantsOfTheTextArePutIn(use: String) {
        var generator = SeededGenerator(seed: 13)
        let rest = generator.key(24)
        let text = "PREFIX = \"sk_live_\"\n\(use.replacingOccurrences(of: "REST", with: rest))\n"
        #expect(secrets(text) == ["sk_live_" + rest], "\(text)")
        #expect(secrets(text.replacingOccurrences(of: "sk_live_", with: "")).filter { $0.hasPrefix("sk_") }.isEmpty)
    }

    @Test(arguments: [false, true], [false, true]) func wideEncodingsAreRead(bigEndian: Bool, hasMark: Bool) {
        let key = keys(1, seed: 14)[0]
        let text = (hasMark ? "\u{feff}" : "") + "# é€𝄞\nMISTRAL_API_KEY=\(key)\n"
        let bytes = text.unicodeScalars.flatMap { scalar in
            withUnsafeBytes(of: bigEndian ? scalar.value.bigEndian : scalar.value.littleEndian, Array.init)
        }
        let found = bytes.withUnsafeBytes { scanner.scan($0, path: "file.txt") }
        #expect(found.detections.map(\.secret.revealed) == [key])
        #expect(found.detections.first?.region.startLine == 2)
        #expect(bytes.withUnsafeBytes { !BlobScanner.isBinary($0) })
    }
}
