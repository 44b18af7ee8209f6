import Dispatch
import Testing

@testable import PackFile

struct ResidentBlocksTests {
    private static let block = 64 << 10

    @Test func blocksCountOnce() {
        let blocks = ResidentBlocks(size: 100 * Self.block)
        #expect(blocks.insert(5..<6) == Self.block)
        #expect(blocks.insert(0..<Self.block) == nil)
        #expect(blocks.insert(7..<7) == nil)
        // The last byte of one, the first of another.
        #expect(blocks.insert(Self.block * 70 - 1..<Self.block * 70 + 1) == 3 * Self.block)
        #expect(blocks.insert(Self.block..<3 * Self.block) == 5 * Self.block)
    }

    @Test func theLastByteOfAFileHasABlock() {
        let blocks = ResidentBlocks(size: 64 * Self.block)
        #expect(blocks.insert(64 * Self.block - 1..<64 * Self.block) == Self.block)
    }

    @Test func nothingIsLeftOfWhatWasTakenOut() {
        let blocks = ResidentBlocks(size: 1000 * Self.block)
        _ = blocks.insert(0..<1000 * Self.block)
        #expect(blocks.byteCount == 1000 * Self.block)
        blocks.removeAll()
        #expect(blocks.byteCount == 0)
        #expect(blocks.insert(500 * Self.block..<502 * Self.block) == 2 * Self.block)
    }

    @Test func threadsCountTogether() {
        let blocks = ResidentBlocks(size: 1000 * Self.block)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for block in 0..<900 where block % 4 <= thread {
                _ = blocks.insert(block * Self.block..<block * Self.block + 1)
            }
        }
        #expect(blocks.insert(999 * Self.block..<999 * Self.block + 1) == 901 * Self.block)
    }
}
