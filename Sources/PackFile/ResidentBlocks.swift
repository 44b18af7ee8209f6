/// About how much of a mapped file is in the process's memory since it was last taken out.
struct ResidentBlocks {
    private var blocks: BitSet

    /// The system brings in so many bytes around a place that is read.
    private static let blockSize = 64 << 10

    /// - Parameter size: Of the file, in bytes.
    init(size: Int) { blocks = BitSet(capacity: size / Self.blockSize + 1) }

    /// In bytes.
    var byteCount: Int { blocks.count * Self.blockSize }

    mutating func insert(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        for block in range.lowerBound / Self.blockSize...(range.upperBound - 1) / Self.blockSize {
            blocks.insert(block)
        }
    }

    mutating func removeAll() { blocks.removeAll() }
}
