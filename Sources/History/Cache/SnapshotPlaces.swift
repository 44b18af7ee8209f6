import Bytes
internal import Findings
internal import Git
internal import ScanSources

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
        let record = history.record
        var place = HistorySnapshot.Place(
            id: id, introduced: record.introduced?.id, removed: record.removed?.id, inHead: record.isInHead)
        switch record.reachability {
        case .references(let references): place.references = references.compactMap { numbers[$0] }
        case .stash: place.otherReach = .stash
        case .reflog: place.otherReach = .reflog
        case .unreachable: place.otherReach = HistorySnapshot.OtherReach.none
        }
        place.branches = record.branches.compactMap { numbers[$0] }
        place.tags = record.tags.compactMap { numbers[$0] }
        let named = record.branches.count + record.tags.count
        guard place.references.count == record.reachability.names.count,
            place.branches.count + place.tags.count == named
        else { return nil }
        place.referenceCount = record.counts.references
        place.branchCount = record.counts.branches
        place.tagCount = record.counts.tags
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
        var infos: [ObjectID: Occurrence.Commit] = [:]
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
        _ place: HistorySnapshot.Place, _ infos: inout [ObjectID: Occurrence.Commit]
    ) throws(GitError) -> BlobHistory? {
        let numbers = place.references + place.branches + place.tags
        guard numbers.allSatisfy(names.indices.contains) else { return nil }
        var paths: [PathBytes] = []
        for path in place.paths {
            guard let path = try self.path(of: place.id, path) else { return nil }
            paths.append(path)
        }
        let reachability: Occurrence.History.Reachability =
            switch place.otherReach {
            case nil: .references(place.references.map { names[$0] })
            case .stash: .stash
            case .reflog: .reflog
            case .some(.none): .unreachable
            }
        let record = Occurrence.History(
            introduced: try info(place.introduced, &infos), removed: try info(place.removed, &infos),
            isInHead: place.inHead, reachability: reachability, otherPaths: [],
            branches: place.branches.map { names[$0] }, tags: place.tags.map { names[$0] },
            counts: .init(references: place.referenceCount, branches: place.branchCount, tags: place.tagCount))
        return BlobHistory(record, paths: paths)
    }

    private func info(
        _ commit: ObjectID?, _ infos: inout [ObjectID: Occurrence.Commit]
    ) throws(GitError) -> Occurrence.Commit? {
        guard let commit else { return nil }
        if let known = infos[commit] { return known }
        let info = Occurrence.Commit(try repository.commit(commit))
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
