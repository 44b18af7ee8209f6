import Bytes
internal import Git

/// Where an object belongs in the history: a blob, or a commit or tag whose message matters.
package struct BlobHistory: Sendable, Hashable {
    /// How one still gets to it.
    package enum Reachability: Sendable, Hashable {
        /// Short names of references that contain it, some of them if there are many: HEAD's branch first, then by
        /// name.
        case reachable(refs: [String])
        case stash
        /// Only by the log of a reference.
        case reflog
        /// Not at all, and still in the database.
        case unreachable
    }

    /// The oldest commit that has it; `nil` if no commit names it.
    package var introduced: CommitInfo?
    /// Every path it had, the one at its introduction first. Of a blob that was only staged: where.
    package var paths: [PathBytes]
    /// The commit that took it from its last path; `nil` while it is in HEAD, or if no commit did.
    package var removed: CommitInfo?
    package var inHead: Bool
    package var reachability: Reachability
    /// Of the references that contain it, those that are branches, local or of a remote; and those that are tags;
    /// some of them if there are many.
    package var branches: [String]
    package var tags: [String]
    /// How many references contain it.
    package var referenceCount = 0
    package var branchCount = 0
    package var tagCount = 0
    /// For each path the commit that brought the blob there; fewer than there are paths where no commit did.
    var pathOrigins: [PathOrigin] = []

    /// Where a path can be found again.
    struct PathOrigin: Sendable, Hashable {
        var commit: ObjectID
        /// Which of the paths it is where the commit brought the blob, from 0, in the order of its tree.
        var ordinal: Int
    }

    package init(
        introduced: CommitInfo? = nil, paths: [PathBytes] = [], removed: CommitInfo? = nil, inHead: Bool = false,
        reachability: Reachability = .unreachable, branches: [String] = [], tags: [String] = []
    ) {
        self.introduced = introduced
        self.paths = paths
        self.removed = removed
        self.inHead = inHead
        self.reachability = reachability
        self.branches = branches
        self.tags = tags
    }
}
