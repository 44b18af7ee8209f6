internal import Synchronization

/// How often each host may be asked: a token bucket of one token each, so that requests are never closer together than
/// the rate says, also after a pause.
final class HostRates: Sendable {
    private let interval: Double
    /// When the next request to a host may be sent.
    private let next = Mutex<[String: Double]>([:])

    /// - Parameter rate: Requests a second, above zero.
    init(rate: Double) { interval = 1 / rate }

    /// Seconds between two requests.
    var spacing: Double { interval }

    /// Seconds until a request may be sent.
    func wait(for host: String) -> Double {
        next.withLock { max(0, ($0[host] ?? 0) - MonotonicClock.now) }
    }

    /// Takes the token: 0, or the seconds after which to try again.
    func take(_ host: String) -> Double {
        next.withLock { next in
            let now = MonotonicClock.now
            let earliest = next[host] ?? 0
            guard now >= earliest else { return earliest - now }
            next[host] = now + interval
            return 0
        }
    }

    /// Keeps everybody from a host for some seconds: it said so.
    func pause(_ host: String, for seconds: Double) {
        next.withLock { $0[host] = max($0[host] ?? 0, MonotonicClock.now + seconds) }
    }
}
