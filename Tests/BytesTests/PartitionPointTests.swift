import Testing

@testable import Bytes

struct PartitionPointTests {
    @Test(arguments: 0...20) func allPlacesAreFoundFromAllStarts(count: Int) {
        for point in 0...count {
            let numbers = (0..<count).map { $0 < point ? 1 : 2 }
            #expect(numbers.partitionPoint { $0 == 1 } == point)
            for start in 0...point { #expect(numbers.partitionPoint(from: start) { $0 == 1 } == point) }
        }
    }
}
