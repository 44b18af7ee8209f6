import Bytes
internal import Git

/// Turns where blobs belong into ids and numbers for a snapshot, and back.
struct SnapshotPlaces {
    private let names: [String]
    private let numbers: [String: Int]
    private let repository: Repository

    /// - Parameter state: The one that the snapshot is of.
    init(_ state: RepositoryState, _ repository: Repository) throws(GitError) {
        names = try state.tipNames(repository)
        numbers = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.repository = repository
    }

    // MARK: Into the snapshot

    /// - Returns: `nil` where something is not to be found again: a path is not from a commit, a name is of no reference.
    func place(_ id: ObjectID, _ history: BlobHistory) -> HistorySnapshot.Place? {
        guard history.pathOrigins.count == history.paths.count else { return nil }
        var place = HistorySnapshot.Place(
            id: id, introduced: history.introduced?.id, removed: history.removed?.id, inHead: history.inHead)
        switch history.reachability {
        case .reachable(let references): place.references = references.compactMap { numbers[$0] }
        case .stash: place.otherReach = .stash
        case .reflog: place.otherReach = .reflog
        case .unreachable: place.otherReach = HistorySnapshot.OtherReach.none
        }
        place.branches = history.branches.compactMap { numbers[$0] }
        place.tags = history.tags.compactMap { numbers[$0] }
        let named = history.branches.count + history.tags.count
        guard place.references.count == history.reachability.names.count,
            place.branches.count + place.tags.count == named
        else { return nil }
        place.referenceCount = history.referenceCount
        place.branchCount = history.branchCount
        place.tagCount = history.tagCount
        for (path, origin) in zip(history.paths, history.pathOrigins) {
            guard let entries = try? entries(of: path, in: origin.commit) else { return nil }
            place.paths.append(HistorySnapshot.Path(commit: origin.commit, entries: entries))
        }
        return place
    }

    /// Which entry of each tree on the way a path leads through.
    private func entries(of path: PathBytes, in commit: ObjectID) throws(GitError) -> [Int]? {
        var tree = try repository.commitLinks(commit).tree
        var entries: [Int] = []
        for name in path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            var found: (number: Int, id: ObjectID)?
            var number = 0
            try repository.forEachEntry(ofTree: tree) { entry, id, _ in
                if found == nil, entry.elementsEqual(name) { found = (number, id) }
                number += 1
            }
            guard let found else { return nil }
            entries.append(found.number)
            tree = found.id
        }
        return entries
    }

    // MARK: Back

    /// - Parameter ids: Which of the snapshot's blobs are asked about.
    /// - Returns: Where they belong, but for those of which the repository has something else than the snapshot says; `nil`
    ///   if an object that tells it has been damaged since.
    func histories(_ snapshot: HistorySnapshot, of ids: Set<ObjectID>) -> [ObjectID: BlobHistory]? {
        var infos: [ObjectID: CommitInfo] = [:]
        var histories: [ObjectID: BlobHistory] = [:]
        do throws(GitError) {
            for place in snapshot.places where ids.contains(place.id) {
                histories[place.id] = try history(place, &infos)
            }
        } catch {
            // Whoever reads the history without the snapshot names it.
            return nil
        }
        return histories
    }

    private func history(
        _ place: HistorySnapshot.Place, _ infos: inout [ObjectID: CommitInfo]
    ) throws(GitError) -> BlobHistory? {
        let numbers = place.references + place.branches + place.tags
        guard numbers.allSatisfy(names.indices.contains) else { return nil }
        var paths: [PathBytes] = []
        for path in place.paths {
            guard let path = try self.path(of: place.id, path) else { return nil }
            paths.append(path)
        }
        let reachability: BlobHistory.Reachability =
            switch place.otherReach {
            case nil: .reachable(refs: place.references.map { names[$0] })
            case .stash: .stash
            case .reflog: .reflog
            case .some(.none): .unreachable
            }
        var history = BlobHistory(
            introduced: try info(place.introduced, &infos), paths: paths, removed: try info(place.removed, &infos),
            inHead: place.inHead, reachability: reachability, branches: place.branches.map { names[$0] },
            tags: place.tags.map { names[$0] })
        history.referenceCount = place.referenceCount
        history.branchCount = place.branchCount
        history.tagCount = place.tagCount
        return history
    }

    private func info(
        _ commit: ObjectID?, _ infos: inout [ObjectID: CommitInfo]
    ) throws(GitError) -> CommitInfo? {
        guard let commit else { return nil }
        if let known = infos[commit] { return known }
        let info = CommitInfo(try repository.commit(commit))
        infos[commit] = info
        return info
    }

    private func path(of blob: ObjectID, _ path: HistorySnapshot.Path) throws(GitError) -> PathBytes? {
        var next = try repository.commitLinks(path.commit).tree
        var result = PathBytes("")
        for wanted in path.entries {
            var number = 0
            var found: (path: PathBytes, id: ObjectID)?
            try repository.forEachEntry(ofTree: next) { name, id, _ in
                if number == wanted { found = (result.appending(name), id) }
                number += 1
            }
            guard let found else { return nil }
            (result, next) = (found.path, found.id)
        }
        return next == blob ? result : nil
    }
}

extension BlobHistory.Reachability {
    /// Of the references; none of what is reached in another way.
    fileprivate var names: [String] { if case .reachable(let names) = self { names } else { [] } }
}
