internal import Synchronization

/// How long all requests of a run may take and how many there may be.
final class RequestBudget: Sendable {
    private let deadline: Double
    private let left: Atomic<Int>

    init(seconds: Double, requests: Int) {
        deadline = MonotonicClock.now + seconds
        left = Atomic(requests)
    }

    /// Seconds that are left, none under zero.
    var time: Double { max(0, deadline - MonotonicClock.now) }

    /// Whether another request may be made; counts it.
    func take() -> Bool {
        guard time > 0 else { return false }
        guard left.subtract(1, ordering: .relaxed).newValue >= 0 else {
            left.store(0, ordering: .relaxed)
            return false
        }
        return true
    }
}
