internal import Git

/// Turns where blobs belong into ids and numbers for a snapshot, and back.
struct SnapshotPlaces {
    private let names: [String]
    private let numbers: [String: Int]

    /// - Parameter tips: Of the state that the snapshot is of.
    init(_ tips: HistoryTips) {
        names = tips.references.map(\.name.short)
        numbers = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Into the snapshot

    /// - Returns: `nil` where a path is not from a commit, so that it could not be found again.
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
        place.referenceCount = history.referenceCount
        place.branchCount = history.branchCount
        place.tagCount = history.tagCount
        place.paths = history.pathOrigins
        return place
    }

    // MARK: Back

    /// - Returns: Where the blobs of a snapshot belong, but for those of which the repository has something else than the
    ///   snapshot says; `nil` if an object that tells it has been damaged since.
    func histories(_ snapshot: HistorySnapshot, in repository: Repository) -> [ObjectID: BlobHistory]? {
        var origins = PathOrigins(repository)
        var histories: [ObjectID: BlobHistory] = [:]
        do throws(GitError) {
            for place in snapshot.places { histories[place.id] = try history(place, &origins) }
        } catch {
            // Whoever reads the history without the snapshot names it.
            return nil
        }
        return histories
    }

    private func history(_ place: HistorySnapshot.Place, _ origins: inout PathOrigins) throws(GitError) -> BlobHistory?
    {
        let numbers = place.references + place.branches + place.tags
        guard numbers.allSatisfy(names.indices.contains) else { return nil }
        var paths: [PathBytes] = []
        for origin in place.paths {
            guard let path = try origins.path(of: place.id, origin) else { return nil }
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
            introduced: try origins.info(place.introduced), paths: paths, removed: try origins.info(place.removed),
            inHead: place.inHead, reachability: reachability, branches: place.branches.map { names[$0] },
            tags: place.tags.map { names[$0] })
        history.referenceCount = place.referenceCount
        history.branchCount = place.branchCount
        history.tagCount = place.tagCount
        history.pathOrigins = place.paths
        return history
    }
}

/// Reads commits and what they brought, each once.
private struct PathOrigins {
    private let repository: Repository
    private var additions: [ObjectID: [(path: PathBytes, entry: TreeEntry)]] = [:]

    init(_ repository: Repository) {
        self.repository = repository
    }

    func info(_ commit: ObjectID?) throws(GitError) -> CommitInfo? {
        guard let commit else { return nil }
        return CommitInfo(try repository.commit(commit))
    }

    mutating func path(of blob: ObjectID, _ origin: BlobHistory.PathOrigin) throws(GitError) -> PathBytes? {
        if additions[origin.commit] == nil {
            var comparison = TreeComparison(repository)
            try comparison.compare(repository.commitLinks(origin.commit))
            additions[origin.commit] = comparison.additions
        }
        let paths = additions[origin.commit]?.filter { $0.entry.id == blob } ?? []
        return paths.indices.contains(origin.ordinal) ? paths[origin.ordinal].path : nil
    }
}
