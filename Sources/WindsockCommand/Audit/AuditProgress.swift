import FoundationEssentials
import Reports
import Synchronization

/// How far an audit has come, and how long it may still take.
final class AuditProgress: Sendable {
    private struct State {
        var doneCount = 0
        var doneSize = 0
        var current = ""
    }

    private let count: Int
    private let size: Int
    private let started = Date()
    private let state = Mutex(State())

    init(_ targets: [AuditTarget]) {
        count = targets.count
        size = targets.reduce(0) { $0 + $1.size }
    }

    func begin(_ name: String) { state.withLock { $0.current = name } }

    func finish(_ size: Int) {
        state.withLock { state in
            state.doneCount += 1
            state.doneSize += size
        }
    }

    /// `12 of 300 repositories, 40 %, about 3 min left: acme/shop`
    var line: String {
        let state = state.withLock { $0 }
        // Small ones take some time, too.
        let share = { (count: Int, size: Int) in Double(size) + Double(count) * 100_000 }
        let part = share(state.doneCount, state.doneSize) / max(1, share(count, size))
        var line =
            "\(state.doneCount) of \(Quantity.count(count, "repository", plural: "repositories")), \(Int(part * 100)) %"
        if part > 0.02 {
            let left = Date().timeIntervalSince(started) * (1 - part) / part
            line += left < 60 ? ", about \(Int(left) + 1) s left" : ", about \(Int(left / 60) + 1) min left"
        }
        return line + ": \(state.current.suffix(40).description.visible)"
    }
}
