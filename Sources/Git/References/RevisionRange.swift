package import Bytes
internal import CLibgit2

/// A set of commits, as `git log` takes it.
package enum RevisionRange: Sendable, Hashable {
    /// `A`: all that A reaches, itself included.
    case reachable(from: ObjectID)
    /// `A..B`: what B reaches and A does not.
    case difference(from: ObjectID, to: ObjectID)
    /// `A...B`: what one of them reaches and the other does not.
    case symmetricDifference(ObjectID, ObjectID)
    /// What a commit reaches and none of the others does: what a push of a new branch sends.
    case unpublished(ObjectID, published: [ObjectID])
}

extension Repository {
    /// The object that a revision names: `HEAD~2`, `main`, `v1.0`, an id or its beginning.
    package func resolve(_ revision: String) throws(GitError) -> ObjectID {
        if let failure = layout.referenceFailure { throw failure }
        let revision = isServed ? ForeignNames.cut(revision) : revision
        var object: OpaquePointer?
        try GitError.check("resolve the revision", revision) { git_revparse_single(&object, handle, revision) }
        defer { git_object_free(object) }
        guard let id = git_object_id(object) else { preconditionFailure("libgit2 gave an object without an id") }
        return ObjectID(id.pointee)
    }

    /// The commit that a revision names, tags followed.
    package func resolveCommit(_ revision: String) throws(GitError) -> ObjectID {
        let peeled = try peel(resolve(revision))
        guard peeled.kind == .commit else {
            throw GitError(
                operation: "resolve the revision", subject: revision, kind: .invalidSpecification,
                message: "it names a \(peeled.kind.rawValue), not a commit")
        }
        return peeled.id
    }

    /// Reads `A..B` or `A...B`, where a missing side means HEAD, or `A`.
    package func resolveRange(_ range: String) throws(GitError) -> RevisionRange {
        // Three dots first: two of them are in it.
        if let sides = try sides(of: range, around: "...") { return .symmetricDifference(sides.left, sides.right) }
        if let sides = try sides(of: range, around: "..") { return .difference(from: sides.left, to: sides.right) }
        return .reachable(from: try resolveCommit(range))
    }

    private func sides(
        of range: String, around dots: String
    ) throws(GitError) -> (left: ObjectID, right: ObjectID)? {
        guard let middle = range.firstRange(of: dots) else { return nil }
        let left = range[..<middle.lowerBound]
        let right = range[middle.upperBound...]
        guard !left.isEmpty || !right.isEmpty else {
            throw GitError(
                operation: "resolve the range", subject: range, kind: .invalidSpecification,
                message: "it names no revision")
        }
        return (
            try resolveCommit(left.isEmpty ? "HEAD" : String(left)),
            try resolveCommit(right.isEmpty ? "HEAD" : String(right))
        )
    }
}
