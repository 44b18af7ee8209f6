import Testing

@testable import Reports

struct JSONWriterTests {
    private func written(_ text: String) -> String {
        var writer = JSONWriter(isIndented: false)
        writer.value(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("a\nb\rc\td", #""a\nb\rc\td""#),
        ("\u{0}\u{1b}[31m\u{7f}", #""\u0000\u001b[31m\u007f""#), ("\u{9b}31m", #""\u009b31m""#),
        ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("\u{202e}txt", #""\u202etxt""#),
        ("\u{e0041}", #""\udb40\udc41""#), ("naïve 😀 👩‍💻", #""naïve 😀 👩‍💻""#),
    ])
    func stringsAreEscaped(text: String, expected: String) throws {
        #expect(written(text) == expected)
        #expect(try JSONValue(parsing: Array(expected.utf8)) == .string(text))
    }

    @Test func everyScalarOfTheBasicPlaneComesBack() throws {
        let text = String(String.UnicodeScalarView((0...0xffff).compactMap(Unicode.Scalar.init)))
        let value = try JSONValue(parsing: Array(written(text).utf8))
        #expect(value.string.map { $0.unicodeScalars.elementsEqual(text.unicodeScalars) } == true)
    }

    @Test func keysKeepTheirOrderAndEmptyContainersAreClosed() {
        for (isIndented, expected) in [
            (false, #"{"z":1,"a":{},"list":[],"b":["x","y"]}"#),
            (
                true,
                "{\n  \"z\": 1,\n  \"a\": {},\n  \"list\": [],\n  \"b\": [\n    {\n      \"c\": false\n    }\n  ]\n}"
            ),
        ] {
            var writer = JSONWriter(isIndented: isIndented)
            writer.object {
                $0.field("z", 1)
                $0.field("a", object: { _ in })
                $0.field("list", [])
                if isIndented {
                    $0.field("b", array: [false]) { writer, flag in writer.object { $0.field("c", flag) } }
                } else {
                    $0.field("b", array: [0, 1]) { writer, index in
                        writer.value(index == 0 ? "x" : "y")
                    }
                }
            }
            #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
        }
    }

    @Test func aLineEndBeginsANewDocument() {
        var writer = JSONWriter(isIndented: false)
        for number in 1...2 {
            writer.object { $0.field("n", number) }
            writer.endLine()
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\"n\":1}\n{\"n\":2}\n")
    }
}
