import TestSupport
import Testing

@testable import Scanner

/// What was found in a part of a text is known when the part is seen again, and of no other part.
struct KnownPartsTests {
    private func note(_ hits: [(Int, Int)], _ text: String, _ parts: borrowing KnownParts) {
        text.withBytes { bytes in
            guard let place = parts.place(of: bytes) else { return }
            parts.begin(place)
            for (offset, keyword) in hits { parts.note(keyword, at: offset, in: place) }
            parts.end(place)
        }
    }

    private func known(_ text: String, _ parts: borrowing KnownParts) -> [[Int]]? {
        text.withBytes { bytes in
            guard let place = parts.place(of: bytes), let count = parts.hitCount(at: place) else { return nil }
            return (0..<count).map { [Int(parts.hit($0, at: place).offset), Int(parts.hit($0, at: place).keyword)] }
        }
    }

    private static let line =
        "let token = makeToken(of: kind, until: date) // a line of a hundred bytes or so, in source text\n"

    @Test func keywordsAreThoseThatWereNoted() {
        let parts = KnownParts(keywordCount: 5000)
        #expect(known(Self.line, parts) == nil)
        note([(4, 17), (20, 4999)], Self.line, parts)
        #expect(known(Self.line, parts) == [[4, 17], [20, 4999]])
        note([], Self.line, parts)
        #expect(known(Self.line, parts) == [])
    }

    @Test func aPartThatDiffersInAnyByteIsAnother() {
        let parts = KnownParts(keywordCount: 5000)
        let line = Array(Self.line.utf8)
        note([(4, 17)], Self.line, parts)
        for place in line.indices {
            var other = line
            other[place] ^= 1
            #expect(known(String(decoding: other, as: UTF8.self), parts) == nil)
        }
        for count in 32..<line.count { #expect(known(String(Self.line.prefix(count)), parts) == nil) }
        #expect(known(Self.line + "\n", parts) == nil)
        #expect(known(Self.line, parts) != nil)
    }

    @Test func partsWithManyKeywordsAndVeryShortAndVeryLongOnesAreNotKept() {
        let parts = KnownParts(keywordCount: 5000)
        note((0..<25).map { ($0, $0) }, Self.line, parts)
        #expect(known(Self.line, parts) == nil)
        note((0..<24).map { ($0, $0) }, Self.line, parts)
        #expect(known(Self.line, parts)?.count == 24)
        for count in [0, 31, 63, 65536, 100_000] {
            let text = String(repeating: "x", count: count)
            note([], text, parts)
            #expect(known(text, parts) == nil)
        }
        let longest = String(repeating: "x", count: 65535)
        note([(65534, 1)], longest, parts)
        #expect(known(longest, parts) == [[65534, 1]])
    }

    @Test func moreKeywordsThanCanBeNumberedAreNotKept() {
        let parts = KnownParts(keywordCount: 65537)
        note([], Self.line, parts)
        #expect(known(Self.line, parts) == nil)
    }

    @Test func fingerprintsAreKeyed() {
        // Another key, another fingerprint: nobody can prepare two parts that are taken for one.
        let fingerprints = (0..<100).map { _ in
            let parts = KnownParts(keywordCount: 5000)
            return Self.line.withBytes { parts.place(of: $0)?.fingerprint }
        }
        #expect(Set(fingerprints).count == 100)
    }
}
