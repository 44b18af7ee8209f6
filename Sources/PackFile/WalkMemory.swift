/// What a walk keeps in memory: the objects from which others are to be made, and the buffers of all that it rebuilds.
struct WalkMemory: ~Copyable {
    /// An object from which others are to be made.
    struct Pending {
        let position: UInt32
        /// The step after its tree.
        let end: Int
        /// `nil` if it was dropped or could not be rebuilt.
        var buffer: BufferPool.Buffer?
        var isLost = false
    }

    var pool: BufferPool
    var pending: [Pending] = []
    /// The pending object that is not dropped, because it is made use of.
    var slotInUse: Int?
    /// Whether nothing is dropped at all.
    var keepsAll = false

    init(budget: Int) { pool = BufferPool(budget: budget) }

    /// Is told how much memory will be taken, before it is. Drops what is needed last: the nearest to the root, which is
    /// also the fastest to rebuild.
    mutating func makeRoom(for count: Int) {
        guard !keepsAll, pool.usedAfterTaking(count) > pool.budget else { return }
        while pool.usedAfterTaking(count) > pool.budget,
            let dropped = pending.indices.first(where: { $0 != slotInUse && pending[$0].buffer != nil }),
            let buffer = pending[dropped].buffer
        {
            pool.giveBack(buffer)
            pending[dropped].buffer = nil
        }
    }

    /// Ends the pending objects whose trees end at a step.
    mutating func removePending(endingAt step: Int) {
        while let last = pending.last, last.end <= step {
            pending.removeLast()
            if let buffer = last.buffer { pool.giveBack(buffer) }
        }
    }

    mutating func removeAllPending() {
        while let last = pending.popLast() {
            if let buffer = last.buffer { pool.giveBack(buffer) }
        }
    }
}
