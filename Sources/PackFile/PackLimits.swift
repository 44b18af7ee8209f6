/// How much memory and work a walk may take.
public struct PackLimits: Sendable {
    /// The largest object that is rebuilt, in bytes; at most 2³² − 1. Of larger ones only the beginning can be had.
    public var maximumObjectSize: Int {
        didSet { maximumObjectSize = min(maximumObjectSize, Int(UInt32.max)) }
    }
    /// How much of an object that is too large is shown, in bytes.
    public var beginningSize: Int
    /// What one walker's buffers may take, in bytes. An object, its base and the delta between them may take more
    /// if they must: the bound is the larger of this and what these three take.
    public var memoryBudget: Int
    /// How much of the pack may be in the process's memory at a time, in bytes, with all walkers of one pack together.
    /// Most of it can be had again for nothing, but bringing it in again and again takes time: a walk goes to and fro.
    public var residentBytes: Int

    /// What stays of a pack without a walker, too.
    public static let defaultResidentBytes = 32 << 20

    /// How much may be rebuilt a second time because it was dropped to stay in the budget: so many bytes, and so many
    /// times what was rebuilt the first time. More is only needed in a pack that was made to keep its reader busy.
    static let repeatedBytes = 1 << 30
    static let repeatedTimes = 8
    /// How many bytes the bases of a single object may have together.
    static let largestChainBytes = 16 << 30

    /// Limits, in bytes; what is not given is what a machine with little memory can have.
    public init(
        maximumObjectSize: Int = 128 << 20, beginningSize: Int = 64 << 10, memoryBudget: Int = 96 << 20,
        residentBytes: Int = defaultResidentBytes
    ) {
        self.maximumObjectSize = min(maximumObjectSize, Int(UInt32.max))
        self.beginningSize = beginningSize
        self.memoryBudget = memoryBudget
        self.residentBytes = residentBytes
    }
}
