import Findings
import Foundation
import TestSupport
import Testing

@testable import Scanner

/// gzip files, and gzip in base64; made by the real `gzip`.
struct GzipTests {
    private let key: String
    private let scanner: BlobScanner

    init() {
        var generator = SeededGenerator(seed: 77)
        key = generator.key()
        scanner = BlobScanner(engine: BuiltinEngine.shared)
    }

    private func compressed(_ content: [UInt8]) -> [UInt8] {
        let folder = TemporaryDirectory()
        folder.write(Array("content".utf8), content)
        let outcome = Command.run(["gzip", "-n", "content"], in: folder.path)
        precondition(outcome.status == 0, outcome.errors)
        return folder.read("content.gz")
    }

    private func compressed(_ content: String) -> [UInt8] { compressed(Array(content.utf8)) }

    private func scan(_ bytes: [UInt8], path: String? = "a.gz", _ scanner: BlobScanner? = nil) -> BlobResult {
        bytes.withUnsafeBytes { (scanner ?? self.scanner).scan($0, path: path) }
    }

    private var secretText: String { "# settings\n\nMISTRAL_API_KEY=\(key)\n" }

    // MARK: Files

    @Test func theContentOfAGzipFileIsScanned() throws {
        let detection = try #require(scan(compressed(secretText), path: "backup/.env.gz").detections.first)
        #expect(detection.secret.revealed == key)
        #expect(detection.decoders == ["gzip"])
        #expect(detection.region == .init(startLine: 1, startColumn: 1, endLine: 1, endColumn: 2))
        #expect(detection.snippet == "MISTRAL_API_KEY=\(detection.secret.redacted)")
        // Of the content's line: what is compressed anew has the same.
        let plain = Array(secretText.utf8).withUnsafeBytes { scanner.scan($0, path: "backup/.env") }
        #expect(detection.lineHash == plain.detections.first?.lineHash && !detection.lineHash.isEmpty)
    }

    @Test func whatIsEncodedInsideIsUndoneToo() {
        let text = "data: \(Data(secretText.utf8).base64EncodedString())\n"
        #expect(scan(compressed(text)).detections.map(\.decoders) == [["gzip", "base64"]])
    }

    @Test func membersInARowAreOneText() {
        let half = key.count / 2
        let bytes = compressed("MISTRAL_API_KEY=\(key.prefix(half))") + compressed("\(key.dropFirst(half))\n")
        #expect(scan(bytes).detections.map(\.secret.revealed) == [key])
    }

    @Test func contentInUTF16IsRead() {
        let units = secretText.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        #expect(scan(compressed([0xff, 0xfe] + units)).detections.map(\.secret.revealed) == [key])
    }

    @Test func binaryContentIsBinary() {
        let archive = Array("name.txt".utf8) + [UInt8](repeating: 0, count: 504) + Array(secretText.utf8)
        for bytes in [compressed(archive), compressed(compressed(secretText)), compressed("")] {
            #expect(scan(bytes).isBinary)
            #expect(bytes.withUnsafeBytes { BlobScanner.isBinary($0) })
        }
        let text = compressed(secretText)
        #expect(text.withUnsafeBytes { !BlobScanner.isBinary($0) })
    }

    @Test func whatIsNoGzipAfterAllIsBinary() {
        #expect(scan([0x1f, 0x8b]).detections.isEmpty)
        #expect(scan([0x1f, 0x8b, 8, 0] + [UInt8](repeating: 0xff, count: 40)).isBinary)
        #expect(scan([0x1f, 0x8b, 8, 0xe0] + [UInt8](repeating: 0, count: 40)).isBinary)
    }

    @Test func ofADamagedFileWhatComesOutIsScanned() {
        var generator = SeededGenerator(seed: 5)
        let tail = (0..<4000).map { _ in generator.text(20, of: "abcdefgh ") }.joined(separator: "\n")
        let bytes = compressed(secretText + tail)
        #expect(scan(Array(bytes.dropLast(bytes.count / 3))).detections.map(\.secret.revealed) == [key])
        var damaged = bytes
        for index in bytes.count - 200..<bytes.count { damaged[index] = 0xff }
        #expect(scan(damaged).detections.map(\.secret.revealed) == [key])
    }

    @Test func damageNeverEndsTheProgram() {
        let bytes = compressed(secretText + String(repeating: "some more text\n", count: 50))
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<300 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                damaged[Int.random(in: 3..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            let count = Int.random(in: 3...bytes.count, using: &generator)
            #expect(scan(Array(damaged.prefix(count))).detections.count <= 1)
        }
    }

    @Test func aBombIsCutAndSaid() {
        var options = BlobScanner.Options()
        options.maximumInflatedSize = 1 << 20
        let limited = BlobScanner(engine: BuiltinEngine.shared, options: options)
        let zeros = String(repeating: "0 ", count: 4 << 20)
        let bytes = compressed(secretText + zeros)
        #expect(bytes.count < 1 << 15)
        let result = scan(bytes, limited)
        #expect(result.detections.map(\.secret.revealed) == [key])
        #expect(result.unread == "holds more than 1048576 bytes, and only these were scanned")
        #expect(scan(compressed(secretText), limited).unread == nil)
    }

    // MARK: In a text

    @Test func aReleaseOfHelmIsUndone() throws {
        // secrets/sh.helm.release.v1.*: base64 of Kubernetes around base64 of Helm around gzip of JSON.
        let release = #"{"name":"app","config":{"mistral":{"apiKey":"\#(key)"}},"manifest":"---\n# Source"}"#
        let inner = Data(compressed(release)).base64EncodedString()
        let secret = "apiVersion: v1\nkind: Secret\ndata:\n  release: \(Data(inner.utf8).base64EncodedString())\n"
        let detection = try #require(scanner.scan(secret, path: "release.yaml").detections.first)
        #expect(detection.secret.revealed == key)
        #expect(detection.decoders == ["base64", "base64", "gzip"])
        #expect(detection.region.startLine == 4)
        #expect(detection.region.startColumn == 12)
    }

    /// Sessions in cookies, diagrams, stored results of tasks.
    @Test(arguments: [1, 3, 6, 9]) func zlibIsUndone(level: Int) throws {
        let content = String(repeating: "log in as the operator\n", count: 9) + secretText
        let program =
            "import base64, sys, zlib; print(base64.b64encode(zlib.compress(sys.argv[1].encode(), \(level))).decode())"
        let outcome = Command.run(["python3", "-c", program, content], in: "/")
        let text = "state = '\(outcome.output.filter { !$0.isNewline })'\n"
        let detection = try #require(scan(Array(text.utf8), path: "a.py").detections.first)
        #expect(detection.secret.revealed == key)
        #expect(detection.decoders == ["base64", "zlib"])
    }

    /// One in a thousand digests begins with the two bytes of zlib. A text with what is compressed is read whole in each of its
    /// versions, which an index of packages with its thousands of digests must not be.
    @Test func digestsAreNotCompressed() {
        var generator = SeededGenerator(seed: 78)
        let digests = (0..<2000).map { number in
            "  digest: e1\(4 + number % 4)\(generator.text(61, of: "0123456789abcdef"))\n"
        }
        let identifiers = (0..<2000).map { number in
            "eJ\(["w", "x", "y", "z"][number % 4])\(generator.text(57, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))\n"
        }
        for lines in [digests, identifiers] {
            for text in lines.map({ Array($0.utf8) }) {
                #expect(
                    text.withUnsafeBytes { EncodedRuns($0).zlib.isEmpty }, "\(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test func linesOfBase64AreOneFile() throws {
        var generator = SeededGenerator(seed: 9)
        let noise = (0..<200).map { _ in generator.text(30, of: "abcdefghijklmnopqrstuvwxyz ") }.joined(separator: "\n")
        let encoded = Data(compressed(noise + "\n" + secretText)).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithLineFeed])
        let lines = encoded.split(separator: "\n").map { "      \($0)" }
        #expect(lines.count > 20)
        let text =
            "write_files:\n  - encoding: gz+b64\n    content: |\n\(lines.joined(separator: "\n"))\n    path: /etc/app\n"
        let detection = try #require(scanner.scan(text, path: "user-data").detections.first)
        #expect(detection.secret.revealed == key)
        #expect(detection.decoders == ["base64", "gzip"])
        #expect(detection.region.startLine == 4)
        #expect(detection.region.endLine == 3 + lines.count)
    }

    @Test func bombsInATextAreBoundedByItsBudget() {
        let bomb = Data(compressed(String(repeating: "0 ", count: 8 << 20))).base64EncodedString()
        let text = Array(String(repeating: "x: \(bomb)\n", count: 20).utf8)
        text.withUnsafeBytes { bytes in
            let runs = EncodedRuns(bytes)
            #expect(runs.gzip.count == 20)
            let decoded = Base64Decoder.decode(bytes, runs.gzip, compressedAs: .gzip, budget: 1 << 20)
            #expect(decoded.bytes.count <= 1 << 20 + 4096)
            #expect(decoded.hasDecoded)
        }
        #expect(scan(text, path: "a.yaml").detections.isEmpty)
    }
}
