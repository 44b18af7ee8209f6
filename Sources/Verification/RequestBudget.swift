internal import Synchronization

/// How long all requests of a run may take together and how many there may be, in all and of one host.
///
/// Time counts while somebody asks: what an audit reads between its questions takes nothing away.
final class RequestBudget: Sendable {
    fileprivate struct State {
        /// Seconds, while nobody asks.
        var seconds: Double
        /// When the time of those that ask is over; `nil`: nobody asks.
        var deadline: Double?
        var askers = 0
        var requests: Int
        var ofHost: [String: Int] = [:]
    }

    private let state: Mutex<State>
    private let ofEachHost: Int

    /// - Parameter ofEachHost: Requests to one host.
    init(seconds: Double, requests: Int, ofEachHost: Int = .max) {
        state = Mutex(State(seconds: seconds, requests: requests))
        self.ofEachHost = ofEachHost
    }

    /// Time runs from here until as many have said `end`.
    func begin() {
        state.withLock { state in
            state.askers += 1
            if state.deadline == nil { state.deadline = MonotonicClock.now + state.seconds }
        }
    }

    func end() {
        state.withLock { state in
            state.askers -= 1
            guard state.askers == 0, let deadline = state.deadline else { return }
            state.seconds = max(0, deadline - MonotonicClock.now)
            state.deadline = nil
        }
    }

    /// Seconds that are left, none under zero.
    var time: Double { state.withLock { $0.left } }

    /// Whether another request may be made; counts it.
    func take(_ host: String) -> Bool {
        state.withLock { state in
            guard state.left > 0, state.requests > 0, state.ofHost[host, default: 0] < ofEachHost else { return false }
            state.requests -= 1
            state.ofHost[host, default: 0] += 1
            return true
        }
    }
}

extension RequestBudget.State {
    fileprivate var left: Double { deadline.map { max(0, $0 - MonotonicClock.now) } ?? seconds }
}
