import TestSupport
import Testing

@testable import Scanner

struct LineHashesTests {
    /// The hash of each line as facts/conventions.md describes it, without a rolling window: every line's hundred units
    /// are taken together and summed up.
    private func described(_ text: String) -> [Int: String] {
        var units: [UInt64] = []
        var lineStarts: [Int] = []
        var isLineStart = true
        let all = Array(text.utf16)
        for (index, unit) in all.enumerated() {
            if unit == 0x20 || unit == 0x09 || unit == 0x0a && index > 0 && all[index - 1] == 0x0d { continue }
            if isLineStart { lineStarts.append(units.count) }
            let folded = unit == 0x0d ? 0x0a : unit
            units.append(UInt64(folded))
            isLineStart = folded == 0x0a
        }
        if isLineStart { lineStarts.append(units.count) }
        units += [65535] + [UInt64](repeating: 0, count: 100)
        var counts: [UInt64: Int] = [:]
        var hashes: [Int: String] = [:]
        for (line, start) in lineStarts.enumerated() {
            let hash = units[start..<start + 100].reduce(UInt64(0)) { $0 &* 37 &+ $1 }
            counts[hash, default: 0] += 1
            hashes[line + 1] = String(hash, radix: 16) + ":\(counts[hash, default: 0])"
        }
        return hashes
    }

    private func computed(_ text: String, lines: Set<Int>) -> [Int: String] {
        text.withBytes { LineHashes.compute($0, lines: lines) }
    }

    @Test(arguments: [
        "", "\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb\r", "a\r\r\nb", "  \t\n x\ty \n", "same\nsame\nsame\n",
        "é🔑\n\u{fffd}\n",
        "\n\n\n\n", String(repeating: "x", count: 99) + "\ny", String(repeating: "x", count: 100) + "\ny",
        String(repeating: "x", count: 350) + "\r\n" + String(repeating: "y ", count: 100),
    ])
    func hashesAreAsDescribed(text: String) {
        let expected = described(text)
        #expect(computed(text, lines: Set(expected.keys)) == expected)
    }

    @Test func hashesOfRandomTextsAreAsDescribed() {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<60 {
            let text = generator.text(Int.random(in: 0...900, using: &generator), of: "aab  \t\n\n\r=🔑é")
            let expected = described(text)
            #expect(computed(text, lines: Set(expected.keys)) == expected)
        }
    }

    /// A password is not in the hash of its line, in no line whose hundred characters reach it, and neither is its length.
    @Test func whatIsHiddenIsNotHashed() {
        func hashes(_ marked: String) -> [Int: String] {
            let text = MarkedText(marked)
            return text.bytes.withUnsafeBytes {
                LineHashes.compute($0, lines: [1, 2, 3], hiding: [text.value, text.value])
            }
        }
        let expected = hashes("one\npassword = «Summer-2024!»\nthree\n")
        #expect(hashes("one\npassword = «x»\nthree\n") == expected)
        #expect(expected == computed("one\npassword = …\nthree\n", lines: [1, 2, 3]))
        #expect(hashes("one\npasswort = «Summer-2024!»\nthree\n") != expected)
        #expect(hashes("«x» = 1\n\n")[1] == computed("… = 1\n\n", lines: [1])[1])
        // Lines are counted within what is hidden.
        #expect(hashes("a=«b\nc»\nthree\n")[3] == computed("a=x\ny\nthree\n", lines: [3])[3])
    }

    @Test func onlyWantedLinesAreAnswered() {
        let text = "a\nb\na\n"
        #expect(Set(computed(text, lines: [3]).keys) == [3])
        // Counted are all lines, wanted or not.
        #expect(computed(text, lines: [3])[3]?.hasSuffix(":1") == true)
        #expect(computed("a\n\n", lines: [99]).isEmpty)
    }

    @Test func whiteSpaceAndLineEndsMakeNoDifference() {
        let lines: Set = [1, 2, 3]
        let plain = computed("if x:\n    y = 1\n", lines: lines)
        #expect(computed("if  x:\r\n\ty=1\r\n", lines: lines) == plain)
        #expect(computed("if x:\n    y = 2\n", lines: lines) != plain)
    }

    /// Same text, same place: as GitHub's own action computes it for a file of one short line.
    @Test func theFirstLineOfAShortFile() {
        let units = Array("x=1".utf16).map(UInt64.init) + [0x0a, 65535] + [UInt64](repeating: 0, count: 95)
        let hash = units.reduce(UInt64(0)) { $0 &* 37 &+ $1 }
        #expect(computed("x = 1\n", lines: [1]) == [1: String(hash, radix: 16) + ":1"])
    }
}
