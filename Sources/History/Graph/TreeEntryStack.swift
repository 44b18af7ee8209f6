/// The entries of the trees from which others are still to be made, as differences: where each starts, and what it is.
///
/// A tree's entries stand after those of the tree it is made from; whatever stands behind them is done with.
struct TreeEntryStack: ~Copyable {
    struct Entry: BitwiseCopyable {
        /// Where it starts in its tree, in bytes.
        var start: UInt32
        /// Index of its link; `none` if it is not followed.
        var link: UInt32
    }

    /// Stands for no link.
    static let none = UInt32.max
    /// How many entries are remembered by default: of trees beyond, what is made from them is read as if it were stored
    /// whole.
    static let largestCount = 1 << 21

    private let largestCount: Int
    private(set) var entries = UnsafeMutablePointer<Entry>.allocate(capacity: 4096)
    private var capacity = 4096

    init(largestCount: Int) { self.largestCount = largestCount }

    deinit { entries.deallocate() }

    /// Makes room behind some entries.
    ///
    /// - Returns: Whether there is room now. The entries may have moved.
    mutating func makeRoom(for count: Int, after end: Int) -> Bool {
        guard end + count <= largestCount else { return false }
        guard end + count > capacity else { return true }
        let larger = max(end + count, 2 * capacity)
        let moved = UnsafeMutablePointer<Entry>.allocate(capacity: larger)
        moved.update(from: entries, count: capacity)
        entries.deallocate()
        (entries, capacity) = (moved, larger)
        return true
    }
}
