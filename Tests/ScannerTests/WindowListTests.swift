import TestSupport
import Testing

@testable import Scanner

struct WindowListTests {
    private func list(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var list = WindowList()
        for range in ranges { list.insert(range) }
        return list.ranges
    }

    /// Which of the first 200 places lie in one of the ranges.
    private func places(_ ranges: [Range<Int>]) -> Set<Int> { Set(ranges.joined()) }

    private func isOrderly(_ ranges: [Range<Int>]) -> Bool {
        zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
    }

    @Test func rangesInOrderAreUnited() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let ranges = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                let start = Int.random(in: 0..<180, using: &generator)
                return start..<start + Int.random(in: 1...20, using: &generator)
            }.sorted { $0.lowerBound < $1.lowerBound }
            let united = list(ranges)
            #expect(places(united) == places(ranges))
            #expect(isOrderly(united))
        }
    }

    @Test func rangesThatComeLateAreCoveredToo() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<500 {
            let ranges = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                let start = Int.random(in: 0..<180, using: &generator)
                return start..<start + Int.random(in: 1...20, using: &generator)
            }
            let united = list(ranges)
            #expect(places(united).isSuperset(of: places(ranges)))
            #expect(isOrderly(united))
            #expect(united.first?.lowerBound == ranges.map(\.lowerBound).min())
            #expect(united.last?.upperBound == ranges.map(\.upperBound).max())
        }
    }

    @Test(
        arguments: [
            ([0..<5, 5..<9], [0..<9]), ([0..<5, 6..<9], [0..<5, 6..<9]), ([0..<9, 2..<3], [0..<9]),
            ([4..<9, 0..<5], [0..<9]),
            ([0..<2, 4..<6, 8..<9, 1..<8], [0..<9]), ([3..<3], [3..<3]), ([], []),
        ] as [([Range<Int>], [Range<Int>])])
    func neighboursBecomeOne(ranges: [Range<Int>], united: [Range<Int>]) { #expect(list(ranges) == united) }

    @Test func aClearedListIsEmpty() {
        var list = WindowList()
        list.insert(0..<5)
        list.removeAll()
        #expect(list.ranges.isEmpty)
    }
}
