/// A branch that is pushed: what it is here, and what it was on the remote.
package struct PushedBranch: Sendable, Hashable {
    /// A revision, or an id of zeros where the branch is deleted.
    package var local: String
    /// A revision, or an id of zeros where the branch is new.
    package var remote: String

    package init(local: String, remote: String) {
        self.local = local
        self.remote = remote
    }

    /// Whether the push sends nothing for it.
    var isDeleted: Bool { Self.isZero(local) }

    var isNew: Bool { Self.isZero(remote) }

    private static func isZero(_ id: String) -> Bool { id.allSatisfy { $0 == "0" } }
}
