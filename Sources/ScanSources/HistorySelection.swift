/// A part of a history.
public struct HistorySelection: Sendable, Hashable {
    /// Branches, tags or other revisions: only commits that they reach count. Empty: all commits of the database do.
    public var branches: [String]
    /// Only commits that were committed then or later count, and of them what they brought.
    public var since: SelectionDate?

    public init(branches: [String] = [], since: SelectionDate? = nil) {
        self.branches = branches
        self.since = since
    }

    /// Whether nothing is left out.
    public var isEverything: Bool { branches.isEmpty && since == nil }
}
