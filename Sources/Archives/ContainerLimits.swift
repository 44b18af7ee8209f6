internal import Synchronization

/// How much is taken out of one container, what is in the containers in it included: a few kilobytes can stand for petabytes.
package struct ContainerLimits: Sendable {
    /// How many containers deep; 0: none is opened.
    package var depth: Int
    /// How many bytes of members are held at once.
    package var maximumHeldBytes: Int
    /// How many bytes are taken out.
    package var maximumBytes: Int
    /// How many bytes are taken out of a container for each of its own, once `free` bytes were.
    package var maximumRatio = 15
    package var free = 64 << 20
    package var maximumMembers = 100_000
    package var maximumTime = Duration.seconds(60)
    /// What several containers share; `nil`: each has its own limits alone.
    package var allowance: ByteAllowance?

    /// - Parameter maximumFileSize: Of a file that is read, in bytes.
    package init(depth: Int, maximumFileSize: Int) {
        self.depth = depth
        maximumHeldBytes = maximumFileSize
        let (bytes, isOverflow) = maximumFileSize.multipliedReportingOverflow(by: 4)
        maximumBytes = isOverflow ? Int.max : bytes
    }
}

/// Bytes that may be taken out of several containers together, on several threads.
package final class ByteAllowance: Sendable {
    package let total: Int
    private let taken = Atomic<Int>(0)

    package init(_ total: Int) { self.total = total }

    func take(_ count: Int) { taken.add(count, ordering: .relaxed) }

    var isUsedUp: Bool { taken.load(ordering: .relaxed) > total }
}

/// What is left of the limits while a container is gone through.
struct ContainerBudget {
    private let limits: ContainerLimits
    private let byteLimit: Int
    private let end: ContinuousClock.Instant
    private(set) var byteCount = 0
    private var memberCount = 0
    private var heldCount = 0

    /// - Parameter count: The outermost container's bytes.
    init(_ limits: ContainerLimits, count: Int) {
        self.limits = limits
        let byRatio = count.multipliedReportingOverflow(by: limits.maximumRatio)
        byteLimit = min(limits.maximumBytes, max(limits.free, byRatio.overflow ? Int.max : byRatio.partialValue))
        end = .now + limits.maximumTime
    }

    /// How many bytes of another member may be held.
    var room: Int { max(0, limits.maximumHeldBytes - heldCount) }

    /// How many bytes may still be taken, and one more by which it is seen that there are others.
    var remainingBytes: Int { min(Int.max >> 1, max(0, byteLimit - byteCount)) + 1 }

    mutating func takeMember() { memberCount += 1 }
    mutating func take(_ count: Int) {
        byteCount += count
        limits.allowance?.take(count)
    }
    mutating func hold(_ count: Int) { heldCount += count }
    mutating func release(_ count: Int) { heldCount -= count }

    /// What is used up; `nil`: nothing is.
    var exhaustion: ContainerCut.Reason? {
        if byteCount > byteLimit { return .tooManyBytes(byteLimit) }
        if let allowance = limits.allowance, allowance.isUsedUp { return .tooManyBytes(allowance.total) }
        if memberCount > limits.maximumMembers { return .tooManyMembers(limits.maximumMembers) }
        if ContinuousClock.now > end { return .tooLong(limits.maximumTime) }
        return nil
    }
}
