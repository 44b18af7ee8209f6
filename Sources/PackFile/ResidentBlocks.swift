internal import Synchronization

/// About how much of a mapped file is in the process's memory since it was last taken out, whichever thread read it.
///
/// The system brings in more than what is read: some pages around it, or, where it keeps the file in larger pieces (of two
/// megabytes, say), the whole piece. So what the process's files take is looked at once in a while, too.
///
/// Unchecked only because of the pointer: what it points to is made of atomic numbers, and lives as long as the object.
final class ResidentBlocks: @unchecked Sendable {
    /// A bit for each block.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int
    private let blockCount = Atomic(0)
    /// What the process's files took when this one was taken out, in bytes; `nil` if that cannot be told.
    private let measure: @Sendable () -> Int?
    private let bytesBefore: Atomic<Int>
    /// How many blocks there are when the process's files are looked at again.
    private let nextMeasured = Atomic(firstMeasured)

    /// The system brings in at least so many bytes around a place that is read.
    private static let blockSize = 64 << 10
    private static let firstMeasured = 4

    /// - Parameters:
    ///   - size: Of the file, in bytes.
    ///   - measure: Tells how much memory the process's files take, in bytes; `nil` if that is not known.
    init(size: Int, measure: @escaping @Sendable () -> Int? = { nil }) {
        self.measure = measure
        bytesBefore = Atomic(measure() ?? 0)
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

    /// How much is in memory, in bytes, if the system brought in no more than it must.
    var byteCount: Int { blockCount.load(ordering: .relaxed) * Self.blockSize }

    /// Whether more than so many bytes are in memory.
    func isMore(than limit: Int) -> Bool {
        if byteCount > limit { return true }
        let count = blockCount.load(ordering: .relaxed)
        guard count >= nextMeasured.load(ordering: .relaxed), let total = measure() else { return false }
        let before = bytesBefore.load(ordering: .relaxed)
        // Other files were taken out meanwhile.
        if total < before { bytesBefore.store(total, ordering: .relaxed) }
        let taken = max(0, total - before)
        if taken > limit { return true }
        // At the rate until now half of what is left will be taken then.
        let rate = max(taken / count, Self.blockSize)
        nextMeasured.store(count + max(Self.firstMeasured, (limit - taken) / rate / 2), ordering: .relaxed)
        return false
    }

    /// To be called when the file was taken out of memory.
    func removeAll() {
        blockCount.store(0, ordering: .relaxed)
        nextMeasured.store(Self.firstMeasured, ordering: .relaxed)
        bytesBefore.store(measure() ?? 0, ordering: .relaxed)
        for word in 0..<wordCount { words[word].store(0, ordering: .relaxed) }
    }
}
