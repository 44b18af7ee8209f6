package import Bytes
internal import CLibgit2

/// A line of the index.
package struct IndexEntry: Sendable, Hashable {
    /// Relative to the working directory; need not be UTF-8.
    package var path: [UInt8]
    package var id: ObjectID
    package var mode: FileMode
    /// 0, or in a conflict 1 (base), 2 (ours), 3 (theirs).
    package var stage: Int
    /// `git add --intent-to-add`: the path is known, its content is not.
    package var isIntentToAdd: Bool
    /// Left out of the working directory by a sparse checkout.
    package var isSkippedInWorktree: Bool
}

/// The content of an index file: what the next commit will have.
package final class Index {
    let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        git_index_free(handle)
    }

    /// All entries, sorted by path and stage.
    package var entries: [IndexEntry] {
        let count = git_index_entrycount(handle)
        return (0..<count).compactMap { position in
            guard let entry = git_index_get_byindex(handle, position) else { return nil }
            return Self.entry(entry)
        }
    }

    /// The blob that the next commit has at a path; `nil` if it has none there, or there is a conflict.
    ///
    /// - Parameter path: Relative to the working directory.
    package func blob(at path: String) -> ObjectID? {
        guard let entry = git_index_get_bypath(handle, path, 0) else { return nil }
        let found = Self.entry(entry)
        return found.mode.isBlob && !found.isIntentToAdd ? found.id : nil
    }

    /// Whether a merge left conflicts.
    package var hasConflicts: Bool { git_index_has_conflicts(handle) == 1 }

    private static func entry(_ entry: UnsafePointer<git_index_entry>) -> IndexEntry {
        let extended = UInt32(entry.pointee.flags_extended)
        return IndexEntry(
            path: entry.pointee.path.map { bytes(of: $0) } ?? [], id: ObjectID(entry.pointee.id),
            mode: FileMode(rawValue: entry.pointee.mode), stage: Int(git_index_entry_stage(entry)),
            isIntentToAdd: extended & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0,
            isSkippedInWorktree: extended & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0)
    }
}

/// The bytes of a C string.
func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
    var count = 0
    while text[count] != 0 { count += 1 }
    return Array(UnsafeRawBufferPointer(start: text, count: count))
}
