import TestSupport
import Testing

@testable import Scanner

struct LineIndexTests {
    private func position(_ offset: Int, in text: String) -> [Int] {
        text.withBytes { bytes in
            var index = LineIndex(bytes)
            let position = index.position(of: offset)
            return [position.line, position.column]
        }
    }

    @Test(arguments: [
        ("", 0, [1, 1]), ("abc", 0, [1, 1]), ("abc", 3, [1, 4]), ("abc\n", 3, [1, 4]), ("abc\n", 4, [2, 1]),
        ("\n\nx", 1, [2, 1]),
        ("\n\nx", 2, [3, 1]), ("a\r\nb", 1, [1, 2]), ("a\r\nb", 2, [1, 3]), ("a\r\nb", 3, [2, 1]), ("é=k", 3, [1, 3]),
        ("€=k", 4, [1, 3]),
        ("🔑=k", 5, [1, 4]), ("👩‍💻\n🔑k", 16, [2, 3]), ("a\nb\nc\n", 6, [4, 1]),
    ])
    func columnsCountUTF16Units(text: String, offset: Int, position: [Int]) {
        #expect(self.position(offset, in: text) == position)
    }

    @Test func orderOfTheQuestionsMakesNoDifference() {
        var generator = SeededGenerator(seed: 2)
        let text = generator.text(400, of: "ab\n\r\né€🔑\n")
        let bytes = Array(text.utf8)
        let starts = bytes.indices.filter { bytes[$0] & 0xc0 != 0x80 }
        bytes.withUnsafeBytes { buffer in
            var index = LineIndex(buffer)
            for offset in starts.shuffled(using: &generator) {
                let before = String(decoding: bytes[..<offset], as: UTF8.self)
                let line = before.utf8.count { $0 == 0x0a } + 1
                let lastLine = bytes[..<offset].lastIndex(of: 0x0a).map { bytes[($0 + 1)..<offset] } ?? bytes[..<offset]
                let position = index.position(of: offset)
                #expect(position.line == line)
                #expect(position.column == String(decoding: lastLine, as: UTF8.self).utf16.count + 1)
            }
        }
    }

    @Test func aRegionOverSeveralLinesEndsAfterItsLastCharacter() {
        "a🔑b\ncd\n".withBytes { bytes in
            var index = LineIndex(bytes)
            #expect(index.region(of: 5..<9) == .init(startLine: 1, startColumn: 4, endLine: 2, endColumn: 3))
            #expect(index.region(of: 0..<bytes.count) == .init(startLine: 1, startColumn: 1, endLine: 3, endColumn: 1))
        }
    }
}
