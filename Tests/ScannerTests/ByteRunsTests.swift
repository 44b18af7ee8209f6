import CLiteralSearch
import TestSupport
import Testing

@testable import Scanner

/// Runs found 64 bytes at a time are those found byte by byte.
struct ByteRunsTests {
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let kinds: [(windsock_byte_kind, Set<UInt8>)] = [
        (WINDSOCK_TOKEN_BYTES, Set((letters + "+/=_.~:-").utf8)), (WINDSOCK_ALPHANUMERIC_BYTES, Set(letters.utf8)),
        (WINDSOCK_BASE64_BYTES, Set((letters + "+/_-").utf8)),
        (WINDSOCK_HEX_BYTES, Set("0123456789abcdefABCDEF".utf8)),
    ]

    private func reference(_ text: [UInt8], _ members: Set<UInt8>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, byte) in text.enumerated() where members.contains(byte) {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    /// What processors without AVX2 do.
    private func portable(
        _ kind: windsock_byte_kind, minimum: Int, in part: Range<Int>, of text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return [] }
        var found: [windsock_run] = Array(repeating: windsock_run(), count: text.count + 1)
        var place = windsock_runs_place()
        var parts = windsock_run(start: part.lowerBound, end: part.upperBound)
        let count = windsock_byte_runs_portable(
            kind, base, text.count, minimum, &parts, 1, &place, &found, found.count)
        return found[..<count].map { Int($0.start)..<Int($0.end) }
    }

    @Test func everyByteIsOfTheKindsItBelongsTo() {
        for (kind, members) in Self.kinds {
            for byte in UInt8.min...UInt8.max {
                var runs: [Range<Int>] = []
                // At the end of a text, where more may be read, and among others.
                for (text, place) in [([byte], 0), ([0, byte] + [UInt8](repeating: 0, count: 80), 1)] {
                    runs.removeAll()
                    text.withUnsafeBytes {
                        ByteRuns.append(of: kind, minimum: 1, in: place..<place + 1, of: $0, to: &runs)
                        #expect(portable(kind, minimum: 1, in: place..<place + 1, of: $0) == runs)
                    }
                    #expect(runs.isEmpty != members.contains(byte), "byte \(byte)")
                }
            }
        }
    }

    @Test func runsAreThoseFoundByteByByte() {
        var generator = SeededGenerator(seed: 12)
        for round in 0..<600 {
            let count = Int.random(in: 0...(round % 3 == 0 ? 40 : 400), using: &generator)
            let rarity = Int.random(in: 2...80, using: &generator)
            let text = (0..<count).map { _ -> UInt8 in
                let isBreak = Int.random(in: 0..<rarity, using: &generator) == 0
                return (isBreak ? " .-+g\"\u{0}" : "0aF9").utf8.randomElement(using: &generator) ?? 0
            }
            let (kind, members) = Self.kinds[round % Self.kinds.count]
            let minimum = Int.random(in: 1...64, using: &generator)
            let lower = Int.random(in: 0...count, using: &generator)
            // What is behind the part must not count, though it may be read.
            let upper = Bool.random(using: &generator) ? count : Int.random(in: lower...count, using: &generator)
            let expected = reference(Array(text[lower..<upper]), members).map {
                $0.lowerBound + lower..<$0.upperBound + lower
            }
            text.withUnsafeBytes { bytes in
                var runs: [Range<Int>] = []
                ByteRuns.append(of: kind, minimum: minimum, in: lower..<upper, of: bytes, to: &runs)
                #expect(runs == expected.filter { $0.count >= minimum })
                #expect(portable(kind, minimum: minimum, in: lower..<upper, of: bytes) == runs)
            }
        }
    }

    @Test func manyPartsAreSearchedLikeEachByItself() {
        var generator = SeededGenerator(seed: 13)
        for round in 0..<200 {
            let rarity = Int.random(in: 20...200, using: &generator)
            let text = (0..<8000).map { _ -> UInt8 in
                let isBreak = Int.random(in: 0..<rarity, using: &generator) == 0
                return (isBreak ? " .-+g" : "0aF9").utf8.randomElement(using: &generator) ?? 0
            }
            let (kind, members) = Self.kinds[round % Self.kinds.count]
            let minimum = [1, 16, 24, 40, 64][round % 5]
            var parts: [Range<Int>] = []
            while let lower = Optional((parts.last?.upperBound ?? 0) + Int.random(in: 0...40, using: &generator)),
                lower < text.count
            {
                parts.append(lower..<min(text.count, lower + Int.random(in: 0...150, using: &generator)))
            }
            let expected = parts.flatMap { part in
                reference(Array(text[part]), members).filter { $0.count >= minimum }.map {
                    $0.lowerBound + part.lowerBound..<$0.upperBound + part.lowerBound
                }
            }
            var runs: [Range<Int>] = []
            text.withUnsafeBytes {
                ByteRuns.append(of: kind, minimum: minimum, in: parts[...], of: $0, to: &runs)
            }
            #expect(runs == expected)
        }
    }

    @Test(arguments: 22...26) func aRunIsFoundWhereverItBeginsInABlock(length: Int) {
        for start in 0..<150 {
            var text = Array(repeating: UInt8(ascii: " "), count: 300)
            // Close by are runs that are too short, which are passed over.
            for place in stride(from: 0, to: 300, by: 9) { text[place] = UInt8(ascii: "a") }
            text.replaceSubrange(start..<start + length, with: repeatElement(UInt8(ascii: "f"), count: length))
            let run = reference(text, Set("af".utf8)).filter { $0.count >= length }
            text.withUnsafeBytes { bytes in
                var runs: [Range<Int>] = []
                ByteRuns.append(of: WINDSOCK_HEX_BYTES, minimum: length, in: 0..<300, of: bytes, to: &runs)
                #expect(runs == run)
                #expect(portable(WINDSOCK_HEX_BYTES, minimum: length, in: 0..<300, of: bytes) == run)
            }
        }
    }

    @Test func moreRunsThanFitIntoOneCallAreAllFound() {
        let text = String(repeating: "abcd ", count: 1000)
        var runs: [Range<Int>] = []
        text.withBytes { ByteRuns.append(of: WINDSOCK_HEX_BYTES, minimum: 4, in: 0..<$0.count, of: $0, to: &runs) }
        #expect(runs == (0..<1000).map { $0 * 5..<$0 * 5 + 4 })
    }
}
