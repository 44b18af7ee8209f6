/// Rebuilds the objects of a pack, each once, in the order of a plan: one walker for each worker.
///
/// An object is kept for as long as others are to be made from it. Few are pending at a time, since the largest tree
/// of deltas below an object comes last and takes its place: never more than the logarithm (of base 2) of the pack's
/// number of objects, however the trees look. If they take more than the budget all the same, those that are needed
/// last are dropped, and rebuilt when their turn comes.
public final class PackWalker {
    /// What it walks through.
    public let plan: PackPlan
    /// All that changes, in one value: each of many properties of an object would be guarded on its own.
    private var steps: WalkSteps

    /// - Parameter verifies: Whether each entry's CRC-32 and each object's id are checked. Without it, only the
    ///   checksum of the compressed data (Adler-32) is.
    package init(_ plan: PackPlan, limits: PackLimits = PackLimits(), verifies: Bool = false) {
        self.plan = plan
        steps = WalkSteps(plan, limits: limits, verifies: verifies)
    }

    deinit {
        reset()
        // What comes after may need the memory for other things.
        plan.pack.file.releasePages(ifMoreThan: PackLimits.defaultResidentBytes)
    }

    /// The most memory that the walker's buffers took at any time, in bytes.
    package var peakBufferBytes: Int { steps.memory.pool.peak }
    /// How many bytes of objects were rebuilt, repetitions not counted.
    package var rebuiltByteCount: Int { steps.rebuiltBytes }
    /// How many bytes of objects were rebuilt again, because they had been dropped or stand before the unit's start.
    package var repeatedByteCount: Int { steps.repeatedBytes }

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
    func reset() { steps.reset() }

    @usableFromInline
    func begin(_ unit: PackWorkUnit, wants: ((PackPlan.Entry) -> Bool)?) {
        steps.begin(unit, wants: wants)
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
    func nextStep() -> Step? { steps.next() }

    // MARK: Single objects

    /// Rebuilds a single object with all its bases. May be called during a visit; where many are wanted, a walk is
    /// much faster.
    ///
    /// - Parameter body: Is lent the content.
    /// - Throws: Why it could not be rebuilt, or what `body` throws.
    package func read<Result>(
        _ entry: PackPlan.Entry, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        let buffer = try steps.rebuildSingle(entry)
        defer { steps.memory.pool.giveBack(buffer) }
        return try body(buffer.bytes)
    }
}
