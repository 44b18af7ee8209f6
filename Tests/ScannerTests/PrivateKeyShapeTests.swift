import Bytes
import Findings
import Foundation
import TestSupport
import Testing

@testable import Scanner

/// One private key in every shape that people give it: found once, always the same, and nothing of it shown.
struct PrivateKeyShapeTests {
    struct Shape: CustomTestStringConvertible, Sendable {
        let name: String
        let write: @Sendable ([String]) -> String
        var testDescription: String { name }

        init(_ name: String, _ write: @escaping @Sendable ([String]) -> String) {
            (self.name, self.write) = (name, write)
        }
    }

    // MARK: Keys

    /// A key made up for these tests, with the structure of a real one.
    struct Key: CustomTestStringConvertible, Sendable {
        let rule: String
        let label: String
        let body: [UInt8]
        var testDescription: String { "\(label), \(body.count) bytes" }

        var lines: [String] { ["-----BEGIN \(label)-----"] + bodyLines + ["-----END \(label)-----"] }
        var bodyLines: [String] {
            WrittenKey.wrapped(body).split(separator: .lineFeed).map { String(decoding: $0, as: UTF8.self) }
        }
        var letters: String { bodyLines.joined() }
    }

    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            count < 0x80
            ? [UInt8(count)] : count < 0x100 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 255)]
        return [tag] + length + content
    }

    private static func noise(_ count: Int, _ seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        // The highest bit is no sign of a number.
        return [0x41] + (1..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static func string(_ bytes: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(bytes.count >> (24 - 8 * $0) & 255) } + bytes
    }

    private static let rsa: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00]
    private static let ed25519: [UInt8] = [0x06, 0x03, 0x2b, 0x65, 0x70]
    private static let p256: [UInt8] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
    private static let version = der(0x02, [0])

    static let keys: [Key] = {
        let numbers = [256, 128, 128, 128, 128, 128].enumerated().flatMap { place, count in
            der(0x02, noise(count, UInt64(place)))
        }
        // The modulus has its highest bit set, and so a zero before it.
        let pkcs1 = der(0x30, version + der(0x02, [0] + noise(256, 50)) + der(0x02, [1, 0, 1]) + numbers)
        let pkcs8 = der(0x30, version + der(0x30, rsa) + der(0x04, pkcs1))
        let small = der(0x30, version + der(0x30, ed25519) + der(0x04, der(0x04, noise(32, 40))))
        let sec1 = der(
            0x30,
            der(0x02, [1]) + der(0x04, noise(32, 41)) + der(0xa0, p256) + der(0xa1, der(0x03, [0] + noise(65, 42))))
        let scheme: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]
        let encrypted = der(0x30, der(0x30, scheme + der(0x30, noise(63, 43))) + der(0x04, noise(1232, 44)))
        let ssh = { (cipher: String, derivation: String) in
            Array("openssh-key-v1\0".utf8) + string(Array(cipher.utf8)) + string(Array(derivation.utf8)) + string([])
                + [0, 0, 0, 1] + string(noise(51, 45)) + string(noise(136, 46))
        }
        return [
            Key(rule: "private-key-pem", label: "PRIVATE KEY", body: pkcs8),
            Key(rule: "private-key-pem", label: "PRIVATE KEY", body: small),
            Key(rule: "private-key-rsa", label: "RSA PRIVATE KEY", body: pkcs1),
            Key(rule: "private-key-ec", label: "EC PRIVATE KEY", body: sec1),
            Key(rule: "private-key-openssh", label: "OPENSSH PRIVATE KEY", body: ssh("none", "none")),
            Key(rule: "private-key-encrypted", label: "OPENSSH PRIVATE KEY", body: ssh("aes256-ctr", "bcrypt")),
            Key(rule: "private-key-encrypted", label: "ENCRYPTED PRIVATE KEY", body: encrypted),
            Key(
                rule: "private-key-pgp", label: "PGP PRIVATE KEY BLOCK",
                body: [0x95, 0x03, 0x98] + noise(920, 47) + [0xb4, 0x0a] + noise(10, 48)),
        ]
    }()

    // MARK: Shapes

    private static func joined(_ name: String, by separator: String) -> Shape {
        Shape(name) { "KEY=\"" + $0.joined(separator: separator) + "\"\nNEXT=1\n" }
    }

    private static func prefixed(by prefix: String) -> Shape {
        Shape("lines behind \(prefix)") { $0.map { prefix + $0 + "\n" }.joined() }
    }

    private static func literals(_ name: String, joinedBy sign: String, end: String = #"\n"#) -> Shape {
        Shape(name) { "k = " + $0.map { "\"\($0)\(end)\"" }.joined(separator: sign) + ";\n" }
    }

    static let shapes: [Shape] =
        [
            joined("lines", by: "\n"), joined("CRLF", by: "\r\n"), joined("one line", by: ""),
            joined("spaces", by: " "),
            joined("empty lines between", by: "\n\n"), joined("continued lines", by: "\\n\\\n  "),
            Shape("YAML, folded") { "key: >-\n" + $0.map { "  \($0)\n" }.joined(separator: "\n") },
            Shape("Terraform") { "key = <<-EOT\n" + $0.map { "    \($0)\n" }.joined() + "EOT\n" },
            Shape("JSON array") { "{\"key\": [\"" + $0.joined(separator: "\", \"") + "\"]}" },
            Shape("YAML list") { "key:\n" + $0.map { "  - '\($0)'\n" }.joined() },
            Shape("form") {
                "a=b&key="
                    + $0.joined(separator: "%0A").replacingOccurrences(of: "+", with: "%2B")
                    .replacingOccurrences(of: " ", with: "+") + "&c=d"
            },
            Shape("XML attribute") {
                "<a k=\"" + $0.joined(separator: "&#xA;").replacingOccurrences(of: "+", with: "&#43;") + "\"/>"
            },
            Shape("base64") { "tls.key: " + Data(($0.joined(separator: "\n") + "\n").utf8).base64EncodedString() },
            Shape("HTML") { $0.map { "<p>\($0)</p>\n" }.joined() },
            Shape("printed line by line") { $0.map { "echo \"\($0)\" >> key\n" }.joined() },
            Shape("log") { lines in
                lines.enumerated().map { "2026-01-02T10:11:\(10 + $0 % 50)Z INFO \($1)\n" }.joined()
            },
            Shape("numbered") { lines in lines.enumerated().map { "conf/key.pem:\($0 + 1):\($1)\n" }.joined() },
            literals("Java", joinedBy: " +\n    "), literals("PHP", joinedBy: "\n  . "),
            literals("Lua", joinedBy: " .. "),
            literals("C", joinedBy: "\n  "), literals("C++", joinedBy: "\n  << "),
            literals("Visual Basic", joinedBy: " & vbCrLf & _\n  ", end: ""),
        ]
        + [
            #"\n"#, #"\\n"#, #"\r\n"#, #"\x0a"#, #"\u000a"#, #"\012"#, "%0A", "%0D%0A", "&#10;", "&#xA;", "<br>",
            "<br/>", "`n",
        ]
        .map { joined("line ends as \($0)", by: $0) }
        + ["# ", "// ", "> ", "REM ", "-- ", "; ", " * ", "+", "app-1  | ", "\t", "' "].map(prefixed)

    private static let scanner = BuiltinEngine.shared

    private func detections(_ text: String) -> [Detection] {
        BlobScanner(engine: Self.scanner).scan(text, path: "notes.txt").detections
    }

    @Test(arguments: keys, shapes)
    func aKeyIsOneFindingInEveryShape(key: Key, shape: Shape) throws {
        let plain = try #require(detections(key.lines.joined(separator: "\n") + "\n").first)
        let text = shape.write(key.lines)
        let found = detections(text)
        #expect(found.count == 1, "\(text.prefix(400))")
        for detection in found {
            #expect(Self.scanner.rules[detection.ruleIndex].id == key.rule)
            #expect(detection.secret == plain.secret)
            #expect(detection.confidence == .high)
            let letters = Array(key.letters)
            let pieces = stride(from: 0, to: letters.count - 8, by: 4).map { String(letters[$0..<$0 + 8]) }
            let shown = detection.snippet + "\n" + detection.secret.redacted
            #expect(!pieces.contains { shown.contains($0) })
        }
    }

    @Test(arguments: keys.filter { $0.rule != "private-key-pgp" })
    func aBodyWithoutArmourIsTheSameKey(key: Key) throws {
        let plain = try #require(detections(key.lines.joined(separator: "\n")).first)
        for text in ["merchant_private_key: \(key.letters)\nname: x", "{\"key\":\"\(key.letters)\"}"] {
            let found = detections(text)
            #expect(found.map(\.secret) == [plain.secret])
        }
    }

    @Test(arguments: keys) func aHeaderOfItsOwnIsNoPartOfAKey(key: Key) throws {
        let plain = try #require(detections(key.lines.joined(separator: "\n")).first)
        let text = ([key.lines[0], "Comment: deploy key of the shop", ""] + key.lines.dropFirst()).joined(
            separator: "\n")
        #expect(detections(text).map(\.secret) == [plain.secret])
    }

    @Test func whatIsEncryptedIsToldByItsBody() {
        let key = Self.keys.first { $0.label == "ENCRYPTED PRIVATE KEY" }
        let text = key.map { "-----BEGIN PRIVATE KEY-----\n\($0.letters)\n-----END PRIVATE KEY-----" } ?? ""
        #expect(detections(text).map { Self.scanner.rules[$0.ruleIndex].id } == ["private-key-encrypted"])
    }

    @Test(arguments: [
        "", "...", "…", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "<your key>", "<snip>",
        "${KEY}", "{{ key }}", "YOUR_PRIVATE_KEY_CONTENTS", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC...", "[redacted]",
        "\" + wrapLongLinesOfBase64(privateKeyBytesEncodedAsBase64Representation) + \"",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n[... 24 lines ...]\nq9Rm",
    ])
    func aBodyThatIsNoKeyIsSilent(body: String) {
        for label in [
            "PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "EC PRIVATE KEY", "PGP PRIVATE KEY BLOCK",
        ] {
            let text = "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
            #expect(detections(text).isEmpty, "\(text)")
        }
    }

    @Test func publicHalvesAreSilent() {
        let info = Self.der(0x30, Self.der(0x30, Self.rsa) + Self.der(0x03, [0] + Self.noise(270, 60)))
        let certificate = Self.der(0x30, Self.der(0x30, Self.noise(300, 61)) + Self.der(0x30, Self.rsa))
        for (label, body) in [
            ("PUBLIC KEY", info), ("CERTIFICATE", certificate), ("PRIVATE KEY", info), ("RSA PUBLIC KEY", info),
        ] {
            #expect(detections(Key(rule: "", label: label, body: body).lines.joined(separator: "\n")).isEmpty)
        }
    }

    @Test func aMentionBeforeAKeyHidesNothing() {
        let key = Self.keys[0].lines.joined(separator: "\n")
        let text = "if text.contains(\"-----BEGIN PRIVATE KEY-----\") { return }\n\n\(key)\n"
        #expect(detections(text).count == 1)
    }
}
