import Bytes
import Findings
internal import Git

/// The entries of the index that HEAD does not have under the same path.
struct StagedChanges {
    private(set) var items: [ScanItem] = []
    private(set) var omissions: [Omission] = []

    init(_ repository: Repository) throws(GitError) {
        // Two paths may have the same content, and a conflict's sides may be alike: one blob is read once.
        var seen: Set<ObjectID> = []
        for entry in try repository.stagedEntries() where !entry.isIntentToAdd {
            let path = PathBytes(bytes: entry.path)
            if entry.mode.isSubmodule {
                omissions.append(Omission(reason: .submodule, subject: path.description))
            } else if entry.mode.isBlob, seen.insert(entry.id).inserted {
                items.append(ScanItem(path: path, origin: .index(entry.id), size: nil))
            }
        }
    }
}
