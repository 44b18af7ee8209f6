internal import CLibgit2

/// Commits that a range takes in and leaves out.
public struct RevisionRange: Sendable, Hashable {
    /// Walk from these.
    public var included: [ObjectID]
    /// Leave out what these reach.
    public var excluded: [ObjectID]
}

extension Repository {
    /// The object that a revision names: `HEAD~2`, `main`, `v1.0`, an id or its beginning.
    public func resolve(_ revision: String) throws(GitError) -> ObjectID {
        var object: OpaquePointer?
        try GitError.check("resolve the revision", revision) { git_revparse_single(&object, handle, revision) }
        defer { git_object_free(object) }
        guard let id = git_object_id(object) else { preconditionFailure("libgit2 gave an object without an id") }
        return ObjectID(id.pointee)
    }

    /// The commit that a revision names, tags followed.
    public func resolveCommit(_ revision: String) throws(GitError) -> ObjectID {
        let peeled = try peel(resolve(revision))
        guard peeled.kind == .commit else {
            throw GitError(
                operation: "resolve the revision", subject: revision, kind: .invalidSpecification,
                message: "it names a \(peeled.kind.rawValue), not a commit")
        }
        return peeled.id
    }

    /// Reads `A..B`, `A...B` (either side missing means HEAD), or `A`: all that A reaches.
    public func resolveRange(_ range: String) throws(GitError) -> RevisionRange {
        if let dots = range.firstRange(of: "...") {
            let (left, right) = try sides(range, dots)
            let bases = try mergeBases(left, right)
            return RevisionRange(included: [left, right], excluded: bases)
        }
        if let dots = range.firstRange(of: "..") {
            let (left, right) = try sides(range, dots)
            return RevisionRange(included: [right], excluded: [left])
        }
        return RevisionRange(included: [try resolveCommit(range)], excluded: [])
    }

    private func sides(_ range: String, _ dots: Range<String.Index>) throws(GitError) -> (ObjectID, ObjectID) {
        let left = range[..<dots.lowerBound]
        let right = range[dots.upperBound...]
        guard !(left.isEmpty && right.isEmpty) else {
            throw GitError(
                operation: "resolve the range", subject: range, kind: .invalidSpecification,
                message: "it names no revision")
        }
        return (
            try resolveCommit(left.isEmpty ? "HEAD" : String(left)),
            try resolveCommit(right.isEmpty ? "HEAD" : String(right))
        )
    }

    /// The best common ancestors of two commits; none if their histories are unrelated.
    public func mergeBases(_ left: ObjectID, _ right: ObjectID) throws(GitError) -> [ObjectID] {
        var (first, second) = (left.libraryValue, right.libraryValue)
        var found = git_oidarray()
        let code = git_merge_bases(&found, handle, &first, &second)
        if code == GIT_ENOTFOUND.rawValue { return [] }
        try GitError.check("find the merge base of", "\(left) and \(right)") { code }
        defer { git_oidarray_dispose(&found) }
        return (0..<found.count).map { ObjectID(found.ids[$0]) }
    }
}
