import Bytes
import TestSupport
import Testing

@testable import Scanner

/// A word is found in a stretch of bytes as if each place were compared.
struct ByteSearchTests {
    private func reference(_ text: [UInt8], _ word: [UInt8]) -> Int? {
        guard text.count >= word.count else { return nil }
        return (0...text.count - word.count).first { start in
            word.indices.allSatisfy { UnsafeRawBufferPointer.folded(text[start + $0]) == word[$0] }
        }
    }

    @Test func wordsStandWhereComparingFindsThem() {
        var generator = SeededGenerator(seed: 14)
        var found = 0
        for _ in 0..<20_000 {
            // Bytes that differ from letters in one bit, too.
            let text = generator.bytes(Int.random(in: 0...90, using: &generator), of: "abAB-_@`[{")
            let word = generator.bytes(Int.random(in: 0...7, using: &generator), of: "ab-_@`[{")
            let expected = reference(text, word)
            if expected != nil { found += 1 }
            #expect(text.withUnsafeBytes { $0.containsCaseless(word) } == (expected != nil))
            let part = text.count / 3..<text.count
            let inPart = reference(Array(text[part]), word).map { part.lowerBound + $0 }
            #expect(text.withUnsafeBytes { $0.firstCaseless(word, in: part) } == inPart)
        }
        #expect((1000...19_000).contains(found))
    }

    @Test(arguments: [("", "", true), ("a", "", true), ("", "a", false), ("xKEYx", "key", true), ("ke", "key", false)])
    func theEndsAreNoTrouble(text: String, word: String, stands: Bool) {
        #expect(text.withBytes { $0.containsCaseless(Array(word.utf8)) } == stands)
    }
}
