/// The objects of a pack in the order of their places, and where in that order a place is.
///
/// Places are dense: the pack is taken for as many parts as it has objects, hardly any of which has more than a few. So
/// nothing is compared with what is far away, neither to sort them nor to find one.
struct PackOrder: ~Copyable {
    /// Where each object starts, in bytes.
    let offsets: [UInt64]
    /// Their places in the index.
    let indexes: [UInt32]
    /// For each part how many objects start before its end.
    private let ends: [UInt32]
    /// The size of a part is a power of two: this one.
    private let shift: UInt64

    /// More in one part are sorted as if nothing were known of them: no pack that git wrote has such.
    private static let largestPartCount = 64

    init(_ pack: PackFile) {
        let count = pack.count
        var shift: UInt64 = 0
        while pack.end >> Int(shift) >= max(count, 1) { shift += 1 }
        let last = max(0, pack.end >> Int(shift))
        self.shift = shift

        var ends = [UInt32](repeating: 0, count: last + 1)
        ends.withUnsafeMutableBufferPointer { ends in
            for index in 0..<count { ends[Self.part(pack.objects.offset(index), shift, last)] += 1 }
            var sum: UInt32 = 0
            for part in 0...last { (ends[part], sum) = (sum, sum + ends[part]) }
        }
        var indexes: [UInt32] = []
        offsets = [UInt64](unsafeUninitializedCapacity: count) { offsets, initialized in
            indexes = [UInt32](unsafeUninitializedCapacity: count) { indexes, initialized in
                ends.withUnsafeMutableBufferPointer { ends in
                    // What was the start of each part is its end when all of it are there.
                    for index in 0..<count {
                        let offset = pack.objects.offset(index)
                        let part = Self.part(offset, shift, last)
                        offsets[Int(ends[part])] = offset
                        indexes[Int(ends[part])] = UInt32(index)
                        ends[part] += 1
                    }
                    Self.sort(offsets, indexes, inPartsEndingAt: UnsafeBufferPointer(ends))
                }
                initialized = count
            }
            initialized = count
        }
        self.indexes = indexes
        self.ends = ends
    }

    /// An index may name places behind the end of the pack; they are taken for its last part.
    @inline(__always)
    private static func part(_ offset: UInt64, _ shift: UInt64, _ last: Int) -> Int {
        Int(min(offset >> shift, UInt64(last)))
    }

    /// Sorts what is in each part; of the same place, what comes first in the index.
    private static func sort(
        _ offsets: UnsafeMutableBufferPointer<UInt64>, _ indexes: UnsafeMutableBufferPointer<UInt32>,
        inPartsEndingAt ends: UnsafeBufferPointer<UInt32>
    ) {
        var start = 0
        for end in ends {
            let end = Int(end)
            defer { start = end }
            guard end - start <= largestPartCount else {
                let sorted = (start..<end).map { (offset: offsets[$0], index: indexes[$0]) }
                    .sorted { ($0.offset, $0.index) < ($1.offset, $1.index) }
                for (place, entry) in sorted.enumerated() {
                    (offsets[start + place], indexes[start + place]) = (entry.offset, entry.index)
                }
                continue
            }
            var next = start + 1
            while next < end {
                let (offset, index) = (offsets[next], indexes[next])
                var place = next
                while place > start, offsets[place - 1] > offset {
                    (offsets[place], indexes[place]) = (offsets[place - 1], indexes[place - 1])
                    place -= 1
                }
                (offsets[place], indexes[place]) = (offset, index)
                next += 1
            }
        }
    }

    /// Which object starts at a place, the first of them if the index has several there.
    @inline(__always)
    func position(of offset: UInt64) -> Int? {
        let part = Self.part(offset, shift, ends.count - 1)
        var low = part == 0 ? 0 : Int(ends[part - 1])
        var high = Int(ends[part])
        let limit = high
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low < limit && offsets[low] == offset ? low : nil
    }
}
