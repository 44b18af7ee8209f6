package import Bytes
package import Git

/// Finds what a commit's tree has that none of its parents' trees has at the same path.
package struct TreeComparison {
    let repository: Repository
    package private(set) var additions: [(path: PathBytes, entry: TreeEntry)] = []
    package private(set) var failures: [GitError] = []

    package init(_ repository: Repository) {
        self.repository = repository
    }

    /// Compares a commit's tree with those of its parents, as far as they are there.
    mutating func compare(_ commit: CommitLinks) throws(GitError) {
        var parents: [ObjectID] = []
        for parent in commit.parents where repository.objects.contains(parent) {
            parents.append(try repository.commitLinks(parent).tree)
        }
        compare(commit.tree, withParents: parents)
    }

    /// Compares a tree with those of all parents; without any, everything is new.
    ///
    /// Folders that are the same in one parent are not opened: nothing in them differs from all.
    package mutating func compare(
        _ tree: ObjectID, withParents parents: [ObjectID], at path: PathBytes = PathBytes(""), depth: Int = 0
    ) {
        guard !parents.contains(tree) else { return }
        let entries: [TreeEntry]
        do throws(GitError) {
            entries = try repository.tree(tree)
        } catch {
            failures.append(error)
            return
        }
        let parentEntries = parents.map { parent -> [[UInt8]: TreeEntry] in
            do throws(GitError) {
                let entries = try repository.tree(parent)
                // A malformed tree can have a name twice; either entry will do.
                return Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            } catch {
                // Without the parent's tree, too much counts as new rather than too little.
                return [:]
            }
        }
        for entry in entries {
            let counterparts = parentEntries.compactMap { $0[entry.name] }
            if counterparts.contains(where: { $0.id == entry.id && $0.mode.isTree == entry.mode.isTree }) { continue }
            let entryPath = path.appending(entry.name)
            if entry.mode.isBlob {
                additions.append((entryPath, entry))
            } else if entry.mode.isTree {
                guard depth < TreeFiles.maximumDepth else {
                    failures.append(
                        GitError(
                            operation: "read tree", subject: entryPath.description, kind: .corrupt,
                            message: "folders are nested too deeply"))
                    continue
                }
                let subtrees = counterparts.filter(\.mode.isTree).map(\.id)
                compare(entry.id, withParents: subtrees, at: entryPath, depth: depth + 1)
            }
        }
    }
}
