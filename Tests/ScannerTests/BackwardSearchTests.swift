import Bytes
import TestSupport
import Testing

@testable import Scanner

/// What is found sixteen bytes at a time is what looking at each byte finds.
struct BackwardSearchTests {
    @Test func linesBeginBehindTheLastLineFeed() {
        var generator = SeededGenerator(seed: 15)
        for _ in 0..<2000 {
            let text = generator.bytes(Int.random(in: 1...120, using: &generator), of: "abcdefghijklmnop\n\u{0b}*")
            let offset = Int.random(in: 0...text.count, using: &generator)
            let reach = Int.random(in: 0...150, using: &generator)
            var expected = offset
            while expected > max(0, offset - reach), text[expected - 1] != 0x0a { expected -= 1 }
            #expect(text.withUnsafeBytes { $0.lineStart(of: offset, reach: reach) } == expected)
            let start = text[..<offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
            #expect(text.withUnsafeBytes { $0.lineStart(of: offset) } == start)
        }
    }

    /// Where brackets open that are not closed before an offset, the last one first.
    private func unclosed(_ text: [UInt8], before offset: Int, limit: Int) -> [Int] {
        var open: [Int] = []
        for index in 0..<offset {
            if "{[(".utf8.contains(text[index]) { open.append(index) }
            if "}])".utf8.contains(text[index]), !open.isEmpty { open.removeLast() }
        }
        return open.reversed().prefix(limit).map { $0 }
    }

    /// `;` and `Z` differ from brackets in one bit, and so do `*`, `K` and `k`.
    @Test(arguments: ["{}[]()", "abcdefgh;Z*Kk}{", "abcdefghijklmnopqrstuvw]}){", "ab)]}"])
    func bracketsAreUnclosedWhereCountingSaysSo(alphabet: String) {
        var generator = SeededGenerator(seed: 16)
        var found = 0
        for _ in 0..<2000 {
            let text = generator.bytes(Int.random(in: 1...200, using: &generator), of: alphabet)
            let offset = Int.random(in: 0...text.count, using: &generator)
            let expected = unclosed(text, before: offset, limit: 8)
            let keys = text.withUnsafeBytes { EnclosingLines.keysOnLine(before: offset, in: $0) }
            #expect(keys.map(\.upperBound) == expected)
            found += expected.count
        }
        #expect(alphabet.contains("{") == (found > 500))
    }
}
