/// Rebuilds the objects of a pack, each once, in the order of a plan: one walker for each worker.
///
/// An object is kept for as long as others are to be made from it. Few are pending at a time, since the largest tree
/// of deltas below an object comes last and takes its place: never more than the logarithm (of base 2) of the pack's
/// number of objects, however the trees look. If they take more than the budget all the same, those that are needed
/// last are dropped, and rebuilt when their turn comes.
public final class PackWalker {
    public let plan: PackPlan
    private let limits: PackLimits
    private var reader: EntryReader
    private var pool: BufferPool
    private var pieces = PieceList()
    /// Of objects that are rebuilt in between.
    private var chainPieces = PieceList()
    private var selection: Selection?

    /// An object from which others are to be made.
    private struct Pending {
        let position: UInt32
        /// The step after its tree.
        let end: Int
        /// `nil` if it was dropped or could not be rebuilt.
        var buffer: BufferPool.Buffer?
        var isLost = false
    }

    private var pending: [Pending] = []
    private var step = 0
    private var end = 0
    /// What the caller looks at until the next step.
    private var shown: [BufferPool.Buffer] = []
    private var rebuiltBytes = 0
    private var repeatedBytes = 0
    private var chain: [UInt32] = []

    /// - Parameter verifies: Whether each entry's CRC-32 and each object's id are checked. Without it, only the
    ///   checksum of the compressed data (Adler-32) is.
    public init(_ plan: PackPlan, limits: PackLimits = PackLimits(), verifies: Bool = false) {
        self.plan = plan
        self.limits = limits
        reader = EntryReader(plan, limits: limits, verifies: verifies)
        pool = BufferPool(budget: limits.memoryBudget)
    }

    deinit { reset() }

    /// The most memory that the walker's buffers took at any time, in bytes.
    public var peakBufferBytes: Int { pool.peak }
    /// How many bytes of objects were rebuilt, repetitions not counted.
    public var rebuiltByteCount: Int { rebuiltBytes }
    /// How many bytes of objects were rebuilt again, because they had been dropped or stand before the unit's start.
    public var repeatedByteCount: Int { repeatedBytes }

    // MARK: Walking

    /// Rebuilds the objects of a unit, each after its base.
    ///
    /// - Parameters:
    ///   - wants: Which objects are wanted; others are rebuilt only if a wanted one needs them, and not shown. Called
    ///     once for each object of the unit, before the first visit.
    ///   - visit: Is shown each wanted object, and what it returned for the object's base: `nil` if the base was not
    ///     wanted or could not be read, or if the unit starts between the two. It returns what it wants to be given
    ///     with the objects that are made from this one.
    @inlinable
    public func walk<State, Failure: Error>(
        _ unit: PackWorkUnit, wants: ((PackPlan.Entry) -> Bool)? = nil,
        visit: (PackStep, _ base: State?) throws(Failure) -> State?
    ) throws(Failure) {
        begin(unit, wants: wants)
        defer { reset() }
        var states: [State?] = []
        while let next = nextStep() {
            let base = next.baseSlot.flatMap { $0 < states.count ? states[$0] : nil }
            let state: State?
            if let shown = next.step { state = try visit(shown, base) } else { state = nil }
            while states.count <= next.slot { states.append(nil) }
            states[next.slot] = state
        }
    }

    @usableFromInline
    func reset() {
        giveBackShown()
        while let last = pending.popLast() {
            if let buffer = last.buffer { pool.giveBack(buffer) }
        }
        (step, end) = (0, 0)
        selection = nil
        // A caller may have a walker for each of many packs.
        pool.trim()
    }

    private func giveBackShown() {
        while let buffer = shown.popLast() { pool.giveBack(buffer) }
    }

    @usableFromInline
    func begin(_ unit: PackWorkUnit, wants: ((PackPlan.Entry) -> Bool)?) {
        reset()
        guard !unit.steps.isEmpty else { return }
        step = unit.steps.lowerBound
        end = unit.steps.upperBound
        if let wants { selection = Selection(plan, unit.steps, wants: wants) }
        // Bases that other units rebuild too; where their turn comes, they are taken for dropped.
        var ancestor = unit.firstRoot
        while ancestor < step {
            var child = ancestor + 1
            let ancestorEnd = ancestor + Int(plan.subtreeCounts[ancestor])
            while child + Int(plan.subtreeCounts[child]) <= step { child += Int(plan.subtreeCounts[child]) }
            let isNeededLater = child == step || child + Int(plan.subtreeCounts[child]) < ancestorEnd
            if isNeededLater { pending.append(Pending(position: plan.walk[ancestor], end: ancestorEnd)) }
            ancestor = child
        }
    }

    /// What happened in a step, and where the caller's states are.
    @usableFromInline
    struct Step {
        /// `nil` for an object that is not wanted.
        @usableFromInline let step: PackStep?
        @usableFromInline let baseSlot: Int?
        @usableFromInline let slot: Int
    }

    @usableFromInline
    func nextStep() -> Step? {
        giveBackShown()
        while step < end {
            let position = Int(plan.walk[step])
            let after = step + Int(plan.subtreeCounts[step])
            guard isNeeded(position) else {
                step = after
                continue
            }
            let current = step
            step += 1
            if step < end { plan.prefetch(Int(plan.walk[step])) }
            return take(position, current: current, after: after)
        }
        return nil
    }

    private func take(_ position: Int, current: Int, after: Int) -> Step {
        while let last = pending.last, last.end <= current {
            pending.removeLast()
            if let buffer = last.buffer { pool.giveBack(buffer) }
        }
        let outcome: Outcome
        var baseSlot: Int?
        if plan.parents[position] == PackPlan.none || pending.isEmpty {
            outcome = rebuild(position, onto: nil)
        } else {
            let slot = pending.count - 1
            baseSlot = slot
            outcome = rebuild(position, onto: slot)
            if !isNeeded(from: after, before: pending[slot].end) {
                let last = pending.removeLast()
                // The visitor still looks at it.
                if let buffer = last.buffer { shown.append(buffer) }
            }
        }
        let slot = pending.count
        let isNeededLater = isNeeded(from: current + 1, before: after)
        switch outcome {
        case .object(let buffer, _):
            if isNeededLater {
                pending.append(Pending(position: UInt32(position), end: after, buffer: buffer))
            } else {
                shown.append(buffer)
            }
        case .beginning(let buffer, _):
            shown.append(buffer)
            if isNeededLater { pending.append(Pending(position: UInt32(position), end: after, isLost: true)) }
        case .problem:
            if isNeededLater { pending.append(Pending(position: UInt32(position), end: after, isLost: true)) }
        }
        return Step(step: isWanted(position) ? show(outcome, position) : nil, baseSlot: baseSlot, slot: slot)
    }

    private enum Outcome {
        case object(BufferPool.Buffer, base: UnsafeRawBufferPointer?)
        case beginning(BufferPool.Buffer, size: UInt64?)
        case problem(EntryProblem)
    }

    private func show(_ outcome: Outcome, _ position: Int) -> PackStep {
        let entry = PackPlan.Entry(position: position)
        switch outcome {
        case .object(let buffer, let base):
            let base = base.map {
                PackedObject.Base(
                    entry: .init(position: Int(plan.parents[position])), content: $0, pieces: pieces.pieces)
            }
            return .object(PackedObject(entry: entry, content: buffer.bytes, base: base))
        case .beginning(let buffer, let size):
            return .beginning(PackedBeginning(entry: entry, size: size, content: buffer.bytes))
        case .problem(let problem):
            return .failure(entry, plan.error(problem, at: position))
        }
    }

    private func isWanted(_ position: Int) -> Bool { selection?.wanted.contains(position) ?? true }
    private func isNeeded(_ position: Int) -> Bool { selection?.needed.contains(position) ?? true }

    /// Whether anything between two steps, of which the first is below the same object as all others, is needed.
    private func isNeeded(from first: Int, before last: Int) -> Bool {
        let last = min(last, end)
        guard selection != nil else { return first < last }
        var step = first
        while step < last {
            if isNeeded(Int(plan.walk[step])) { return true }
            step += Int(plan.subtreeCounts[step])
        }
        return false
    }

    // MARK: Rebuilding

    private func rebuild(_ position: Int, onto slot: Int?) -> Outcome {
        do throws(EntryProblem) {
            var base: UnsafeRawBufferPointer?
            if let slot { base = try content(ofPending: slot) }
            let result = try reader.rebuild(
                position, base: base, isRepeated: false, pool: &pool, pieces: &pieces,
                makeRoom: { count, pool in makeRoom(for: count, keeping: slot, in: &pool) })
            switch result {
            case .whole(let buffer):
                rebuiltBytes += buffer.bytes.count
                return .object(buffer, base: base)
            case .beginning(let buffer, let size):
                return .beginning(buffer, size: size)
            }
        } catch {
            return .problem(error)
        }
    }

    /// Drops what is needed last: the nearest to the root, which is also the fastest to rebuild.
    private func makeRoom(for count: Int, keeping slot: Int?, in pool: inout BufferPool) {
        while pool.usedAfterTaking(count) > limits.memoryBudget,
            let dropped = pending.indices.first(where: { $0 != slot && pending[$0].buffer != nil }),
            let buffer = pending[dropped].buffer
        {
            pool.giveBack(buffer)
            pending[dropped].buffer = nil
        }
    }

    private func content(ofPending slot: Int) throws(EntryProblem) -> UnsafeRawBufferPointer {
        if let buffer = pending[slot].buffer { return buffer.bytes }
        guard !pending[slot].isLost else { throw .baseUnreadable }
        do throws(EntryProblem) {
            let buffer = try restore(slot)
            pending[slot].buffer = buffer
            return buffer.bytes
        } catch {
            pending[slot].isLost = true
            throw error == .rebuildLimit ? .rebuildLimit : .baseUnreadable
        }
    }

    /// Rebuilds what was dropped, from the nearest of its bases that was not.
    private func restore(_ slot: Int) throws(EntryProblem) -> BufferPool.Buffer {
        chain.removeAll(keepingCapacity: true)
        var position = pending[slot].position
        var start: Int?
        var candidate = slot - 1
        while start == nil, position != PackPlan.none {
            chain.append(position)
            position = plan.parents[Int(position)]
            guard candidate >= 0, pending[candidate].position == position else { continue }
            if pending[candidate].buffer != nil { start = candidate }
            candidate -= 1
        }
        let allowed = PackLimits.repeatedBytes + PackLimits.repeatedTimes * rebuiltBytes
        return try rebuildChain(onto: start) { size throws(EntryProblem) in
            repeatedBytes += size
            guard repeatedBytes <= allowed else { throw .rebuildLimit }
        }
    }

    /// Rebuilds the first object of `chain`, whose last one is made from a pending object or stored whole.
    private func rebuildChain(
        onto slot: Int?, isRepeated: Bool = true, count: (Int) throws(EntryProblem) -> Void
    ) throws(EntryProblem) -> BufferPool.Buffer {
        var last: BufferPool.Buffer?
        defer { if let last { pool.giveBack(last) } }
        for (index, position) in chain.enumerated().reversed() {
            let base = last?.bytes ?? slot.flatMap { pending[$0].buffer?.bytes }
            let result = try reader.rebuild(
                Int(position), base: base, isRepeated: isRepeated || index > 0, pool: &pool, pieces: &chainPieces,
                makeRoom: { count, pool in
                    if isRepeated { makeRoom(for: count, keeping: slot, in: &pool) }
                })
            if let last { pool.giveBack(last) }
            switch result {
            case .whole(let buffer): last = buffer
            case .beginning(let buffer, _):
                last = buffer
                throw .tooLarge
            }
            try count(last?.bytes.count ?? 0)
        }
        guard let made = last else { throw .badHeader }
        last = nil
        return made
    }

    // MARK: Single objects

    /// Rebuilds a single object with all its bases. May be called during a visit; where many are wanted, a walk is
    /// much faster.
    ///
    /// - Parameter body: Is lent the content.
    /// - Throws: Why it could not be rebuilt, or what `body` throws.
    public func read<Result>(
        _ entry: PackPlan.Entry, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        let buffer = try rebuildSingle(entry)
        defer { pool.giveBack(buffer) }
        return try body(buffer.bytes)
    }

    private func rebuildSingle(_ entry: PackPlan.Entry) throws(PackError) -> BufferPool.Buffer {
        do throws(EntryProblem) {
            if let problem = EntryProblem(rawValue: plan.states[entry.position]) { throw problem }
            chain.removeAll(keepingCapacity: true)
            var position = UInt32(entry.position)
            while position != PackPlan.none {
                chain.append(position)
                position = plan.parents[Int(position)]
            }
            var sum = 0
            return try rebuildChain(onto: nil, isRepeated: false) { size throws(EntryProblem) in
                sum += size
                guard sum <= PackLimits.largestChainBytes else { throw .rebuildLimit }
            }
        } catch {
            throw plan.error(error, at: entry.position)
        }
    }
}

/// Which objects of a unit are wanted, and which are needed for them.
private struct Selection {
    private(set) var wanted: BitSet
    private(set) var needed: BitSet

    init(_ plan: PackPlan, _ steps: Range<Int>, wants: (PackPlan.Entry) -> Bool) {
        wanted = BitSet(capacity: plan.count)
        needed = wanted
        for step in steps.reversed() {
            let position = Int(plan.walk[step])
            if wants(PackPlan.Entry(position: position)) {
                wanted.insert(position)
                needed.insert(position)
            }
            let parent = plan.parents[position]
            if parent != PackPlan.none, needed.contains(position) { needed.insert(Int(parent)) }
        }
    }
}
