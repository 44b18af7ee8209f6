/// Rebuilds the objects of a pack as `PackWalker` does, where they are small and many, as trees and commits are: with hundreds
/// of thousands of them, what is done for each is felt. One for each worker.
///
/// What is pending stands one after the other in one piece of memory. What is too large for that, or cannot be rebuilt, is
/// left, with all that is made from it, for a `PackWalker`.
public struct SmallObjectWalker: ~Copyable {
    private let plan: PackPlan
    // Of the plan; from there each of them would be counted anew for every object.
    private let order: [UInt32]
    private let subtreeCounts: [UInt32]
    private let parents: [UInt32]
    private let file: MappedFile
    private let inflater = Inflater()
    private var pieces = PieceList()
    private var memory: ByteStack
    /// The instructions of a delta.
    private let instructions = UnsafeMutableRawPointer.allocate(
        byteCount: largestSize + Inflater.outputSlack, alignment: 16)

    /// An object from which others are to be made.
    private struct Pending {
        /// The step after its tree.
        let end: Int
        /// Where it is in the memory.
        var bytes: Range<Int>
    }

    private var pending: [Pending] = []
    private var steps = 0..<0
    private var step = 0
    /// The step of the tree's first object.
    private var root = 0
    /// The base of the object that was shown last, if nothing else is made from it.
    private var done: Range<Int>?
    private var left: [PackWorkUnit] = []

    /// Of an object, or of a delta, in bytes.
    static let largestSize = 1 << 20
    /// So many steps before its own an entry is fetched: what is strewn over a pack has to come from far.
    private static let lookahead = 4

    private let residentBytes: Int

    /// - Parameter residentBytes: How much of the pack may be in the process's memory, as in `PackLimits`: small objects that
    ///   are made from each other are strewn over a pack.
    public init(_ plan: PackPlan, residentBytes: Int = PackLimits.defaultResidentBytes) {
        self.plan = plan
        order = plan.walk
        subtreeCounts = plan.subtreeCounts
        parents = plan.parents
        file = plan.pack.file
        self.residentBytes = residentBytes
        memory = ByteStack(slack: Inflater.outputSlack)
    }

    deinit { instructions.deallocate() }

    /// Rebuilds the objects of a unit, each after its base.
    ///
    /// - Parameter visit: Is shown each object, and what it returned for the object's base: `nil` if that was left, or if
    ///   the unit starts between the two. It returns what it wants to be given with the objects that are made from this one.
    /// - Returns: What is left.
    @inlinable
    public mutating func walk<State>(
        _ unit: PackWorkUnit, visit: (PackedObject, _ base: State?) -> State?
    ) -> [PackWorkUnit] {
        begin(unit)
        var states: [State?] = []
        while let next = nextStep() {
            let state = visit(next.object, next.baseSlot.flatMap { $0 < states.count ? states[$0] : nil })
            while states.count <= next.slot { states.append(nil) }
            states[next.slot] = state
        }
        return finish()
    }

    /// What happened in a step, and where the caller's states are.
    @usableFromInline
    struct Step {
        @usableFromInline let object: PackedObject
        @usableFromInline let baseSlot: Int?
        @usableFromInline let slot: Int
    }

    @usableFromInline
    mutating func begin(_ unit: PackWorkUnit) {
        (steps, step, root) = (unit.steps, unit.steps.lowerBound, unit.firstRoot)
        guard unit.firstRoot < step else { return }
        // The bases of what comes first are in another unit.
        let end = min(unit.firstRoot + Int(plan.subtreeCounts[unit.firstRoot]), steps.upperBound)
        leave(to: end)
    }

    @usableFromInline
    mutating func finish() -> [PackWorkUnit] {
        pending.removeAll(keepingCapacity: true)
        done = nil
        defer { left = [] }
        return left
    }

    private mutating func leave(to end: Int) {
        left.append(PackWorkUnit(steps: step..<end, firstRoot: root))
        step = end
    }

    @usableFromInline
    mutating func nextStep() -> Step? {
        while step < steps.upperBound {
            if let done { closeGap(done) }
            done = nil
            while let last = pending.last, last.end <= step { pending.removeLast() }
            if step + Self.lookahead < steps.upperBound { plan.prefetch(Int(order[step + Self.lookahead])) }
            let position = Int(order[step])
            let after = min(step + Int(subtreeCounts[step]), steps.upperBound)
            let parent = parents[position]
            let isDelta = parent != PackPlan.none
            if !isDelta { root = step }
            let base = isDelta ? pending.last?.bytes : nil
            let start = pending.last?.bytes.upperBound ?? 0
            guard isDelta == (base != nil), let count = rebuild(position, base, to: start) else {
                leave(to: after)
                continue
            }
            let baseSlot = base == nil ? nil : pending.count - 1
            if let last = pending.last, last.end <= after {
                pending.removeLast()
                done = last.bytes
            }
            let slot = pending.count
            step += 1
            if step < after { pending.append(Pending(end: after, bytes: start..<start + count)) }
            let object = PackedObject(
                entry: .init(position: position), content: memory.bytes(start..<start + count),
                base: base.map {
                    .init(
                        entry: .init(position: Int(parent)), content: memory.bytes($0),
                        pieces: pieces.pieces)
                })
            return Step(object: object, baseSlot: baseSlot, slot: slot)
        }
        return nil
    }

    /// In a long chain, what stands above bases that are done with is moved down once in a while.
    private mutating func closeGap(_ gap: Range<Int>) {
        guard let last = pending.last, last.bytes.lowerBound == gap.upperBound else { return }
        let start = pending.count > 1 ? pending[pending.count - 2].bytes.upperBound : 0
        guard last.bytes.lowerBound - start > Self.largestSize else { return }
        memory.move(last.bytes, to: start)
        pending[pending.count - 1].bytes = start..<start + last.bytes.count
    }

    // MARK: Rebuilding

    /// - Returns: The size of the object, which starts at a place of the memory now; `nil` if this walker cannot rebuild it.
    private mutating func rebuild(_ position: Int, _ base: Range<Int>?, to start: Int) -> Int? {
        guard let entry = try? StoredEntry(plan, position: position, isDelta: base != nil),
            entry.header.size <= UInt64(Self.largestSize)
        else { return nil }
        defer { file.noteRead(entry.range, limit: residentBytes) }
        let size = Int(entry.header.size)
        guard let base else {
            guard memory.makeRoom(start + size) else { return nil }
            return inflate(entry, into: memory.mutableBytes(start..<start + size)) ? size : nil
        }
        guard inflate(entry, into: UnsafeMutableRawBufferPointer(start: instructions, count: size)),
            let delta = try? Delta(UnsafeRawBufferPointer(start: instructions, count: size)),
            delta.resultSize <= UInt64(Self.largestSize), memory.makeRoom(start + Int(delta.resultSize)),
            (try? delta.check(baseCount: base.count, pieces: &pieces)) != nil
        else { return nil }
        let result = start..<start + Int(delta.resultSize)
        delta.apply(base: memory.bytes(base), into: memory.mutableBytes(result))
        return result.count
    }

    private func inflate(_ entry: StoredEntry, into output: UnsafeMutableRawBufferPointer) -> Bool {
        inflater.inflate(
            entry.stream, inputSlack: entry.inputSlack, into: output, outputSlack: Inflater.outputSlack) != nil
    }
}

/// One piece of memory for objects that stand one after the other.
private struct ByteStack: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private var capacity: Int
    private let slack: Int

    /// More is not taken: what is large is somebody else's.
    private static let largestCapacity = 32 << 20

    /// - Parameter slack: How many bytes can be written behind the last one.
    init(slack: Int) {
        self.slack = slack
        capacity = 1 << 20
        start = .allocate(byteCount: capacity + slack, alignment: 16)
    }

    deinit { start.deallocate() }

    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    func mutableBytes(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    func move(_ range: Range<Int>, to place: Int) {
        (start + place).copyMemory(from: start + range.lowerBound, byteCount: range.count)
    }

    /// Makes room up to a place. What is there may move.
    mutating func makeRoom(_ end: Int) -> Bool {
        guard end > capacity else { return true }
        guard end <= Self.largestCapacity else { return false }
        let larger = max(end, 2 * capacity)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger + slack, alignment: 16)
        moved.copyMemory(from: start, byteCount: capacity)
        start.deallocate()
        (start, capacity) = (moved, larger)
        return true
    }
}
