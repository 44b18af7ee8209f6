import Testing

@testable import Screen

/// Text in cells of a terminal.
@Suite struct CellTextTests {
    @Test(arguments: [
        ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("ｆｕｌｌ", 8), ("한글", 4), ("😀", 2), ("é", 1), ("…", 1), ("", 0), ("नि", 2),
    ])
    func width(_ text: String, _ width: Int) {
        #expect(CellText.width(text) == width)
    }

    /// Nothing that a terminal obeys, whatever a path or a name has in it.
    @Test(arguments: [
        "\u{1b}[31mred", "\u{1b}]0;title\u{7}", "\u{9b}31m", "a\rb", "a\nb", "\u{202e}txt.exe", "\u{0}", "\u{7f}",
        "\u{2066}x\u{2069}", "\u{feff}", "\u{e0041}", "\u{200d}\u{fe0f}", "\u{90}q\u{9c}",
    ])
    func harmless(_ text: String) {
        let harmless = CellText.harmless(text)
        for scalar in harmless.unicodeScalars {
            #expect(scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && scalar.value < 0xe0000)
            #expect(!(0x2028...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
        }
    }

    @Test(arguments: [
        ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("漢字漢字", 5, "漢字…"), ("漢字漢字", 4, "漢…"), ("abc", 0, ""),
        ("漢", 1, "…"),
    ])
    func cut(_ text: String, _ limit: Int, _ cut: String) {
        #expect(CellText.cut(text, to: limit) == cut)
        #expect(CellText.width(CellText.fitted(text, to: limit)) == limit)
    }

    @Test(
        arguments: [
            ("one two three", 7, ["one two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
            ("漢字漢字", 3, ["漢", "字", "漢", "字"]),
            ("", 5, [""]), ("a  b", 10, ["a  b"]), ("漢字", 1, ["漢", "字"]),
        ] as [(String, Int, [String])])
    func wrapped(_ text: String, _ limit: Int, _ lines: [String]) {
        #expect(CellText.wrapped(text, to: limit) == lines)
    }
}
