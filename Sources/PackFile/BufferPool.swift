internal import Platform

/// The memory of a walk: buffers of objects, used again and again, and a count of what they take. Behind each there is
/// room for `Inflater.outputSlack` more bytes.
struct BufferPool: ~Copyable {
    struct Buffer {
        fileprivate(set) var start: UnsafeMutableRawPointer
        fileprivate(set) var capacity: Int
        fileprivate(set) var count: Int

        var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
        var mutableBytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: count) }

        mutating func shorten(to count: Int) { self.count = min(count, self.count) }
    }

    /// Kept for later; the last one given back is the warmest in the processor's caches.
    private var free: [Buffer] = []
    /// What buffers in use take, in bytes.
    private(set) var used = 0
    /// What buffers kept for later take, in bytes.
    private(set) var kept = 0
    /// The most that both together took.
    private(set) var peak = 0
    /// How much both together may take; buffers that are needed are given out all the same.
    let budget: Int

    private static let largestCountKept = 16
    private static let restBytes = 1 << 20

    init(budget: Int) { self.budget = budget }

    deinit { for buffer in free { buffer.start.deallocate() } }

    /// What taking so many bytes would make of `used`.
    func usedAfterTaking(_ count: Int) -> Int { used + Self.capacity(for: count) }

    mutating func take(_ count: Int) -> Buffer {
        let capacity = Self.capacity(for: count)
        if let last = free.last, last.capacity == capacity {
            free.removeLast()
            return use(last, count)
        }
        var best: Int?
        for index in free.indices.reversed() where free[index].capacity >= count + Inflater.outputSlack {
            // Not a large one for a small object, or the large object will need another.
            guard free[index].capacity <= 4 * max(count, 16384) else { continue }
            if let known = best, free[known].capacity <= free[index].capacity { continue }
            best = index
        }
        if let best { return use(free.remove(at: best), count) }
        while !free.isEmpty, used + kept + capacity > budget { drop() }
        let start = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        used += capacity
        peak = max(peak, used + kept)
        return Buffer(start: start, capacity: capacity, count: count)
    }

    private mutating func use(_ buffer: Buffer, _ count: Int) -> Buffer {
        kept -= buffer.capacity
        used += buffer.capacity
        return Buffer(start: buffer.start, capacity: buffer.capacity, count: count)
    }

    mutating func giveBack(_ buffer: Buffer) {
        used -= buffer.capacity
        kept += buffer.capacity
        free.append(buffer)
        while free.count > Self.largestCountKept || (!free.isEmpty && used + kept > budget) { drop() }
    }

    /// Lets go of what is kept for later, to a small rest.
    mutating func trim() {
        while kept > Self.restBytes { drop() }
    }

    private mutating func drop() {
        let buffer = free.removeFirst()
        kept -= buffer.capacity
        buffer.start.deallocate()
    }

    /// In steps of an eighth to a quarter, so that objects that grow a little find a buffer.
    private static func capacity(for size: Int) -> Int {
        let count = size + Inflater.outputSlack
        guard count > 4096 else { return 4096 }
        let step = 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount - 3)
        return (count + step - 1) / step * step
    }
}
