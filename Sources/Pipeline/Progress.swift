import Synchronization

/// How far a scan has come; written by workers, read by whoever shows it.
package final class Progress: Sendable {
    private let done = Atomic<Int>(0)
    private let all = Atomic<Int>(0)
    private let bytes = Atomic<Int>(0)

    package init() {}

    /// Items that are finished, items in all, bytes scanned so far.
    package var state: (done: Int, all: Int, bytes: Int) {
        (done.load(ordering: .relaxed), all.load(ordering: .relaxed), bytes.load(ordering: .relaxed))
    }

    func begin(_ count: Int) { all.store(count, ordering: .relaxed) }

    func advance(items: Int, bytes count: Int) {
        done.add(items, ordering: .relaxed)
        bytes.add(count, ordering: .relaxed)
    }
}
