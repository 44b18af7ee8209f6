import Bytes
import Testing

@Suite struct JSONDocumentTests {
    @Test(
        arguments: [
            ("", "line 1, column 1: it ends where a value should stand"),
            ("{", "line 1, column 2: a key in quotes is missing"),
            ("{\n  \"a\" 1}", "line 2, column 7: a colon is missing"),
            ("[1 2]", "line 1, column 4: a comma or a closing bracket is missing"),
            ("[1,]", "line 1, column 4: nothing follows the comma"),
            ("\"a", "line 1, column 3: a text does not end"),
            ("\"\\x\"", "line 1, column 3: an escape is wrong"),
            ("\"\\u12\"", "line 1, column 4: an escape is wrong"),
            ("\"\n\"", "line 1, column 2: a control character stands in a text"),
            ("01", "line 1, column 3: a number begins with a zero"),
            ("1.", "line 1, column 3: a number is cut"),
            ("tru", "line 1, column 1: it is no value"),
            ("1 2", "line 1, column 3: there is more behind the value"),
            ("// a\n1", "line 1, column 1: it is no value"),
        ])
    func whatIsNoJSONIsToldByLineAndColumn(text: String, message: String) {
        #expect(problem(text)?.description == message)
    }

    @Test func commentsAreReadWhereTheyAreAllowed() throws {
        let text = "// one\n{ /* two */ \"a\": [1, 2, ], // three\n}\n"
        let root = try JSONDocument(Array(text.utf8), dialect: .commented).root
        #expect(root[name: "a"]?.elements.map(\.integer) == [1, 2])
        #expect(problem("{} /* no end", .commented)?.reason == "a comment does not end")
    }

    @Test func textsAreReadWithoutTheirEscapes() throws {
        let text = #"["\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00", "\ud83d", "é😀", "\ud83d\u0041"]"#
        let elements = try JSONDocument(Array(text.utf8)).root.elements
        let read = elements.map(\.text)
        #expect(read == ["\"\\/\u{8}\u{c}\n\r\t", "é😀", "\u{fffd}", "é😀", "\u{fffd}A"])
        for text in read.compactMap({ $0 }) + ["\u{1}\u{1f}"] {
            #expect(try JSONDocument(Array(JSONDocument.quoted(text).utf8)).root.text == text)
        }
    }

    @Test func aMemberIsWhereItStands() throws {
        let text = "\u{feff} { \"a\" : {\"b\":[true,null]} , \"a\":1.5e3 }"
        let root = try JSONDocument(Array(text.utf8)).root
        let bytes = Array(text.utf8)
        #expect(
            root.members.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
                "\"a\" : {\"b\":[true,null]}", "\"a\":1.5e3",
            ])
        #expect(root[name: "a"]?.kind == .number)
        #expect(root.members.first?.value[name: "b"]?.elements.map(\.kind) == [.yes, .null])
        #expect(root[name: "b"] == nil)
    }

    @Test func depthHasABound() {
        #expect(problem(String(repeating: "[", count: 100_000))?.reason == "it is nested too deeply")
        #expect(problem(String(repeating: "[", count: 200) + String(repeating: "]", count: 200)) == nil)
    }

    private func problem(_ text: String, _ dialect: JSONDocument.Dialect = .strict) -> JSONProblem? {
        do throws(JSONProblem) {
            _ = try JSONDocument(Array(text.utf8), dialect: dialect)
            return nil
        } catch {
            return error
        }
    }
}
