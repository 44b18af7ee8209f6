import Foundation
import TestSupport
import Testing

@testable import Scanner

struct DecoderTests {
    private typealias Decoder = (UnsafeRawBufferPointer, Int) -> DecodedText

    private func decode(_ decoder: Decoder, _ text: String, budget: Int = 1 << 20) -> DecodedText {
        text.withBytes { decoder($0, budget) }
    }

    /// `Base64Decoder` on its own runs.
    private func decodeBase64(_ text: UnsafeRawBufferPointer, _ budget: Int) -> DecodedText {
        Base64Decoder.decode(text, EncodedRuns(text).base64, budget: budget)
    }

    private func decodeHex(_ text: UnsafeRawBufferPointer, _ budget: Int) -> DecodedText {
        HexDecoder.decode(text, EncodedRuns(text).hex, budget: budget)
    }

    private func decodeEscapes(_ text: UnsafeRawBufferPointer, _ budget: Int) -> DecodedText {
        EscapeDecoder.decode(text, .usual, budget: budget)
    }

    private func decodePercent(_ text: UnsafeRawBufferPointer, _ budget: Int) -> DecodedText {
        PercentDecoder.decode(text, .usual, budget: budget)
    }

    /// What was decoded, without what sets it apart from what comes after.
    private func firstIsland(_ decoded: DecodedText) -> String {
        string(decoded).components(separatedBy: "\n-\n[-]\n")[0]
    }

    private func string(_ decoded: DecodedText) -> String { String(decoding: decoded.bytes, as: UTF8.self) }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    // MARK: base64

    @Test(arguments: 18...40) func base64IsUndoneWithAndWithoutPadding(length: Int) {
        var generator = SeededGenerator(seed: UInt64(length))
        let plain = generator.text(length, of: "abcXYZ019=:;-_ \n")
        let encoded = base64(plain)
        for text in [encoded, String(encoded.prefix { $0 != "=" })] {
            let decoded = decode(decodeBase64, "a: \(text)\nb: 1")
            #expect(decoded.hasDecoded)
            #expect(string(decoded) == "a: \(plain)", "\(text)")
        }
    }

    @Test func theURLAlphabetIsUndoneToo() {
        let plain = "??>>~~?>?>?>~~??>>~~?>"
        let encoded = base64(plain)
        #expect(encoded.contains("/") && encoded.contains("+"))
        let url = encoded.replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "+", with: "-")
        #expect(string(decode(decodeBase64, url)).hasPrefix(plain))
    }

    @Test(arguments: [
        "", "short", "d2hhdCBpcyBzaG9ydA==", String(repeating: "deadbeef", count: 8),
        "com/example/project/identifiers/and/paths",
        String(repeating: "A", count: 400), "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ",
    ])
    func whatGivesNoTextIsLeftAlone(text: String) { #expect(!decode(decodeBase64, text).hasDecoded) }

    @Test func manyRunsAreEachUndone() {
        let plains = (0..<40).map { "MISTRAL_VALUE_NUMBER=\($0)" }
        let text = plains.map { "k: \(base64($0))\n" + String(repeating: "filler ", count: 200) + "\n" }.joined()
        let decoded = decode(decodeBase64, text)
        for plain in plains { #expect(string(decoded).contains(plain)) }
        // Only the surroundings of each run are copied.
        #expect(decoded.bytes.count < text.utf8.count)
    }

    // MARK: Hex

    private func hex(_ text: String) -> String {
        text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test(arguments: [20, 21, 33, 64]) func hexOfEitherCaseIsUndone(length: Int) {
        var generator = SeededGenerator(seed: UInt64(length))
        let plain = generator.text(length, of: "abcXYZ019=:;-_ \n")
        for text in [hex(plain), hex(plain).uppercased(), hex(plain) + "7"] {
            #expect(string(decode(decodeHex, "x = 0x\(text);\n")).hasPrefix("x = 0x\(plain);"), "\(text)")
        }
    }

    @Test func digestsAreNotText() {
        var generator = SeededGenerator(seed: 40)
        let digests = (0..<5000).map { _ in generator.text(64, of: "0123456789abcdef") }
        let text = digests.joined(separator: "\n")
        #expect(!decode(decodeHex, text).hasDecoded)
        // Few get past the first look.
        #expect(text.withBytes { EncodedRuns($0).hex.count } < digests.count / 100)
    }

    @Test(arguments: ["", "48656c6c6f", String(repeating: "7a", count: 19), String(repeating: "00", count: 40)])
    func shortRunsAndBytesAreLeftAlone(text: String) { #expect(!decode(decodeHex, text).hasDecoded) }

    // MARK: Escapes

    @Test(arguments: [
        (#"x\nabcdefghijkl"#, "x\nabcdefghijkl"), (#"\"abcdefghijkl\""#, "\"abcdefghijkl\""),
        (#"\tabcdefghijkl"#, "\tabcdefghijkl"),
        (#"\u0022abcdefghijkl"#, "\"abcdefghijkl"), (#"\u003Dabcdefghijkl"#, "=abcdefghijkl"),
        (#"\x27abcdefghijkl"#, "'abcdefghijkl"),
        (#"https:\/\/api"#, "https://api"), (#"\\abcdefghijkl"#, #"\abcdefghijkl"#),
        (#"\rabcdefghijkl"#, "\nabcdefghijkl"),
        (#"\nabcdefghijkl\u00e9\q"#, "\nabcdefghijkl\\u00e9\\q"),
    ])
    func backslashEscapesAreUndone(text: String, plain: String) {
        let decoded = decode(decodeEscapes, text)
        #expect(decoded.decoders == ["escapes"])
        #expect(firstIsland(decoded).trimmingCharacters(in: .newlines) == plain.trimmingCharacters(in: .newlines))
    }

    @Test(arguments: [
        "", #"\"#, #"\n"#, #"a\nshort"#, #"\u00"#, #"\u00zz0022abcdefghij"#, #"\uffffabcdefghijkl"#, #"C:\dir\new"#,
        "none",
    ])
    func escapesThatHideNoValueAreLeftAlone(text: String) { #expect(!decode(decodeEscapes, text).hasDecoded) }

    @Test(arguments: [
        ("key%3Dabcdefghijkl", "key=abcdefghijkl"), ("%22abcdefghijkl%22", "\"abcdefghijkl\""),
        ("http%3A%2F%2Fx", "http://x"),
        ("a%3dabcdefghijkl%zz", "a=abcdefghijkl%zz"),
    ])
    func percentEncodingIsUndone(text: String, plain: String) {
        let decoded = decode(decodePercent, text)
        #expect(decoded.decoders == ["percent"])
        #expect(firstIsland(decoded) == plain)
    }

    @Test(arguments: ["", "%", "%4", "100% of it", "%3Dshort", "%e9abcdefghijkl", "%zzabcdefghijkl"])
    func percentSignsThatHideNoValueAreLeftAlone(text: String) {
        #expect(!decode(decodePercent, text).hasDecoded)
    }

    // MARK: What they share

    @Test func everyCopiedByteKnowsWhereItCameFrom() {
        var generator = SeededGenerator(seed: 21)
        let text = (0..<30).map { _ in
            "n=\(generator.text(5, of: "abc"))\\n\(generator.key())\\n"
                + "%3D\(generator.key()) " + base64("MISTRAL_API_KEY=\(generator.key())") + "\n"
                + hex("MISTRAL_API_KEY=\(generator.key())") + "\n"
        }.joined()
        for decoder in [decodeBase64, decodeHex, decodeEscapes, decodePercent] {
            let decoded = decode(decoder, text)
            #expect(decoded.hasDecoded)
            for index in decoded.bytes.indices where !decoded.isDecoded(index..<index + 1) {
                let original = decoded.original(of: index..<index + 1)
                // Line feeds that part islands come from nowhere.
                guard original.count == 1 else { continue }
                #expect(Array(text.utf8)[original.lowerBound] == decoded.bytes[index])
            }
        }
    }

    @Test func whatWasDecodedStandsForTheWholeRun() throws {
        let encoded = base64("MISTRAL_API_KEY=abcdefgh")
        let decoded = decode(decodeBase64, "data: \(encoded)\nnext: 1\n")
        let start = try #require(string(decoded).utf8.firstIndex(of: UInt8(ascii: "M")))
        let offset = string(decoded).utf8.distance(from: string(decoded).utf8.startIndex, to: start)
        #expect(decoded.isDecoded(offset + 16..<offset + 24))
        #expect(decoded.original(of: offset + 16..<offset + 24) == 6..<6 + encoded.utf8.count)
        #expect(!decoded.isDecoded(0..<6))
        #expect(decoded.original(of: 0..<4) == 0..<4)
        // Copied and decoded bytes together: from the first copied one to the end of the run.
        #expect(decoded.original(of: 2..<offset + 3) == 2..<6 + encoded.utf8.count)
    }

    @Test(arguments: [0, 1, 100, 5000]) func theBudgetBoundsWhatIsWritten(budget: Int) {
        let one = #"\nabcdefghijklmnop "#
        let text = String(repeating: one + String(repeating: "x", count: 4000), count: 50)
        #expect(decode(decodeEscapes, text, budget: budget).bytes.count <= budget + 4096)
        let runs = String(repeating: base64("some text that is long enough") + "\n", count: 500)
        #expect(decode(decodeBase64, runs, budget: budget).bytes.count <= budget + 4096)
    }
}

extension EncodedRuns {
    /// Those of a whole text.
    init(_ text: UnsafeRawBufferPointer) {
        var tokens = TokenRuns()
        self.init(text, in: tokens.all(in: text)[...])
    }
}
