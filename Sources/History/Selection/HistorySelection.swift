/// A part of a history.
package struct HistorySelection: Sendable, Hashable {
    /// Branches, tags or other revisions: only commits that they reach count. Empty: all commits of the database do.
    package var branches: [String]
    /// Only commits that were committed then or later count, and of them what they brought.
    package var since: SelectionDate?

    package init(branches: [String] = [], since: SelectionDate? = nil) {
        self.branches = branches
        self.since = since
    }

    /// Whether nothing is left out.
    package var isEverything: Bool { branches.isEmpty && since == nil }
}
