import Testing

@testable import Screen

/// What a terminal sends becomes keys.
@Suite struct KeyReaderTests {
    @Test(
        arguments: [
            ("a", [.character("a")]), ("é漢", [.character("é"), .character("漢")]), ("\r", [.enter]), ("\n", [.enter]),
            ("\t", [.tab]), ("\u{7f}", [.backspace]), ("\u{8}", [.backspace]), ("\u{3}", [.control("c")]),
            ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]), ("\u{1b}[5~\u{1b}[6~", [.pageUp, .pageDown]),
            ("\u{1b}[1~\u{1b}[F", [.home, .end]), ("j\u{1b}[Ak", [.character("j"), .up, .character("k")]),
            // What nobody knows is left out, and none of it becomes a letter.
            ("\u{1b}[1;5A", []), ("\u{1b}[200~", []), ("\u{1b}x", []), ("\u{1b}[M", []), ("\u{0}", []),
            ("\u{1b}\u{1b}[A", [.escape, .up]),
        ] as [(String, [Key])])
    func keys(_ text: String, _ keys: [Key]) {
        var reader = KeyReader()
        #expect(reader.keys(in: Array(text.utf8)) == keys)
        #expect(!reader.isWaiting)
    }

    @Test(arguments: ["\u{1b}[A", "\u{1b}OA", "\u{1b}[5~", "漢", "😀"])
    func aKeyMayComeInPieces(_ text: String) {
        var whole = KeyReader()
        let expected = whole.keys(in: Array(text.utf8))
        var reader = KeyReader()
        #expect(text.utf8.flatMap { reader.keys(in: [$0]) } == expected && expected.count == 1)
    }

    @Test func anEscapeAloneIsOneAfterAWhile() {
        var reader = KeyReader()
        #expect(reader.keys(in: [0x1b]).isEmpty && reader.isWaiting)
        #expect(reader.keys(in: []) == [.escape] && !reader.isWaiting)
        // What was cut off is none.
        #expect(reader.keys(in: [0x1b, UInt8(ascii: "[")]).isEmpty)
        #expect(reader.keys(in: []).isEmpty && !reader.isWaiting)
    }

    /// Whatever a terminal sends, nothing is kept for ever.
    @Test func noBytesAreTooMuch() {
        var state: UInt64 = 1
        var reader = KeyReader()
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            _ = reader.keys(in: [[0x1b, 0x5b, 0x4f, 0xe2, 0xff, 0x41][Int(state >> 33) % 6]])
        }
        _ = reader.keys(in: Array(repeating: 0x3b, count: 100))
        _ = reader.keys(in: [])
        #expect(!reader.isWaiting)
        #expect(reader.keys(in: Array("q".utf8)) == [.character("q")])
    }
}
