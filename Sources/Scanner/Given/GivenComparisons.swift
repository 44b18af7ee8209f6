package import Findings
import Synchronization

/// What became of comparisons with fingerprints: what was found, and what was not compared because it takes too long.
package final class GivenComparisons: Sendable {
    private struct State {
        var found: [Secret: Set<Fingerprint>] = [:]
        var stretchedCount = 0
        var leftOut = 0
    }

    private let state = Mutex(State())

    /// Each takes some milliseconds.
    package static let maximumStretched = 20_000

    init() {}

    /// Whether one more value that is easy to guess may be compared; what may not is counted.
    func mayStretch() -> Bool {
        state.withLock { state in
            guard state.stretchedCount < Self.maximumStretched else {
                state.leftOut += 1
                return false
            }
            state.stretchedCount += 1
            return true
        }
    }

    func note(_ fingerprints: [Fingerprint], of secret: Secret) {
        state.withLock { $0.found[secret, default: []].formUnion(fingerprints) }
    }

    /// The given fingerprints of a value that was found by them.
    package func fingerprints(of secret: Secret) -> [Fingerprint] {
        state.withLock { ($0.found[secret.value] ?? []).sorted() }
    }

    /// How often a value was not compared with the fingerprints of what is easy to guess.
    package var leftOut: Int { state.withLock { $0.leftOut } }
}
