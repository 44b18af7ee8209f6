/// Puts the entries of a pack in order: by place, then as trees of deltas.
struct PlanBuilder {
    private let pack: PackFile
    // By position; see `PackPlan`.
    private(set) var offsets: [UInt64]
    private(set) var indexes: [UInt32]
    private(set) var parents: [UInt32]
    private(set) var states: [UInt8]

    private static let none = PackPlan.none
    /// A delta whose chain of bases has not been followed to its end.
    private static let unresolved: UInt8 = 0

    init(_ pack: PackFile) {
        self.pack = pack
        offsets = (0..<pack.count).map { pack.objects.offset($0) }
        indexes = (0..<pack.count).map { UInt32($0) }
        Self.sort(&offsets, with: &indexes)
        parents = Array(repeating: Self.none, count: offsets.count)
        states = Array(repeating: Self.unresolved, count: offsets.count)
    }

    /// Sorts by eleven bits at a time, least first: offsets are dense, and there are many.
    private static func sort(_ keys: inout [UInt64], with values: inout [UInt32]) {
        var otherKeys = keys
        var otherValues = values
        var largest = keys.max() ?? 0
        var shift: UInt64 = 0
        while largest > 0 {
            var starts = [Int](repeating: 0, count: 2048)
            for key in keys { starts[Int(key >> shift & 2047)] += 1 }
            var sum = 0
            for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
            for (key, value) in zip(keys, values) {
                let digit = Int(key >> shift & 2047)
                otherKeys[starts[digit]] = key
                otherValues[starts[digit]] = value
                starts[digit] += 1
            }
            swap(&keys, &otherKeys)
            swap(&values, &otherValues)
            largest >>= 11
            shift += 11
        }
    }

    // MARK: Bases

    /// Reads all headers and finds what each entry is a difference to.
    mutating func linkBases() {
        let end = pack.end
        var released = UInt64(0)
        for position in offsets.indices {
            let offset = offsets[position]
            if offset &- released > 32 << 20, offset < UInt64(end) {
                pack.file.releasePages()
                released = offset
            }
            guard offset >= 12, offset < UInt64(end) else {
                states[position] = EntryProblem.outsidePack.rawValue
                continue
            }
            guard let header = EntryHeader(pack.file.bytes, at: Int(offset), end: end) else {
                states[position] = EntryProblem.badHeader.rawValue
                continue
            }
            if let kind = header.kind {
                states[position] = kind.rawValue
                continue
            }
            do throws(EntryProblem) {
                parents[position] = UInt32(try base(header.base, of: position))
            } catch {
                states[position] = error.rawValue
            }
        }
    }

    private func base(_ base: EntryHeader.Base, of position: Int) throws(EntryProblem) -> Int {
        switch base {
        case .none: throw .badHeader
        case .distance(let distance):
            guard distance > 0, distance <= offsets[position],
                let found = positionBefore(position, at: offsets[position] - distance)
            else { throw .baseOffset }
            return found
        case .id(let place):
            let id = UnsafeRawBufferPointer(rebasing: pack.file.bytes[place..<place + ObjectTable.idSize])
            guard let index = pack.objects.index(of: id) else { throw .baseNotInPack }
            guard let found = Self.position(of: pack.objects.offset(index), in: offsets) else { throw .baseOffset }
            return found
        }
    }

    /// Bases mostly stand close before what is made from them: steps back that double come faster to them than halving.
    private func positionBefore(_ position: Int, at offset: UInt64) -> Int? {
        var high = position
        var step = 1
        while high - step > 0, offsets[high - step] > offset {
            high -= step
            step *= 2
        }
        return Self.position(of: offset, in: offsets, range: max(0, high - step)..<high)
    }

    static func position(of offset: UInt64, in offsets: [UInt64], range: Range<Int>? = nil) -> Int? {
        var low = range?.lowerBound ?? 0
        var high = range?.upperBound ?? offsets.count
        let limit = high
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low < limit && offsets[low] == offset ? low : nil
    }

    // MARK: Order

    /// Lists all trees of deltas, each entry before what is made from it, and the largest of the trees below it last:
    /// where only the last one needs the base, not more bases are pending than the logarithm of the tree's size.
    mutating func orderWalk() -> (
        walk: [UInt32], subtreeCounts: [UInt32], kindSteps: [PackedKind: Range<Int>]
    ) {
        var tree = DeltaTrees(parents: parents)
        var walk: [UInt32] = []
        walk.reserveCapacity(parents.count)
        for root in parents.indices where parents[root] == Self.none {
            let state = states[root]
            let isReadable = PackedKind(rawValue: state) != nil
            let start = walk.count
            tree.appendWalk(from: UInt32(root), parents: parents, to: &walk)
            for member in walk[start...].dropFirst() {
                states[Int(member)] = isReadable ? state : EntryProblem.baseUnreadable.rawValue
            }
        }
        // What no root leads to is a circle, or made from one.
        for position in states.indices where states[position] == Self.unresolved {
            states[position] = EntryProblem.baseCycle.rawValue
        }

        var counts = [UInt32](repeating: 1, count: parents.count)
        for position in walk.reversed() where parents[Int(position)] != Self.none {
            counts[Int(parents[Int(position)])] += counts[Int(position)]
        }
        tree.moveLargestLast(counts: counts)

        walk.removeAll(keepingCapacity: true)
        var kindSteps: [PackedKind: Range<Int>] = [:]
        for kind in [PackedKind.blob, .tree, .commit, .tag] {
            let start = walk.count
            for root in parents.indices where parents[root] == Self.none && states[root] == kind.rawValue {
                tree.appendWalk(from: UInt32(root), parents: parents, to: &walk)
            }
            kindSteps[kind] = start..<walk.count
        }
        // By position until now; the links are no longer needed, and their memory is taken for the result.
        var subtreeCounts = tree.takeLinks()
        for (step, position) in walk.enumerated() { subtreeCounts[step] = counts[Int(position)] }
        subtreeCounts.removeLast(subtreeCounts.count - walk.count)
        return (walk, subtreeCounts, kindSteps)
    }
}

/// Which entries are made from which, as lists.
private struct DeltaTrees {
    private var firstChild: [UInt32]
    private var nextSibling: [UInt32]
    private static let none = PackPlan.none

    init(parents: [UInt32]) {
        firstChild = Array(repeating: Self.none, count: parents.count)
        nextSibling = Array(repeating: Self.none, count: parents.count)
        // Backwards, so that the lists are in the order of the pack.
        for position in parents.indices.reversed() where parents[position] != Self.none {
            let parent = Int(parents[position])
            nextSibling[position] = firstChild[parent]
            firstChild[parent] = UInt32(position)
        }
    }

    /// Appends a tree, each entry before what is made from it. Trees can be as deep as a pack has entries, so this
    /// goes along the links instead of calling itself.
    func appendWalk(from root: UInt32, parents: [UInt32], to walk: inout [UInt32]) {
        var current = root
        while true {
            walk.append(current)
            if firstChild[Int(current)] != Self.none {
                current = firstChild[Int(current)]
                continue
            }
            while current != root, nextSibling[Int(current)] == Self.none { current = parents[Int(current)] }
            if current == root { return }
            current = nextSibling[Int(current)]
        }
    }

    mutating func moveLargestLast(counts: [UInt32]) {
        for parent in firstChild.indices {
            var child = firstChild[parent]
            guard child != Self.none, nextSibling[Int(child)] != Self.none else { continue }
            var previous = Self.none
            var (largest, beforeLargest) = (child, previous)
            while child != Self.none {
                if counts[Int(child)] >= counts[Int(largest)] { (largest, beforeLargest) = (child, previous) }
                (previous, child) = (child, nextSibling[Int(child)])
            }
            guard previous != largest else { continue }
            if beforeLargest == Self.none {
                firstChild[parent] = nextSibling[Int(largest)]
            } else {
                nextSibling[Int(beforeLargest)] = nextSibling[Int(largest)]
            }
            nextSibling[Int(previous)] = largest
            nextSibling[Int(largest)] = Self.none
        }
    }

    mutating func takeLinks() -> [UInt32] {
        firstChild = []
        defer { nextSibling = [] }
        return nextSibling
    }
}
