import Bytes
internal import Git
internal import ScanSources

/// The objects of a part of a history: the commits that were asked for, the blobs that they hold or brought, and the
/// annotated tags among what was named.
///
/// Of whole branches that is every blob of every commit. Since a moment it is what each commit has and none of its
/// parents has at the same path: content that was only moved counts as brought, what merely stayed does not.
struct SelectedObjects {
    private(set) var commits: Set<ObjectID> = []
    private(set) var tags: Set<ObjectID> = []
    private(set) var blobs: Set<ObjectID> = []
    /// Parents of selected commits that the database lacks.
    private(set) var missingParents: Set<ObjectID> = []
    private(set) var failures: [GitError] = []

    /// Trees whose blobs are all selected.
    private var taken: Set<ObjectID> = []
    private let repository: Repository

    /// - Throws: Where a branch does not resolve.
    init(_ selection: HistorySelection, _ inventory: ObjectInventory, _ repository: Repository) throws(GitError) {
        self.repository = repository
        var links = try candidates(selection, inventory)
        if let since = selection.since?.seconds {
            links = links.filter { $0.value.committerTime >= since }
            selectTags(inventory.tags, since: since, isLimited: !selection.branches.isEmpty)
        }
        commits = Set(links.keys)
        for (id, link) in links.sorted(by: { ($0.value.committerTime, $0.key) < ($1.value.committerTime, $1.key) }) {
            for parent in link.parents where !inventory.contains(parent) { missingParents.insert(parent) }
            if selection.since == nil {
                take(link.tree)
            } else {
                addIntroductions(of: id, link)
            }
        }
    }

    /// The commits that the branches reach, or all.
    private mutating func candidates(
        _ selection: HistorySelection, _ inventory: ObjectInventory
    ) throws(GitError) -> [ObjectID: CommitLinks] {
        var links: [ObjectID: CommitLinks] = [:]
        guard !selection.branches.isEmpty else {
            for id in inventory.commits { _ = read(id, into: &links) }
            return links
        }
        var pending: [ObjectID] = []
        for branch in selection.branches {
            let named = try repository.resolve(branch)
            if try repository.objects.header(of: named).kind == .tag { tags.insert(named) }
            pending.append(try repository.resolveCommit(branch))
        }
        while let next = pending.popLast() {
            guard links[next] == nil, inventory.contains(next), let read = read(next, into: &links) else {
                continue
            }
            pending += read.parents
        }
        return links
    }

    private mutating func read(_ id: ObjectID, into links: inout [ObjectID: CommitLinks]) -> CommitLinks? {
        do throws(GitError) {
            let read = try repository.commitLinks(id)
            links[id] = read
            return read
        } catch {
            failures.append(error)
            return nil
        }
    }

    /// - Parameter isLimited: Whether only those count that were named.
    private mutating func selectTags(_ all: [ObjectID], since: Int, isLimited: Bool) {
        var recent: Set<ObjectID> = []
        for id in isLimited ? Array(tags) : all {
            do throws(GitError) {
                // A tag of old, which has no date, might be of any.
                if try repository.tag(id).tagger.map({ $0.time >= since }) ?? true { recent.insert(id) }
            } catch {
                failures.append(error)
            }
        }
        tags = recent
    }

    private mutating func addIntroductions(of commit: ObjectID, _ links: CommitLinks) {
        var parents: [ObjectID] = []
        for parent in links.parents where repository.objects.contains(parent) {
            do throws(GitError) {
                parents.append(try repository.commitLinks(parent).tree)
            } catch {
                // Without the parent, too much counts as new rather than too little.
                continue
            }
        }
        var comparison = TreeComparison(repository)
        comparison.compare(links.tree, withParents: parents)
        failures += comparison.failures
        for (_, entry) in comparison.additions { blobs.insert(entry.id) }
    }

    /// Selects all blobs of a tree.
    private mutating func take(_ tree: ObjectID, depth: Int = 0) {
        guard taken.insert(tree).inserted else { return }
        var folders: [ObjectID] = []
        do throws(GitError) {
            try repository.forEachEntry(ofTree: tree) { _, id, mode in
                if mode.isTree { folders.append(id) } else if mode.isBlob { blobs.insert(id) }
            }
        } catch {
            failures.append(error)
        }
        guard depth < TreeFiles.maximumDepth else { return }
        for folder in folders { take(folder, depth: depth + 1) }
    }
}
