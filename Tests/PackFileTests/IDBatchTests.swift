import TestSupport
import Testing

@testable import PackFile

@Suite struct IDBatchTests {
    /// A pack whose ids are of our making: many of them begin alike.
    private static func pack(_ ids: [[UInt8]]) throws -> PackPlan {
        var pack = HandmadePack()
        for (number, id) in ids.enumerated() {
            pack.setID(of: pack.add(Array("content \(number)".utf8)), to: id)
        }
        return try PackPlan(pack.open())
    }

    private static func ids(_ count: Int, seed: UInt64) -> [[UInt8]] {
        var random = SeededGenerator(seed: seed)
        let starts = (0..<8).map { _ in (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) } }
        return Array(
            Set(
                (0..<count).map { _ in
                    let start = starts.randomElement(using: &random) ?? []
                    let kept = [0, 0, 1, 2, 3, 8, 9, 16].randomElement(using: &random) ?? 0
                    return start.prefix(kept) + (kept..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
                }))
    }

    private static func find(_ ids: [[UInt8]], in plans: [PackPlan]) -> [UInt32] {
        var batch = IDBatch()
        // A batch is used again and again.
        for used in [Array(ids.reversed().prefix(50)), ids] {
            batch.removeAll()
            for id in used { id.withUnsafeBytes { batch.append($0) } }
            batch.sort()
            var first: UInt32 = 0
            for plan in plans {
                plan.find(&batch, firstNumber: first)
                first += UInt32(plan.count)
            }
        }
        return ids.indices.map { batch.number($0) }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func allThatPacksHaveIsFoundAndNothingElse(seed: UInt64) throws {
        let there = Self.ids(1500, seed: seed)
        let plans = try [Self.pack(Array(there.prefix(1000))), Self.pack(Array(there.suffix(750)))]
        let strangers = Self.ids(500, seed: seed + 100)
        let similar = there.prefix(500).map { Array($0.dropLast()) + [$0[19] ^ 1] }
        let known = Set(there)
        let asked = (there + (strangers + similar).filter { !known.contains($0) }).shuffled()
        try #require(asked.count > 2000 && asked.count <= IDBatch.capacity)
        let found = Self.find(asked, in: plans)
        for (id, number) in zip(asked, found) {
            #expect((number != IDBatch.none) == known.contains(id))
            let entries = plans.map { plan in id.withUnsafeBytes { plan.entry(id: $0) } }
            if let first = entries[0] {
                #expect(number == UInt32(first.position))
            } else if let second = entries[1] {
                #expect(number == UInt32(plans[0].count + second.position))
            }
        }
    }

    @Test func whatThePackCannotReadIsFoundInTheNext() throws {
        var damaged = HandmadePack()
        let content = Array("some".utf8)
        let id = HandmadePack.id(.blob, content)
        damaged.addRaw([0x50, 0x00, 0x00], id: id)
        let plan = try PackPlan(damaged.open())
        #expect(Self.find([id], in: [plan]) == [IDBatch.none])
        var whole = HandmadePack()
        whole.add(content)
        #expect(try Self.find([id], in: [plan, PackPlan(whole.open())]) == [1])
    }

    @Test func idsThatAreNotInTheirOrderHaveNoRanges() {
        let words: [UInt64] = [1 << 60, 2 << 60, 1 << 60]
        #expect(IDRanges(count: 2) { words[$0] } != nil)
        #expect(IDRanges(count: 3) { words[$0] } == nil)
    }

    @Test(arguments: [0, 1, 300, 100_000]) func rangesHoldExactlyTheIDsThatBeginAlike(count: Int) throws {
        var random = SeededGenerator(seed: 7)
        let words = (0..<count).map { _ in UInt64.random(in: 0...(.max), using: &random) }.sorted()
        let ranges = try #require(IDRanges(count: count) { words[$0] })
        for word in words.shuffled().prefix(1000) + [0, .max] {
            let range = ranges.rows(word).range
            #expect(words.firstIndex(of: word).map(range.contains) ?? true)
            #expect(range.lowerBound == 0 || words[range.lowerBound - 1] < word)
            #expect(range.upperBound == count || words[range.upperBound] > word)
        }
    }
}
