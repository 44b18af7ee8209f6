/// Puts the entries of a pack in order: by place, then as trees of deltas.
struct PlanBuilder: ~Copyable {
    private let pack: PackFile
    // By position; see `PackPlan`.
    let order: PackOrder
    private(set) var parents: [UInt32]
    private(set) var states: [UInt8]
    /// Whether each base stands before all that is made from it, as git writes them.
    private var isEachBaseBefore = true

    private static let none = PackPlan.none
    /// A delta whose chain of bases has not been followed to its end.
    private static let unresolved: UInt8 = 0

    init(_ pack: PackFile) {
        self.pack = pack
        order = PackOrder(pack)
        parents = Array(repeating: Self.none, count: pack.count)
        states = Array(repeating: Self.unresolved, count: pack.count)
    }

    // MARK: Bases

    /// Reads all headers and finds what each entry is a difference to.
    mutating func linkBases() {
        let end = pack.end
        var released = UInt64(0)
        for position in parents.indices {
            let offset = order.offsets[position]
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
                let base = try base(header.base, of: offset)
                parents[position] = UInt32(base)
                if base >= position { isEachBaseBefore = false }
            } catch {
                states[position] = error.rawValue
            }
        }
    }

    @inline(__always)
    private func base(_ base: EntryHeader.Base, of offset: UInt64) throws(EntryProblem) -> Int {
        switch base {
        case .none: throw .badHeader
        case .distance(let distance):
            guard distance > 0, distance <= offset, let found = order.position(of: offset - distance) else {
                throw .baseOffset
            }
            return found
        case .id(let place):
            let id = UnsafeRawBufferPointer(rebasing: pack.file.bytes[place..<place + ObjectTable.idSize])
            guard let index = pack.objects.index(of: id) else { throw .baseNotInPack }
            guard let found = order.position(of: pack.objects.offset(index)) else { throw .baseOffset }
            return found
        }
    }

    // MARK: Order

    /// Lists all trees of deltas, each entry before what is made from it, and the largest of the trees below it last:
    /// where only the last one needs the base, not more bases are pending than the logarithm of the tree's size.
    mutating func orderWalk() -> (
        walk: [UInt32], subtreeCounts: [UInt32], kindSteps: [PackedKind: Range<Int>]
    ) {
        let listed = isEachBaseBefore ? nil : listBasesFirst()
        setStates(listed)
        let counts = subtreeCounts(listed)
        let largest = largestChildren(listed, counts)

        var nextSteps: [UInt8: UInt32] = [:]
        var kindSteps: [PackedKind: Range<Int>] = [:]
        var stepCount = 0
        let totals = kindCounts()
        for kind in [PackedKind.blob, .tree, .commit, .tag] {
            let total = totals[Int(kind.rawValue)]
            nextSteps[kind.rawValue] = UInt32(stepCount)
            kindSteps[kind] = stepCount..<stepCount + total
            stepCount += total
        }
        var starts = (0..<5).map { nextSteps[UInt8($0)] ?? 0 }
        var walk = [UInt32](repeating: 0, count: stepCount)
        var stepCounts = walk
        // Until an entry's turn comes its step, if it is the largest of its base's; after that the step of the next that is
        // made from it.
        var next = [UInt32](repeating: Self.none, count: parents.count)
        forEach(listed) { position in
            let state = states[position]
            guard PackedKind(rawValue: state) != nil else { return }
            let (parent, count) = (parents[position], counts[position])
            var step = next[position]
            if parent == Self.none {
                step = starts[Int(state)]
                starts[Int(state)] += count
            } else if step == Self.none {
                step = next[Int(parent)]
                next[Int(parent)] += count
            }
            walk[Int(step)] = UInt32(position)
            stepCounts[Int(step)] = count
            next[position] = step + 1
            let last = largest[position]
            if last != Self.none { next[Int(last)] = step + count - counts[Int(last)] }
        }
        return (walk, stepCounts, kindSteps)
    }

    /// Passes all entries, each after its base.
    ///
    /// - Parameter listed: `nil` if that is how they stand in the pack; otherwise those that a root leads to.
    @inline(__always)
    private func forEach(_ listed: [UInt32]?, _ body: (Int) -> Void) {
        if let listed {
            for position in listed { body(Int(position)) }
        } else {
            for position in parents.indices { body(position) }
        }
    }

    /// As `forEach`, each before its base.
    @inline(__always)
    private func forEachReversed(_ listed: [UInt32]?, _ body: (Int) -> Void) {
        if let listed {
            for position in listed.reversed() { body(Int(position)) }
        } else {
            for position in parents.indices.reversed() { body(position) }
        }
    }

    /// Whatever is made from an entry is of its kind, or as unreadable.
    private mutating func setStates(_ listed: [UInt32]?) {
        var states = states
        self.states = []
        forEach(listed) { position in
            let parent = parents[position]
            if parent == Self.none { return }
            let state = states[Int(parent)]
            states[position] = PackedKind(rawValue: state) != nil ? state : EntryProblem.baseUnreadable.rawValue
        }
        if listed != nil {
            // What no root leads to is a circle, or made from one.
            for position in states.indices where states[position] == Self.unresolved {
                states[position] = EntryProblem.baseCycle.rawValue
            }
        }
        self.states = states
    }

    /// For each entry how many are made from it, itself included.
    private func subtreeCounts(_ listed: [UInt32]?) -> [UInt32] {
        var counts = [UInt32](repeating: 1, count: parents.count)
        forEachReversed(listed) { position in
            let parent = parents[position]
            if parent != Self.none { counts[Int(parent)] += counts[position] }
        }
        return counts
    }

    /// For each entry, of those that are made from it itself, the last one of the largest trees.
    private func largestChildren(_ listed: [UInt32]?, _ counts: [UInt32]) -> [UInt32] {
        var largest = [UInt32](repeating: Self.none, count: parents.count)
        forEach(listed) { position in
            guard parents[position] != Self.none else { return }
            let parent = Int(parents[position])
            if largest[parent] == Self.none || counts[position] >= counts[Int(largest[parent])] {
                largest[parent] = UInt32(position)
            }
        }
        return largest
    }

    /// How many entries are of each kind, by its number.
    private func kindCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        for state in states { counts[Int(state)] += 1 }
        return counts
    }

    /// All entries that a root leads to, each after its base.
    private func listBasesFirst() -> [UInt32] {
        enum Mark { case unseen, inChain, listed, inCircle }
        var marks = [Mark](repeating: .unseen, count: parents.count)
        var listed: [UInt32] = []
        listed.reserveCapacity(parents.count)
        var chain: [UInt32] = []
        for start in parents.indices where marks[start] == .unseen {
            var position = UInt32(start)
            while position != Self.none, marks[Int(position)] == .unseen {
                marks[Int(position)] = .inChain
                chain.append(position)
                position = parents[Int(position)]
            }
            let hasRoot = position == Self.none || marks[Int(position)] == .listed
            while let last = chain.popLast() {
                marks[Int(last)] = hasRoot ? .listed : .inCircle
                if hasRoot { listed.append(last) }
            }
        }
        return listed
    }
}
