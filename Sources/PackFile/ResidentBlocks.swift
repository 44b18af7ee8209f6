internal import Synchronization

/// About how much of a mapped file is in the process's memory since it was last taken out, whichever thread read it.
///
/// Unchecked only because of the pointer: what it points to is made of atomic numbers, and lives as long as the object.
final class ResidentBlocks: @unchecked Sendable {
    /// A bit for each block.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int
    private let blockCount = Atomic(0)

    /// The system brings in so many bytes around a place that is read.
    private static let blockSize = 64 << 10

    /// - Parameter size: Of the file, in bytes.
    init(size: Int) {
        wordCount = size / (64 * Self.blockSize) + 1
        words = .allocate(capacity: wordCount)
        for word in 0..<wordCount { (words + word).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: wordCount)
        words.deallocate()
    }

    /// Notes that some bytes were read.
    ///
    /// - Returns: How much is in memory now, in bytes; `nil` if that is what was there before.
    func insert(_ range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        var isNew = false
        for block in range.lowerBound / Self.blockSize...(range.upperBound - 1) / Self.blockSize {
            let bit = UInt64(1) << UInt64(block & 63)
            let word = words + (block >> 6)
            if word.pointee.load(ordering: .relaxed) & bit != 0 { continue }
            if word.pointee.bitwiseOr(bit, ordering: .relaxed).oldValue & bit != 0 { continue }
            blockCount.add(1, ordering: .relaxed)
            isNew = true
        }
        return isNew ? byteCount : nil
    }

    /// How much is in memory, in bytes.
    var byteCount: Int { blockCount.load(ordering: .relaxed) * Self.blockSize }

    func removeAll() {
        blockCount.store(0, ordering: .relaxed)
        for word in 0..<wordCount { words[word].store(0, ordering: .relaxed) }
    }
}
