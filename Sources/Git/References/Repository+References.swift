package import Bytes
internal import CLibgit2
internal import Platform

/// A name for an object.
package struct Reference: Sendable, Hashable {
    /// The full name: `refs/heads/main`.
    package var name: String
    /// What it resolves to: often a commit, an annotated tag's object, at times any object.
    package var target: ObjectID

    private static let shortenedPrefixes = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"]

    /// The name as people say it: `main`, `origin/main`, `v1.0`; other references without `refs/`.
    package var shortName: String {
        // By bytes: there may be tens of thousands of references.
        let bytes = name.utf8
        for prefix in Self.shortenedPrefixes where bytes.starts(with: prefix.utf8) {
            return String(Substring(bytes.dropFirst(prefix.utf8.count)))
        }
        return name
    }
}

/// All references of a repository.
package struct References: Sendable {
    /// Those that resolve: branches, remote branches, tags, the stash, notes, pull requests and any other.
    package var references: [Reference] = []
    /// Those that do not.
    package var failures: [GitError] = []
    /// The names of all, resolving or not.
    package var names: [String] = []
}

extension Repository {
    /// Reads all references; a broken one does not hide the others.
    package func references() throws(GitError) -> References {
        if let failure = layout.referenceFailure { throw failure }
        // What cannot be read, or is not as git writes it, is the library's to judge.
        if let regular = try? ReferenceFiles(self).references() { return regular }
        var result = References()
        let (listed, targets) = directTargets()
        let names = if let listed { listed } else { try referenceNames() }
        for name in names {
            result.names.append(name)
            if let target = targets[name] {
                result.references.append(Reference(name: name, target: target))
                continue
            }
            var id = git_oid()
            let code = git_reference_name_to_id(&id, handle, name)
            if code < 0 {
                // `origin/HEAD` points to a branch that may have gone since; git itself shrugs at that.
                if code == GIT_ENOTFOUND.rawValue, isSymbolic(name) { continue }
                result.failures.append(GitError(operation: "resolve the reference", subject: name, code: code))
            } else {
                result.references.append(Reference(name: name, target: ObjectID(id)))
            }
        }
        for name in try unreadableReferenceNames(known: Set(result.names)) {
            result.names.append(name)
            result.failures.append(
                GitError(
                    operation: "resolve the reference", subject: name, kind: .corrupt,
                    message: "its file holds neither an object id nor the name of another reference"))
        }
        return result
    }

    /// The names of all references, and the targets of those that name an object themselves: to look each one up by its
    /// name asks the file system several times, and there may be tens of thousands.
    ///
    /// - Returns: No names if a broken reference ended the list.
    private func directTargets() -> (names: [String]?, targets: [String: ObjectID]) {
        var iterator: OpaquePointer?
        guard git_reference_iterator_new(&iterator, handle) == 0 else { return (nil, [:]) }
        defer { git_reference_iterator_free(iterator) }
        var names: [String] = []
        var targets: [String: ObjectID] = [:]
        while true {
            var reference: OpaquePointer?
            let code = git_reference_next(&reference, iterator)
            guard code == 0 else { return (code == GIT_ITEROVER.rawValue ? names : nil, targets) }
            defer { git_reference_free(reference) }
            let name = Self.path(git_reference_name(reference))
            names.append(name)
            if let target = git_reference_target(reference) { targets[name] = ObjectID(target.pointee) }
        }
    }

    private func isSymbolic(_ name: String) -> Bool {
        var reference: OpaquePointer?
        guard git_reference_lookup(&reference, handle, name) == 0 else { return false }
        defer { git_reference_free(reference) }
        return git_reference_type(reference) == GIT_REFERENCE_SYMBOLIC
    }

    private func referenceNames() throws(GitError) -> [String] {
        var iterator: OpaquePointer?
        try GitError.check("list the references of", gitDirectory) { git_reference_iterator_new(&iterator, handle) }
        defer { git_reference_iterator_free(iterator) }
        var names: [String] = []
        while true {
            var name: UnsafePointer<CChar>?
            let code = git_reference_next_name(&name, iterator)
            if code == GIT_ITEROVER.rawValue { return names }
            try GitError.check("list the references of", gitDirectory) { code }
            if let name { names.append(String(cString: name)) }
        }
    }

    /// The commits that linked worktrees have checked out, by a name in words; the own HEAD is not among them.
    package func worktreeHeads() throws(GitError) -> [Reference] {
        if let failure = layout.referenceFailure { throw failure }
        if let referenceCopy { return referenceCopy.worktreeHeads }
        var names = git_strarray()
        try GitError.check("list the worktrees of", gitDirectory) { git_worktree_list(&names, handle) }
        defer { git_strarray_dispose(&names) }
        var heads: [Reference] = []
        for index in 0..<names.count {
            let name = Self.path(names.strings[index])
            var reference: OpaquePointer?
            // An unborn branch, or a worktree whose folder is gone, has no commit to offer.
            guard git_repository_head_for_worktree(&reference, handle, name) == 0 else { continue }
            defer { git_reference_free(reference) }
            if let target = git_reference_target(reference) {
                heads.append(Reference(name: "HEAD of worktree \(name)", target: ObjectID(target.pointee)))
            }
        }
        return heads
    }
}
