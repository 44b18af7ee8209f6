import Testing

@testable import Scanner

struct EnclosingLinesTests {
    private func lines(above marked: String) -> [String] {
        let text = MarkedText(marked)
        return text.bytes.withUnsafeBytes { bytes in
            text.bytes.strings(EnclosingLines.ranges(above: text.value.lowerBound, in: bytes))
        }
    }

    private func keys(before marked: String) -> [String] {
        let text = MarkedText(marked)
        return text.bytes.withUnsafeBytes { bytes in
            text.bytes.strings(EnclosingLines.keysOnLine(before: text.value.lowerBound, in: bytes))
        }
    }

    @Test(arguments: [
        ("a:\n  b:\n    key: «v»", ["  b:", "a:"]), ("a:\n  x: 1\n  key: «v»", ["a:"]), ("key: «v»", []),
        ("a: 1\nkey: «v»", []),
        ("a:\n  - name: x\n    key: «v»", ["  - name: x", "a:"]),
        ("{\n  \"a\": {\n    \"k\": \"«v»\"", ["  \"a\": {", "{"]),
        ("a:\n\n   \n  key: «v»", ["a:"]), ("a:\n# comment\n  key: «v»", ["a:"]), ("a:\n  b: 1\n}\n  key: «v»", ["a:"]),
        ("[section]\nother = 1\nkey = «v»", ["[section]"]), ("[one]\nx=1\n[two]\nkey=«v»", ["[two]"]),
        ("[a.b]\n  key = «v»", ["[a.b]"]), ("[\"x\", 1]\nkey=«v»", []), ("a:\n\tb:\n\t\tkey: «v»", ["\tb:", "a:"]),
    ])
    func parentsByIndentationAndSectionAreFoundInnermostFirst(marked: String, lines: [String]) {
        #expect(self.lines(above: marked) == lines)
    }

    @Test(arguments: ["\n", "\r\n"]) func lineEndsMakeNoDifference(end: String) {
        let found = lines(above: "a:\(end)  b:\(end)    key: «v»\(end)")
        #expect(found.map { $0.filter { $0 != "\r" } } == ["  b:", "a:"])
    }

    @Test(arguments: [
        ("{\"mistral\":{\"key\":\"«v»\"", ["\"mistral\":", ""]), ("f(a,{b:\"«v»\"", ["", "f"]),
        ("{a:{x:1},b:\"«v»\"", [""]),
        ("\"k\": \"«v»\"", []), ("a=[{k:\"«v»\"", ["a=[", "a="]), ("{\nk:\"«v»\"", []),
    ])
    func keysOfEnclosingObjectsOnTheLineAreFound(marked: String, keys: [String]) {
        #expect(self.keys(before: marked).map { $0.trimming() } == keys)
    }

    @Test func noFileMakesTheSearchLongerThanItsReach() {
        let text = "root:\n" + String(repeating: "  - filler that is not above: 1\n", count: 2000)
        #expect(lines(above: text + "      key: «v»").first == "  - filler that is not above: 1")
        #expect(!lines(above: text + "      key: «v»").contains("root:"))
        #expect(
            lines(
                above: (0..<40).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
                    + String(repeating: " ", count: 60) + "«v»"
            ).count == 8)
        #expect(keys(before: "root{" + String(repeating: "x", count: Margins.enclosingLines) + "«v»") == [])
    }
}

extension String {
    fileprivate func trimming() -> String { String(drop { $0 == " " || $0 == "[" }) }
}
