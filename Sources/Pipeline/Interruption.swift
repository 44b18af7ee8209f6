import Synchronization

/// Asks running scans to stop: set by a signal handler, looked at between two items.
public final class Interruption: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    /// Safe in a signal handler: one atomic store.
    public func request() { flag.store(true, ordering: .relaxed) }

    public var isRequested: Bool { flag.load(ordering: .relaxed) }
}
