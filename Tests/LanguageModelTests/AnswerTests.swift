import Testing

@testable import LanguageModel

struct AnswerTests {
    private static let whole = """
        {"opens": "a, \\"b\\" }", "instead":"c","patch":{"file":"x","edits":[]},"rotation":["one","two"],"logs":[]}
        """

    private func parser(_ purpose: AdviceRequest.Purpose = .advice, secrets: [String] = []) -> AnswerParser {
        AnswerParser(purpose, AnswerText(secrets: secrets.map { Array($0.utf8) }))
    }

    @Test(arguments: 1...20) func partsComeAsSoonAsTheyAreWholeHoweverTheyAreCut(size: Int) {
        var parser = parser()
        let bytes = Array(Self.whole.utf8)
        var names: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            for part in parser.add(bytes[start..<min(start + size, bytes.count)]) {
                if case .opens(let text) = part { #expect(text == "a, \"b\" }") }
                names.append("\(part)".prefix { $0 != "(" }.description)
            }
        }
        #expect(names == ["opens", "instead", "patch", "rotation", "logs"])
        #expect(parser.objection(toWhole: bytes) == nil)
    }

    @Test(
        arguments: [
            ("", "no JSON"), ("null", "no JSON object"), ("[{}]", "no JSON object"),
            ("{\"opens\":\"a\"}", "lacks instead"),
            ("{\"opens\":1}", "opens is not of the form"), ("{\"opens\":\"a\",\"opens\":\"b\"}", "opens twice"),
            ("{\"rotation\":[\"a\",2]}", "rotation is not"), ("{\"patch\":{\"file\":\"a\"}}", "patch is not"),
            ("{\"patch\":{\"file\":\"a\",\"edits\":[{\"line\":1,\"old\":\"a\",\"new\":[]}]}}", "patch is not"),
            (whole + "x", "no JSON"), (whole + whole, "twice"), ("{opens:1}", "no JSON"),
        ])
    func whatIsNotOfTheFormIsNotUsed(text: String, words: String) {
        var parser = parser()
        let bytes = Array(text.utf8)
        _ = parser.add(bytes[...])
        let objection = parser.objection(toWhole: bytes)
        #expect(objection?.contains(words) == true, "\(objection ?? "nothing")")
    }

    @Test(
        arguments: [
            ("plain text: a, b.", "plain text: a, b."), ("a\nb\r\n\tc ", "a b c"), ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]8;;http://x\u{7}y", "y"), ("\u{9b}31mx", "x"), ("a\u{202e}b\u{200b}c\u{0}", "abc"),
            ("see http://a.example/b.", "see (link removed)"), ("HTTPS://A.example", "(link removed)"),
            ("[a](https://b.example) c", "[a]((link removed)) c"), ("<img src=\"//x\">", "<img src=\"//x\">"),
            ("the data: it is", "the data: it is"), ("javascript:alert", "(link removed)"),
            ("It is harbour-seagull-17, yes", "It is __MASKED__, yes"), ("har\u{200b}bour-seagull-17", "__MASKED__"),
        ])
    func textsAreCleaned(text: String, clean: String) {
        var removed: AnswerText.Removed = []
        let cleaner = AnswerText(secrets: [Array("harbour-seagull-17".utf8), Array("ab".utf8)])
        #expect(cleaner.cleaned(text, &removed) == clean)
    }

    @Test func longTextsAndListsAreCut() {
        var parser = parser()
        let long = String(repeating: "word ", count: 2000)
        let list = Array(repeating: "\"x\"", count: 50).joined(separator: ",")
        let parts = parser.add(Array("{\"opens\":\"\(long)\",\"logs\":[\(list)]}".utf8)[...])
        guard case .opens(let text) = parts.first, case .logs(let logs) = parts.last else {
            Issue.record("\(parts)")
            return
        }
        #expect(text.count <= 1201 && logs.count == 12)
        #expect(parser.answer.removed.words == "taken out of the answer: what was too long")
    }
}
