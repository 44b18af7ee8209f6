import BuiltinRules
import Findings
import Foundation
import Rules
import TestSupport
import Testing

@testable import Scanner

/// Secrets that somebody gives are found wherever they stand, in whatever encoding.
@Suite struct GivenSecretsTests {
    /// Long and short ones, with and without characters that mean something to somebody.
    static let values = [
        "hunter", "Tr0ub4dor", "p@ss/w0rd", #"a"b\c'd"#, "x&y<z>1", "k=v;w=%41", "50 Wörter", "correct horse battery",
        "q7Rz2LmX9vTc4KbN8sWdYh3JpQ6uF1aE", "0123456789abcdef0123456789abcdef",
    ]

    private func scanner(_ values: [String], fingerprints: Set<Fingerprint> = []) throws -> BlobScanner {
        var rules = RuleSet.builtin
        try rules.add([GivenSecrets.rule])
        let given = GivenSecrets(values: values.map { Array($0.utf8) }, fingerprints: fingerprints)
        return BlobScanner(engine: ScanEngine(rules, given: given))
    }

    static let encodings: [(name: String, encode: @Sendable (String) -> [UInt8])] = [
        ("plain", { Array($0.utf8) }),
        ("base64", { Array(base64($0).utf8) }),
        ("base64 without padding", { Array(base64($0).filter { $0 != "=" }.utf8) }),
        ("base64 behind one byte", { Array(base64(":" + $0).utf8) }),
        ("base64 behind two bytes", { Array(base64("u:" + $0).utf8) }),
        ("base64 in a text", { Array(base64("user=ada\npassword=\($0)\nhost=db.acme.example\n").utf8) }),
        (
            "base64 in bytes",
            { Array((Data([0, 0xff, 1, 2]) + Data($0.utf8) + Data([0, 3, 0xfe])).base64EncodedString().utf8) }
        ),
        ("base64url", { Array(urlSafe(base64($0 + "~~~???>>>")).utf8) }),
        ("base64, wrapped", { Array(wrapped(base64(filler + $0 + " " + filler)).utf8) }),
        ("base64 twice", { Array(base64(base64($0)).utf8) }),
        ("base64 three times, in a text", { Array(base64(base64(base64("name: " + $0))).utf8) }),
        (
            "base64 of UTF-16",
            { Array(Data($0.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }).base64EncodedString().utf8) }
        ),
        ("hex", { Array(hex($0).utf8) }),
        ("hex in capitals", { Array(hex($0).uppercased().utf8) }),
        ("hex of base64", { Array(hex(base64($0)).utf8) }),
        ("base64 of hex", { Array(base64(hex($0)).utf8) }),
        ("percent, where needed", { Array($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!.utf8) }),
        ("percent, all", { Array($0.utf8.map { String(format: "%%%02x", $0) }.joined().utf8) }),
        ("JSON", { try! Array(JSONEncoder().encode(["a": $0])) }),
        (
            "JSON in JSON",
            {
                try! Array(
                    JSONEncoder().encode(["a": String(decoding: JSONEncoder().encode(["b": $0]), as: UTF8.self)]))
            }
        ),
        (
            "\\u, all",
            {
                Array(
                    $0.unicodeScalars.map { $0.isASCII ? String(format: "\\u%04x", $0.value) : String($0) }.joined()
                        .utf8)
            }
        ),
        (
            "\\x, all",
            {
                Array(
                    $0.unicodeScalars.map { $0.isASCII ? String(format: "\\x%02X", $0.value) : String($0) }.joined()
                        .utf8)
            }
        ),
        (
            "\\u, one",
            {
                Array(
                    (String($0.prefix(2)) + String(format: "\\u%04x", $0.dropFirst(2).unicodeScalars.first!.value)
                        + $0.dropFirst(3)).utf8)
            }
        ),
        ("\\u, what is not ASCII", { Array($0.replacing("ö", with: "\\u00f6").replacing("\\c", with: "\\\\c").utf8) }),
        (
            "entities",
            {
                Array(
                    $0.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                        .replacing("\"", with: "&quot;").utf8)
            }
        ),
        (
            "entities, all",
            { Array($0.unicodeScalars.map { $0.isASCII ? "&#\($0.value);" : String($0) }.joined().utf8) }
        ),
        ("quoted-printable", { Array($0.replacing("=", with: "=3D").utf8) }),
        (
            "quoted-printable, cut",
            { Array((String($0.prefix(3)) + "=\n" + $0.dropFirst(3)).replacing("k=v", with: "k=3Dv").utf8) }
        ),
        ("UTF-16", { [0xff, 0xfe] + "key: \($0)\n".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] } }),
        (
            "in a binary",
            {
                Array(
                    (Data([0, 1, 2, 0xff, 0, 0]) + Data($0.utf8) + Data([0, 0, 3, 0xfe]))
                        + Data(repeating: 0, count: 64))
            }
        ),
        ("within a word", { Array("xx\($0)yy".utf8) }),
    ]

    private static let filler = String(repeating: "windsock looks for this text. ", count: 6)

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    private static func hex(_ text: String) -> String { text.utf8.map { String(format: "%02x", $0) }.joined() }
    private static func urlSafe(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
    private static func wrapped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 64).map { text.dropFirst($0).prefix(64) + "\n" }.joined()
    }

    @Test(arguments: encodings.indices, values) func aValueIsFoundInEachEncoding(encoding: Int, value: String) throws {
        let (name, encode) = Self.encodings[encoding]
        // What these would write is no such encoding any more.
        if name.hasPrefix("\\u, one"), value.contains("\\") || value.contains("\"") { return }
        let encoded = encode(value)
        let bytes =
            name.hasPrefix("UTF-16") || name == "in a binary"
            ? encoded : Array("a = '".utf8) + encoded + Array("'\nb\n".utf8)
        let result = try bytes.withUnsafeBytes { try scanner([value, "another-value"]).scan($0, path: "a.txt") }
        #expect(
            result.detections.map(\.secret.revealed) == [value], "\(name): \(String(decoding: bytes, as: UTF8.self))")
        #expect(result.skipped.isEmpty)
        for detection in result.detections {
            #expect(!detection.snippet.contains(value), "\(name): \(detection.snippet)")
            #expect(detection.confidence == (name == "within a word" ? .medium : .high), "\(name)")
        }
    }

    @Test(arguments: [
        #"key = "hunter2-" + "swordfish""#, "key = \"hunter2-\"\n    \"swordfish\"", "$k = 'hunter2-' . 'swordfish';",
    ]) func literalsThatAreJoinedAreOneValue(text: String) throws {
        #expect(try scanner(["hunter2-swordfish"]).scan(text).detections.count == 1)
        #expect(try scanner(["er2-sw"]).scan(text).detections.map(\.confidence) == [.medium])
    }

    @Test func nothingElseIsFound() throws {
        let text = "password = 'R7tq2LmZ9vXc4KbN8sWdYh3J'\nhunter hunte_r HUNTER2\n"
        #expect(try scanner(["hunter2"]).scan(text).detections.isEmpty)
    }

    /// What stands beside it is not shown either.
    @Test func whatRulesFindBesideItIsMasked() throws {
        let other = "R7tq2LmZ9vXc4KbN8sWdYh3J"
        let found = try scanner(["hunter2"]).scan("login('hunter2', password='\(other)')\n").detections
        #expect(found.count == 1 && !found[0].snippet.contains(other) && !found[0].snippet.contains("hunter2"))
    }

    @Test func onePlaceIsToldOnceAndEachPlaceIs() throws {
        let found = try scanner(["hunter2x"]).scan("a=hunter2x\nb=\"hunter2x\\n\"\nc=\(Self.base64("hunter2x"))\n")
            .detections
        #expect(found.map(\.region.startLine) == [1, 2, 3])
    }

    /// One may be a part of another.
    @Test func valuesWithinOthersAreFoundToo() throws {
        let found = try scanner(["s3cr3tpw", "postgres://u:s3cr3tpw@db"]).scan("url: postgres://u:s3cr3tpw@db\n")
            .detections
        #expect(Set(found.map(\.secret.revealed)) == ["s3cr3tpw", "postgres://u:s3cr3tpw@db"])
    }

    @Test func aValueThatStandsEverywhereIsCutAndThatIsSaid() throws {
        let text = String(repeating: "a = hunter2\n", count: 5000)
        let result = try scanner(["hunter2"]).scan(text)
        #expect(result.detections.count == GivenSearcher.maximumPlaces && result.skipped.count == 1)
    }

    // MARK: Fingerprints

    @Test(arguments: ["q7Rz2LmX9vTc4KbN8sWdYh3JpQ6uF1aE", "hunter2x", "winter-2024"])
    func aFingerprintIsEnough(value: String) throws {
        let generic = SecretIdentity(rule: GivenSecrets.rule, secret: Secret(bytes: Array(value.utf8))).fingerprint
        for text in [
            "word \(value) word", "PW=\(value)", "x: \(Self.base64("password=\(value)\nuser=ada-lovelace\n"))",
        ] {
            let scanner = try scanner([], fingerprints: [generic])
            #expect(scanner.scan(text).detections.map(\.secret.revealed) == [value], "\(text)")
        }
    }

    @Test func theFingerprintOfARuleIsEnoughToo() throws {
        let key = "q7Rz2LmX9vTc4KbN8sWdYh3JpQ6uF1aE"
        let own = Fingerprint(ruleID: "mistral-api-key", secret: Secret(bytes: Array(key.utf8)))
        let scanner = try scanner([], fingerprints: [own])
        #expect(scanner.scan("MISTRAL_API_KEY=\(key)\n").detections.count == 1)
    }

    // MARK: Large

    /// Thousands of values, and texts that make work.
    @Test(.timeLimit(.minutes(1))) func manyValuesInHostileTextsTakeLinearTime() throws {
        var generator = SeededGenerator(seed: 24)
        let values = (0..<5000).map { _ in generator.text(12, of: "abcdef0123456789") }
        let scanner = try scanner(values + ["aaaaaaaa", "\\\\\\\\\\\\"])
        for piece in [
            "a", "\\u0061", "\\", "%61", "&#97;", "\"a\" + \"a\"", "=\n", "YWFh", "616161", "\\\\u0061%41&amp;",
        ] {
            let text = String(repeating: piece, count: 400_000 / piece.utf8.count)
            _ = scanner.scan(text)
        }
    }
}
