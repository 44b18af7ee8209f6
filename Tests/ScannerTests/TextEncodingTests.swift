import TestSupport
import Testing

@testable import Scanner

struct TextEncodingTests {
    private func encoding(_ bytes: [UInt8]) -> TextEncoding { bytes.withUnsafeBytes { TextEncoding($0) } }

    private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xff))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    private let text = "MISTRAL_API_KEY=“x” 🔑\r\n"

    @Test func marksTellTheEncoding() {
        #expect(encoding([0xef, 0xbb, 0xbf, 0x61]) == .utf8(skipping: 3))
        #expect(encoding([0xff, 0xfe] + Self.utf16(text, bigEndian: false)) == .utf16(bigEndian: false, skipping: 2))
        #expect(encoding([0xfe, 0xff] + Self.utf16(text, bigEndian: true)) == .utf16(bigEndian: true, skipping: 2))
        #expect(encoding([0xff, 0xfe]) == .utf16(bigEndian: false, skipping: 2))
    }

    @Test(arguments: [false, true]) func utf16IsKnownWithoutAMark(bigEndian: Bool) {
        let plain = String(repeating: "key = value\n", count: 2000)
        for text in [text, plain, "a=\"ключ\" b=c\n"] {
            #expect(encoding(Self.utf16(text, bigEndian: bigEndian)) == .utf16(bigEndian: bigEndian, skipping: 0))
        }
    }

    @Test(
        arguments: [
            [], Array("plain".utf8), Array("é€🔑".utf8), [0xff, 0xfd, 0x61], [0xc3, 0x28], [0x80], [0xef, 0xbb],
        ] as [[UInt8]])
    func whatHoldsNoNULIsText(bytes: [UInt8]) { #expect(encoding(bytes) == .utf8(skipping: 0)) }

    @Test func whatHoldsNULsAnywhereIsBinary() {
        #expect(encoding(Array("\u{7f}ELF\u{2}\u{1}\u{1}\u{0}\u{0}\u{0}abcdefgh".utf8)) == .binary)
        #expect(encoding(Array("PK\u{3}\u{4}some text, then\u{0}".utf8)) == .binary)
        #expect(encoding([0x61, 0, 0, 0, 0x62, 0, 0, 0x63]) == .binary, "no UTF-32: a code point is too high")
        #expect(encoding([UInt8](repeating: 0, count: 4096)) == .binary)
        #expect(encoding([0x61, 0, 0x62]) == .binary, "an odd number of bytes is no UTF-16")
    }

    @Test func fourBytesACharacterAreUTF32() {
        #expect(encoding([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]) == .utf32(bigEndian: false, skipping: 4))
        #expect(encoding([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]) == .utf32(bigEndian: true, skipping: 4))
        #expect(encoding([0x61, 0, 0, 0, 0x62, 0, 0, 0]) == .utf32(bigEndian: false, skipping: 0))
        #expect(encoding([0, 0, 0, 0x61, 0, 0, 0, 0x62]) == .utf32(bigEndian: true, skipping: 0))
    }

    @Test func onlyTheBeginningIsJudged() {
        #expect(encoding([UInt8](repeating: 0x61, count: 8191) + [0]) == .binary)
        #expect(encoding([UInt8](repeating: 0x61, count: 8192) + [0]) == .utf8(skipping: 0))
    }

    @Test(arguments: [false, true]) func utf16BecomesUTF8(bigEndian: Bool) {
        var result = Array("left over".utf8)
        Self.utf16(text, bigEndian: bigEndian).withUnsafeBytes {
            TextEncoding.utf8(fromUTF16: $0, bigEndian: bigEndian, into: &result)
        }
        #expect(result == Array(text.utf8))
    }

    @Test func halfCharactersAreRepaired() {
        var result: [UInt8] = []
        let bytes: [UInt8] = [0x61, 0x00, 0x3d, 0xd8, 0x62, 0x00, 0x63]
        bytes.withUnsafeBytes {
            TextEncoding.utf8(fromUTF16: $0, bigEndian: false, into: &result)
        }
        #expect(String(decoding: result, as: UTF8.self) == "a\u{fffd}b")
    }

    @Test(arguments: [([0xff, 0xfe], false), ([0xfe, 0xff], true), ([], false), ([], true)] as [([UInt8], Bool)])
    func aKeyInUTF16IsFoundAtItsColumn(mark: [UInt8], bigEndian: Bool) throws {
        var generator = SeededGenerator(seed: 9)
        let key = generator.key()
        let bytes = mark + Self.utf16("# \u{e9} 🔑\r\nMISTRAL_API_KEY=\(key)\r\n", bigEndian: bigEndian)
        let result = bytes.withUnsafeBytes { BlobScanner(engine: BuiltinEngine.shared).scan($0, path: ".env") }
        let detection = try #require(result.detections.first)
        #expect(detection.secret.revealed == key)
        #expect(detection.region == .init(startLine: 2, startColumn: 17, endLine: 2, endColumn: 49))
        #expect(detection.snippet == "MISTRAL_API_KEY=\(detection.secret.redacted)")
    }

    @Test func aMarkOfUTF8TakesNoColumn() throws {
        var generator = SeededGenerator(seed: 10)
        let bytes = [0xef, 0xbb, 0xbf] + Array("MISTRAL_API_KEY=\(generator.key())".utf8)
        let result = bytes.withUnsafeBytes { BlobScanner(engine: BuiltinEngine.shared).scan($0, path: ".env") }
        #expect(result.detections.map(\.region.startColumn) == [17])
    }
}
