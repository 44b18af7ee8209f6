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

    @Test func everyByteIsOfTheKindsItBelongsTo() {
        for (kind, members) in Self.kinds {
            for byte in UInt8.min...UInt8.max {
                let length = [byte].withUnsafeBytes { ByteRuns.longest(of: kind, in: 0..<1, of: $0) }
                #expect((length == 1) == members.contains(byte), "byte \(byte)")
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
            let expected = reference(Array(text[lower...]), members).map {
                $0.lowerBound + lower..<$0.upperBound + lower
            }
            text.withUnsafeBytes { bytes in
                var runs: [Range<Int>] = []
                ByteRuns.append(of: kind, minimum: minimum, in: lower..<count, of: bytes, to: &runs)
                #expect(runs == expected.filter { $0.count >= minimum })
                let longest = ByteRuns.longest(of: kind, in: lower..<count, of: bytes)
                #expect(longest == expected.map(\.count).max() ?? 0)
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
