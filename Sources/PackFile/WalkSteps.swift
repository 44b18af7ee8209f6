/// The steps of a walk, and what is kept between them; see `PackWalker`.
struct WalkSteps: ~Copyable {
    private let plan: PackPlan
    private let reader: EntryReader
    var memory: WalkMemory
    private var pieces = PieceList()
    /// Of objects that are rebuilt in between.
    private var chainPieces = PieceList()
    private var selection: Selection?
    private var step = 0
    private var end = 0
    /// What the caller looks at until the next step.
    private var shown: [BufferPool.Buffer] = []
    private(set) var rebuiltBytes = 0
    private(set) var repeatedBytes = 0
    private var chain: [UInt32] = []

    init(_ plan: PackPlan, limits: PackLimits, verifies: Bool) {
        self.plan = plan
        reader = EntryReader(plan, limits: limits, verifies: verifies)
        memory = WalkMemory(budget: limits.memoryBudget)
    }

    mutating func reset() {
        giveBackShown()
        memory.removeAllPending()
        (step, end) = (0, 0)
        selection = nil
        // A caller may have a walker for each of many packs.
        memory.pool.trim()
    }

    private mutating func giveBackShown() {
        while let buffer = shown.popLast() { memory.pool.giveBack(buffer) }
    }

    mutating func begin(_ unit: PackWorkUnit, wants: ((PackPlan.Entry) -> Bool)?) {
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
            if isNeededLater { memory.pending.append(.init(position: plan.walk[ancestor], end: ancestorEnd)) }
            ancestor = child
        }
    }

    mutating func next() -> PackWalker.Step? {
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

    private mutating func take(_ position: Int, current: Int, after: Int) -> PackWalker.Step {
        memory.removePending(endingAt: current)
        let outcome: Outcome
        var baseSlot: Int?
        if plan.parents[position] == PackPlan.none || memory.pending.isEmpty {
            outcome = rebuild(position, onto: nil)
        } else {
            let slot = memory.pending.count - 1
            baseSlot = slot
            outcome = rebuild(position, onto: slot)
            if !isNeeded(from: after, before: memory.pending[slot].end) {
                let last = memory.pending.removeLast()
                // The visitor still looks at it.
                if let buffer = last.buffer { shown.append(buffer) }
            }
        }
        let slot = memory.pending.count
        let isNeededLater = isNeeded(from: current + 1, before: after)
        switch outcome {
        case .object(let buffer, _):
            if isNeededLater {
                memory.pending.append(.init(position: UInt32(position), end: after, buffer: buffer))
            } else {
                shown.append(buffer)
            }
        case .beginning(let buffer, _):
            shown.append(buffer)
            if isNeededLater { memory.pending.append(.init(position: UInt32(position), end: after, isLost: true)) }
        case .problem:
            if isNeededLater { memory.pending.append(.init(position: UInt32(position), end: after, isLost: true)) }
        }
        return PackWalker.Step(
            step: isWanted(position) ? show(outcome, position) : nil, baseSlot: baseSlot, slot: slot)
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

    private mutating func rebuild(_ position: Int, onto slot: Int?) -> Outcome {
        do throws(EntryProblem) {
            var base: UnsafeRawBufferPointer?
            if let slot { base = try content(ofPending: slot) }
            memory.slotInUse = slot
            let result = try reader.rebuild(position, base: base, isRepeated: false, memory: &memory, pieces: &pieces)
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

    private mutating func content(ofPending slot: Int) throws(EntryProblem) -> UnsafeRawBufferPointer {
        if let buffer = memory.pending[slot].buffer { return buffer.bytes }
        guard !memory.pending[slot].isLost else { throw .baseUnreadable }
        do throws(EntryProblem) {
            let buffer = try restore(slot)
            memory.pending[slot].buffer = buffer
            return buffer.bytes
        } catch {
            memory.pending[slot].isLost = true
            throw error == .rebuildLimit ? .rebuildLimit : .baseUnreadable
        }
    }

    /// Rebuilds what was dropped, from the nearest of its bases that was not.
    private mutating func restore(_ slot: Int) throws(EntryProblem) -> BufferPool.Buffer {
        chain.removeAll(keepingCapacity: true)
        var position = memory.pending[slot].position
        var start: Int?
        var candidate = slot - 1
        while start == nil, position != PackPlan.none {
            chain.append(position)
            position = plan.parents[Int(position)]
            guard candidate >= 0, memory.pending[candidate].position == position else { continue }
            if memory.pending[candidate].buffer != nil { start = candidate }
            candidate -= 1
        }
        memory.slotInUse = start
        return try rebuildChain(
            onto: start, isRepeated: true,
            largestSum: PackLimits.repeatedBytes + PackLimits.repeatedTimes * rebuiltBytes - repeatedBytes)
    }

    /// Rebuilds the first object of `chain`, whose last one is made from a pending object or stored whole.
    ///
    /// - Parameter largestSum: How many bytes all that is rebuilt may have together.
    private mutating func rebuildChain(
        onto slot: Int?, isRepeated: Bool, largestSum: Int
    ) throws(EntryProblem) -> BufferPool.Buffer {
        var last: BufferPool.Buffer?
        var sum = 0
        defer { if let last { memory.pool.giveBack(last) } }
        for (index, position) in chain.enumerated().reversed() {
            let base = last?.bytes ?? slot.flatMap { memory.pending[$0].buffer?.bytes }
            let result = try reader.rebuild(
                Int(position), base: base, isRepeated: isRepeated || index > 0, memory: &memory, pieces: &chainPieces)
            if let last { memory.pool.giveBack(last) }
            switch result {
            case .whole(let buffer): last = buffer
            case .beginning(let buffer, _):
                last = buffer
                throw .tooLarge
            }
            let size = last?.bytes.count ?? 0
            sum += size
            if isRepeated { repeatedBytes += size }
            guard sum <= largestSum else { throw .rebuildLimit }
        }
        guard let made = last else { throw .badHeader }
        last = nil
        return made
    }

    // MARK: Single objects

    /// Rebuilds an object with all its bases; the caller gives its buffer back.
    mutating func rebuildSingle(_ entry: PackPlan.Entry) throws(PackError) -> BufferPool.Buffer {
        // What a walk keeps stays: it goes on afterwards.
        memory.keepsAll = true
        defer { memory.keepsAll = false }
        do throws(EntryProblem) {
            if let problem = EntryProblem(rawValue: plan.states[entry.position]) { throw problem }
            chain.removeAll(keepingCapacity: true)
            var position = UInt32(entry.position)
            while position != PackPlan.none {
                chain.append(position)
                position = plan.parents[Int(position)]
            }
            return try rebuildChain(onto: nil, isRepeated: false, largestSum: PackLimits.largestChainBytes)
        } catch {
            throw plan.error(error, at: entry.position)
        }
    }
}

/// Which objects of a unit are wanted, and which are needed for them.
private struct Selection {
    private(set) var wanted: BitSet
    private(set) var needed: BitSet

    /// - Returns: `nil` if all are wanted.
    init?(_ plan: PackPlan, _ steps: Range<Int>, wants: (PackPlan.Entry) -> Bool) {
        var step = steps.upperBound
        while step > steps.lowerBound, wants(PackPlan.Entry(position: Int(plan.walk[step - 1]))) { step -= 1 }
        if step == steps.lowerBound { return nil }

        wanted = BitSet(capacity: plan.count)
        needed = wanted
        for step in (step..<steps.upperBound).reversed() { insert(Int(plan.walk[step]), plan, isWanted: true) }
        // The one before has been asked for.
        step -= 1
        insert(Int(plan.walk[step]), plan, isWanted: false)
        while step > steps.lowerBound {
            step -= 1
            let position = Int(plan.walk[step])
            insert(position, plan, isWanted: wants(PackPlan.Entry(position: position)))
        }
    }

    private mutating func insert(_ position: Int, _ plan: PackPlan, isWanted: Bool) {
        if isWanted {
            wanted.insert(position)
            needed.insert(position)
        }
        let parent = plan.parents[position]
        if parent != PackPlan.none, needed.contains(position) { needed.insert(Int(parent)) }
    }
}
