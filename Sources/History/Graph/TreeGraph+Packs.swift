import Bytes
internal import Dispatch
internal import Git
internal import PackFile
internal import Synchronization

extension TreeGraph {
    /// How many parts the trees of a pack are read in, however many threads there are: what is told of missing objects
    /// does not depend on their number.
    private static let unitsPerPack = 16

    /// Reads the trees that packs have, on several threads; what is in several packs, several times. Those that cannot
    /// be read there are left for later.
    ///
    /// - Parameters:
    ///   - exists: Whether an object that is in no pack is there; `nil` if that is not asked.
    ///   - wants: Which trees are wanted, by number; `nil`: all.
    ///   - rememberedCount: How many entries of trees each thread may remember; with fewer, more is read again.
    mutating func readPacks(
        jobs: Int, exists: (@Sendable (ObjectID) -> Bool)?, wants: (@Sendable (UInt32) -> Bool)?,
        rememberedCount: Int = TreeEntryStack.largestCount
    ) {
        guard let packed = numbers.packed else { return }
        let units = packed.plans.enumerated().flatMap { pack, plan in
            plan.workUnits(of: .tree, count: Self.unitsPerPack).map { (pack: pack, unit: $0) }
        }
        let targets = targets
        let next = Atomic<Int>(0)
        let readings = Mutex<[PackedTreeReading]>([])
        DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, units.count))) { _ in
            var reader = PackedTreeReader(packed, to: targets, exists: exists, rememberedCount: rememberedCount)
            var walkers: [Int: TreeWalkers] = [:]
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < units.count else { break }
                let (pack, unit) = units[number]
                let walker = walkers[pack] ?? TreeWalkers(packed.plans[pack])
                // The units of a pack come one after the other.
                walkers = [pack: walker]
                reader.read(unit, ofPack: pack, walker, wants: wants)
            }
            let reading = reader.finish()
            readings.withLock { $0.append(reading) }
        }
        for plan in packed.plans { plan.releasePages() }
        // One after the other is let go.
        while let reading = readings.withLock({ $0.popLast() }) { add(reading) }
    }
}
