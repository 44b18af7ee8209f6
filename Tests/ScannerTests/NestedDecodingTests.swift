import Findings
import Foundation
import TestSupport
import Testing

@testable import Scanner

/// What the scanner makes of encoded secrets.
struct NestedDecodingTests {
    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private func newKey(_ seed: UInt64) -> String {
        var generator = SeededGenerator(seed: seed)
        return generator.key()
    }

    private func detections(_ text: String) -> [Detection] {
        BlobScanner(engine: BuiltinEngine.shared).scan(text, path: "file.txt").detections
    }

    @Test func aSecretInBase64IsReportedAtTheEncodedRun() throws {
        let key = newKey(1)
        let encoded = base64("MISTRAL_API_KEY=\(key)\n")
        let found = detections("# é\ndata: \(encoded)\n")
        let detection = try #require(found.first)
        #expect(found.count == 1)
        #expect(detection.secret.revealed == key)
        #expect(detection.decoders == ["base64"])
        #expect(detection.region == .init(startLine: 2, startColumn: 7, endLine: 2, endColumn: 7 + encoded.utf16.count))
        #expect(!detection.snippet.contains(encoded.prefix(12)))
    }

    @Test func encodingsInsideOfEncodingsAreUndone() {
        let key = newKey(2)
        let twice = base64("config: \(base64("MISTRAL_API_KEY=\(key)"))")
        #expect(detections(twice).map(\.secret.revealed) == [key])
        #expect(detections(twice).map(\.decoders) == [["base64", "base64"]])
        let mixed = base64(#"{"env": "MISTRAL_API_KEY=\n\#(key)\n"}"#)
        #expect(detections(mixed).map(\.secret.revealed) == [key])
        #expect(detections(mixed).map(\.decoders) == [["base64", "escapes"]])
    }

    @Test func afterThreeDecodersItEnds() {
        let key = newKey(3)
        var text = "MISTRAL_API_KEY=\(key)"
        for depth in 1...5 {
            text = base64("some words to begin with: " + text)
            #expect(detections(text).count == (depth <= 3 ? 1 : 0), "depth \(depth)")
        }
    }

    @Test func whatStandsInClearIsReportedAsItStands() {
        let key = newKey(4)
        // Undoing the escapes beside it would find it a second time.
        let found = detections(#"{"a": "x\nabcdefghijklmnop", "mistral_api_key": "\#(key)"}"#)
        #expect(found.map(\.secret.revealed) == [key])
        #expect(found.map(\.decoders) == [[]])
    }

    @Test func aKeyThatAnEscapeTouchesIsFoundWithoutIt() throws {
        let key = newKey(5)
        let text = #"    "source": ["MISTRAL_API_KEY=\n\#(key)\n"]"#
        let detection = try #require(detections(text).first)
        #expect(detection.secret.revealed == key)
        let column = try #require(text.range(of: key)).lowerBound
        #expect(detection.region.startColumn == text.utf16.distance(from: text.startIndex, to: column) + 1)
    }

    @Test func aSecretInHexIsReportedAtTheRun() throws {
        let key = newKey(6)
        let hex = "MISTRAL_API_KEY=\(key)\n".utf8.map { String(Int($0) + 0x100, radix: 16).suffix(2) }.joined()
        let detection = try #require(detections("blob = 0x\(hex);\n").first)
        #expect(detection.secret.revealed == key)
        #expect(detection.decoders == ["hex"])
        #expect(detection.region == .init(startLine: 1, startColumn: 10, endLine: 1, endColumn: 10 + hex.count))
    }
}
