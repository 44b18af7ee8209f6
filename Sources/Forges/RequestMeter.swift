internal import Synchronization
internal import Verification

/// How many requests to forges are left, and how long may still be waited.
final class RequestMeter: Sendable {
    private struct Left {
        var requests: Int
        var patience: Double
    }

    private let left: Mutex<Left>

    init(requests: Int, patience: Double) { left = Mutex(Left(requests: requests, patience: patience)) }

    /// Counts a request; false where none is left.
    func take() -> Bool {
        left.withLock { left in
            guard left.requests > 0 else { return false }
            left.requests -= 1
            return true
        }
    }

    /// Takes seconds of waiting; false where fewer are left.
    func take(waiting seconds: Double) -> Bool {
        left.withLock { left in
            guard left.patience >= seconds else { return false }
            left.patience -= seconds
            return true
        }
    }
}
