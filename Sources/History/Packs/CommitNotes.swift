internal import Synchronization

/// What was noted of commits while their messages were scanned: to inflate them again, to see what they name, takes longer than
/// all that is then done with them.
final class CommitNotes: Sendable {
    private let tables = Mutex<[CommitTable]>([])

    func add(_ table: CommitTable) {
        if !table.commits.isEmpty { tables.withLock { $0.append(table) } }
    }

    /// Hands out one table after the other, each once.
    func take() -> CommitTable? { tables.withLock { $0.popLast() } }
}
