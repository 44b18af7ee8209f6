package import Bytes
internal import CLibgit2

/// How one path differs between two states.
package struct Difference: Sendable, Hashable {
    /// What happened to the path.
    package enum Status: Sendable, Hashable {
        case added
        case deleted
        case modified
        /// A file became a link, or the like.
        case typeChanged
        case untracked
        case conflicted
        case unreadable
    }

    package var status: Status
    /// Relative to the root of the tree or the working directory; need not be UTF-8.
    package var path: [UInt8]
    /// `zero` where there was nothing.
    package var oldID: ObjectID
    /// `zero` where there is nothing, and for files that were not hashed.
    package var newID: ObjectID
    package var newMode: FileMode
}

extension Repository {
    /// What differs between two trees; `nil` is the empty tree. Renames show as a deletion and an addition.
    package func differences(from old: ObjectID?, to new: ObjectID?) throws(GitError) -> [Difference] {
        let oldTree = try TreeHandle(old, of: self)
        let newTree = try TreeHandle(new, of: self)
        return try differences("compare the trees of") { output, options in
            git_diff_tree_to_tree(&output, handle, oldTree?.handle, newTree?.handle, &options)
        }
    }

    /// What the index has that a tree has not; `nil` is the empty tree.
    package func stagedDifferences(from tree: ObjectID?, _ index: Index) throws(GitError) -> [Difference] {
        let tree = try TreeHandle(tree, of: self)
        return try differences("compare the index with a tree of") { output, options in
            git_diff_tree_to_index(&output, handle, tree?.handle, index.handle, &options)
        }
    }

    /// What the working directory has that the index has not: changed and untracked files, ignored ones left out.
    package func unstagedDifferences(_ index: Index) throws(GitError) -> [Difference] {
        let found = try differences("compare the working directory with the index of") { output, options in
            options.flags |=
                GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
                | GIT_DIFF_INCLUDE_UNREADABLE.rawValue
            return git_diff_index_to_workdir(&output, handle, index.handle, &options)
        }
        // The library compares by a hash that these names are not made with.
        return isServed ? found.filter { $0.status != .modified || !holdsUnchanged($0) } : found
    }

    /// Whether a file of the working directory is what the index has, where names are of SHA-256.
    private func holdsUnchanged(_ difference: Difference) -> Bool {
        // What cannot be read is looked at by whoever reads it next, and named there.
        guard layout.format.hash == "sha256", let folder = workingDirectory,
            let content = try? Self.readSmallFile(folder + String(decoding: difference.path, as: UTF8.self))
        else { return false }
        var hash = SHA256()
        hash.update(Array("blob \(content.count)\0".utf8))
        hash.update(content)
        return hash.finalize().prefix(ObjectID.byteCount).elementsEqual(difference.oldID.bytes)
    }

    private func differences(
        _ operation: String, _ call: (inout OpaquePointer?, inout git_diff_options) -> Int32
    ) throws(GitError) -> [Difference] {
        var options = git_diff_options()
        try GitError.check(operation, gitDirectory) {
            git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
        }
        options.flags |= GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_IGNORE_SUBMODULES.rawValue
        options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL
        var output: OpaquePointer?
        try GitError.check(operation, gitDirectory) { call(&output, &options) }
        defer { git_diff_free(output) }
        return (0..<git_diff_num_deltas(output)).compactMap { position in
            git_diff_get_delta(output, position).flatMap { Difference($0.pointee) }
        }
    }
}

extension Difference {
    init?(_ delta: git_diff_delta) {
        switch delta.status {
        case GIT_DELTA_ADDED, GIT_DELTA_RENAMED, GIT_DELTA_COPIED: status = .added
        case GIT_DELTA_DELETED: status = .deleted
        case GIT_DELTA_MODIFIED: status = .modified
        case GIT_DELTA_TYPECHANGE: status = .typeChanged
        case GIT_DELTA_UNTRACKED: status = .untracked
        case GIT_DELTA_CONFLICTED: status = .conflicted
        case GIT_DELTA_UNREADABLE: status = .unreadable
        default: return nil
        }
        guard let path = delta.new_file.path ?? delta.old_file.path else { return nil }
        self.path = bytes(of: path)
        oldID = ObjectID(delta.old_file.id)
        newID = ObjectID(delta.new_file.id)
        newMode = FileMode(rawValue: UInt32(delta.new_file.mode))
    }
}

/// A tree as the library's own functions want it.
private final class TreeHandle {
    let handle: OpaquePointer

    init?(_ id: ObjectID?, of repository: Repository) throws(GitError) {
        guard let id else { return nil }
        var name = id.libraryValue
        var found: OpaquePointer?
        try GitError.check("read tree", id.description) { git_tree_lookup(&found, repository.handle, &name) }
        guard let found else { preconditionFailure("libgit2 gave no tree") }
        handle = found
    }

    deinit {
        git_tree_free(handle)
    }
}
