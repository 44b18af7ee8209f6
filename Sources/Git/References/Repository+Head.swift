package import Bytes
internal import CLibgit2

/// What HEAD points to.
package enum Head: Sendable, Hashable {
    /// A branch that has no commit yet; its full name.
    case unborn(branch: String)
    /// A commit and no branch.
    case detached(ObjectID)
    /// A branch, by its full name, and its commit.
    case branch(String, ObjectID)

    /// The name of the branch as people say it; `nil` where none is checked out.
    package var branch: String? {
        switch self {
        case .unborn(let name), .branch(let name, _): Reference(name: name, target: .zero).shortName
        case .detached: nil
        }
    }

    /// The commit that is checked out; `nil` before the first one.
    package var commit: ObjectID? {
        switch self {
        case .unborn: nil
        case .detached(let id), .branch(_, let id): id
        }
    }
}

extension Repository {
    /// Where HEAD stands.
    package var head: Head {
        get throws(GitError) {
            if let failure = layout.referenceFailure { throw failure }
            var reference: OpaquePointer?
            let code = git_repository_head(&reference, handle)
            if code == GIT_EUNBORNBRANCH.rawValue { return .unborn(branch: try unbornBranch()) }
            try GitError.check("resolve", "HEAD") { code }
            defer { git_reference_free(reference) }
            guard let target = git_reference_target(reference) else {
                throw GitError(
                    operation: "resolve", subject: "HEAD", kind: .corrupt, message: "it leads to no object")
            }
            let id = ObjectID(target.pointee)
            if git_repository_head_detached(handle) == 1 { return .detached(id) }
            return .branch(Self.path(git_reference_name(reference)), id)
        }
    }

    private func unbornBranch() throws(GitError) -> String {
        var reference: OpaquePointer?
        try GitError.check("read", "HEAD") { git_reference_lookup(&reference, handle, "HEAD") }
        defer { git_reference_free(reference) }
        return Self.path(git_reference_symbolic_target(reference))
    }

    /// The tree of the checked-out commit; `nil` before the first one.
    package func headTree() throws(GitError) -> ObjectID? {
        guard let commit = try head.commit else { return nil }
        return try self.commit(commit).tree
    }
}
