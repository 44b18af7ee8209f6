import Dispatch
import Synchronization
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

    /// Where the system keeps a file in larger pieces, it brings in more than what is read.
    @Test func whatTheSystemBroughtInCounts() {
        let taken = Mutex(500 << 20)
        let blocks = ResidentBlocks(size: 1 << 30, measure: { taken.withLock { $0 } })
        var count = 0
        while !blocks.isMore(than: 64 << 20) {
            // Two megabytes for every block.
            _ = blocks.insert(count * (2 << 20)..<count * (2 << 20) + 1)
            taken.withLock { $0 += 2 << 20 }
            count += 1
        }
        #expect((33...40).contains(count))
        // It is taken out, and another file with it.
        taken.withLock { $0 -= count * (2 << 20) + (10 << 20) }
        blocks.removeAll()
        #expect(!blocks.isMore(than: 64 << 20))
        for block in 0..<1025 { _ = blocks.insert(block * Self.block..<block * Self.block + 1) }
        #expect(blocks.isMore(than: 64 << 20))
    }

    @Test func theSystemTellsWhatFilesTake() throws {
        #expect(try #require(ProcessMemory.fileByteCount()) > 1 << 20)
    }
}
