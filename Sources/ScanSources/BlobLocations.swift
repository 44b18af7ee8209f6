internal import Git

/// Which trees contain any of some blobs, and where. Each tree is read once, however many commits share it.
final class BlobLocations {
    private let targets: Set<ObjectID>
    private let repository: Repository
    /// Trees in which none of the blobs is, at any depth: nearly all.
    private var clean: Set<ObjectID> = []
    /// Of the other trees, only the entries that lead to one of the blobs.
    private var leading: [ObjectID: [Entry]] = [:]
    private(set) var failures: [GitError] = []

    struct Entry {
        var name: [UInt8]
        var id: ObjectID
        var isTree: Bool
    }

    /// The packs whose trees were all read beforehand.
    private let packed: PackedObjects?

    /// - Parameter packed: Saves reading the trees in these packs one by one.
    init(of targets: Set<ObjectID>, in repository: Repository, packed: PackedObjects? = nil) {
        self.targets = targets
        self.repository = repository
        let trees = packed.flatMap { LeadingTrees(to: targets, in: $0) }
        leading = trees?.entries ?? [:]
        self.packed = trees == nil ? nil : packed
    }

    /// Reads a tree and what is below it, unless that was done before.
    ///
    /// - Returns: Whether any of the blobs is in it.
    @discardableResult
    func search(_ tree: ObjectID, depth: Int = 0) -> Bool {
        if clean.contains(tree) { return false }
        if leading[tree] != nil { return true }
        if packed?.kind(of: tree) == .tree {
            clean.insert(tree)
            return false
        }
        var found: [Entry] = []
        var folders: [Entry] = []
        do throws(GitError) {
            try repository.forEachEntry(ofTree: tree) { name, id, mode in
                if mode.isTree {
                    if !clean.contains(id) { folders.append(Entry(name: Array(name), id: id, isTree: true)) }
                } else if mode.isBlob, targets.contains(id) {
                    found.append(Entry(name: Array(name), id: id, isTree: false))
                }
            }
        } catch {
            failures.append(error)
        }
        if depth < TreeFiles.maximumDepth {
            for folder in folders where search(folder.id, depth: depth + 1) { found.append(folder) }
        }
        if found.isEmpty { clean.insert(tree) } else { leading[tree] = found }
        return !found.isEmpty
    }

    /// The entries of a searched tree that lead to one of the blobs.
    private func entries(_ tree: ObjectID?) -> [Entry] {
        tree.flatMap { leading[$0] } ?? []
    }

    /// Passes each blob of a searched tree, with its path.
    func forEachBlob(of tree: ObjectID, at path: PathBytes = PathBytes(""), _ body: (ObjectID, PathBytes) -> Void) {
        for entry in entries(tree) {
            let entryPath = path.appending(entry.name)
            if entry.isTree {
                forEachBlob(of: entry.id, at: entryPath, body)
            } else {
                body(entry.id, entryPath)
            }
        }
    }

    /// Passes each blob that a tree has at a path where none of the others has it. All trees have been searched.
    func forEachBlob(
        of tree: ObjectID, absentFrom others: [ObjectID], at path: PathBytes = PathBytes(""),
        _ body: (ObjectID, PathBytes) -> Void
    ) {
        for entry in entries(tree) {
            let counterparts = others.compactMap { counterpart(of: entry, in: $0) }
            if counterparts.contains(where: { $0.id == entry.id }) { continue }
            let entryPath = path.appending(entry.name)
            if entry.isTree {
                forEachBlob(of: entry.id, absentFrom: counterparts.map(\.id), at: entryPath, body)
            } else {
                body(entry.id, entryPath)
            }
        }
    }

    /// Passes each blob that all parents have at a path where a tree no longer has it.
    func forEachBlob(
        lostBy tree: ObjectID?, from parents: [ObjectID], at path: PathBytes = PathBytes(""),
        _ body: (ObjectID, PathBytes) -> Void
    ) {
        guard let first = parents.first, !parents.contains(where: { $0 == tree }) else { return }
        for entry in entries(first) {
            let elsewhere = parents.dropFirst().compactMap { counterpart(of: entry, in: $0) }
            guard elsewhere.count == parents.count - 1 else { continue }
            let kept = tree.flatMap { counterpart(of: entry, in: $0) }
            if kept?.id == entry.id { continue }
            let entryPath = path.appending(entry.name)
            if entry.isTree {
                forEachBlob(lostBy: kept?.id, from: [entry.id] + elsewhere.map(\.id), at: entryPath, body)
            } else if elsewhere.allSatisfy({ $0.id == entry.id }) {
                body(entry.id, entryPath)
            }
        }
    }

    private func counterpart(of entry: Entry, in tree: ObjectID) -> Entry? {
        entries(tree).first { $0.isTree == entry.isTree && $0.name == entry.name }
    }
}
