import TestSupport
import Testing

@testable import Scanner

struct PrefilterTests {
    private struct Hit: Hashable, Comparable {
        var offset: Int
        var keyword: Int

        static func < (left: Hit, right: Hit) -> Bool { (left.offset, left.keyword) < (right.offset, right.keyword) }
    }

    /// - Parameters:
    ///   - exact: Numbers of the keywords whose case counts.
    ///   - capacity: Of the buffer; the usual one if `nil`.
    private func hits(
        _ keywords: [[UInt8]], exact: Set<Int> = [], in text: [UInt8], capacity: Int? = nil
    ) -> [Hit] {
        let prefilter = Prefilter(
            keywords.enumerated().map { Prefilter.Keyword(bytes: $0.element, isExact: exact.contains($0.offset)) })
        let room = HitBuffer(count: capacity ?? prefilter.makeHitBuffer().hits.count)
        var hits: [Hit] = []
        text.withUnsafeBytes { bytes in
            prefilter.forEachHit(in: bytes, room: room) { hits.append(Hit(offset: $0, keyword: $1)) }
        }
        return hits
    }

    private func naive(_ keywords: [[UInt8]], exact: Set<Int> = [], in text: [UInt8]) -> [Hit] {
        func fold(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.map { (65...90).contains($0) ? $0 + 32 : $0 } }
        let folded = fold(text)
        return keywords.enumerated().flatMap { number, keyword in
            text.indices.filter {
                exact.contains(number)
                    ? text[$0...].starts(with: keyword) : folded[$0...].starts(with: fold(keyword))
            }.map { Hit(offset: $0, keyword: number) }
        }.sorted()
    }

    @Test func hitsAreThoseOfANaiveSearch() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<400 {
            // A small alphabet makes keywords that overlap and hold each other; `[` and `{` differ in the case bit only.
            let alphabet = ["abAB", "ab[{@`", "key_=\n", "\u{0}\u{7f}aé"][round % 4]
            let keywords = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                generator.bytes(Int.random(in: 3...8, using: &generator), of: alphabet)
            }
            let text = generator.bytes(Int.random(in: 0...200, using: &generator), of: alphabet)
            #expect(hits(keywords, in: text).sorted() == naive(keywords, in: text), "round \(round)")
        }
    }

    @Test func theCaseOfExactKeywordsCounts() {
        var generator = SeededGenerator(seed: 8)
        for round in 0..<200 {
            let alphabet = ["abAB", "aA@`[{"][round % 2]
            // Short ones, some of 9 to 16 bytes, and longer ones are compared in different ways.
            let keywords = (0..<8).map { _ in
                generator.bytes(Int.random(in: 3...20, using: &generator), of: alphabet)
            }
            let exact = Set((0..<8).filter { _ in Bool.random(using: &generator) })
            var text = generator.bytes(Int.random(in: 0...60, using: &generator), of: alphabet)
            for keyword in keywords { text += keyword + keyword.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } }
            #expect(
                hits(keywords, exact: exact, in: text).sorted() == naive(keywords, exact: exact, in: text),
                "round \(round)")
        }
    }

    @Test func aFullBufferLosesNoHit() {
        let keywords = ["aaa", "aaaa", "aab", "AAA"].map { Array($0.utf8) }
        for length in [1, 3, 1022, 1023, 1024, 1025, 5000] {
            let text = [UInt8](repeating: 0x61, count: length) + Array("b".utf8)
            let expected = naive(keywords, in: text)
            #expect(hits(keywords, in: text).sorted() == expected)
            // The smallest buffer that is allowed: it is full after each position.
            for capacity in 4...9 { #expect(hits(keywords, in: text, capacity: capacity).sorted() == expected) }
        }
    }

    @Test(arguments: ["key", "KEY", "xxkey", "keyxx", "keykey", "ke", "", "k", "kkeyy"])
    func beginningAndEndOfTheTextAreSearched(text: String) {
        let keywords = [Array("key".utf8)]
        #expect(hits(keywords, in: Array(text.utf8)) == naive(keywords, in: Array(text.utf8)))
    }

    @Test func aKeywordLongerThanTheTextDoesNoHarm() {
        let long = [UInt8](repeating: 0x71, count: Prefilter.keywordLengths.upperBound)
        #expect(hits([long], in: Array(long.dropLast())) == [])
        #expect(hits([long], in: long) == [Hit(offset: 0, keyword: 0)])
    }

    @Test func hitsComeInOrderButForAKeywordsLength() {
        var generator = SeededGenerator(seed: 3)
        let keywords = ["abc", "cabcabcab", "bca"].map { Array($0.utf8) }
        let found = hits(keywords, in: generator.bytes(5000, of: "abc")).map(\.offset)
        var highest = 0
        for offset in found {
            #expect(offset >= highest - Prefilter.keywordLengths.upperBound)
            highest = max(highest, offset)
        }
        #expect(found.count > 100)
    }

    @Test func withoutKeywordsNothingIsHit() { #expect(hits([], in: Array("anything".utf8)) == []) }
}
