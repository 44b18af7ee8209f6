import Synchronization

/// Asks running scans to stop: set by a signal handler, looked at between two items.
package final class Interruption: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    /// Safe in a signal handler: one atomic store.
    package func request() { flag.store(true, ordering: .relaxed) }

    package var isRequested: Bool { flag.load(ordering: .relaxed) }
}
