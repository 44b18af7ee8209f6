internal import Bytes

/// The same place in ten versions of a file is one place.
extension Finding {
    /// The finding with all versions of a file as one: the first place of the secret in each of them is one, the second is
    /// one, and so on. What is shown is how it stands in HEAD, or else stood last; what the history says is of all.
    func joiningVersions() -> Finding {
        var ordinals: [VersionedPlace: Int] = [:]
        var groups: [VersionedPlace: [Occurrence]] = [:]
        var order: [VersionedPlace] = []
        // By path and then by position, so that each version's places are counted in their order.
        for occurrence in occurrences {
            guard let object = occurrence.origin.blob, occurrence.history != nil else { continue }
            let inVersion = VersionedPlace(occurrence, in: object)
            let place = VersionedPlace(occurrence, number: ordinals[inVersion, default: 0])
            ordinals[inVersion] = place.number + 1
            if groups[place] == nil { order.append(place) }
            groups[place, default: []].append(occurrence)
        }
        guard groups.values.contains(where: { $0.count > 1 }) else { return self }
        var copy = self
        copy.occurrences = occurrences.filter { $0.origin.blob == nil || $0.history == nil }
        copy.occurrences += order.compactMap { groups[$0].flatMap(Occurrence.init(joining:)) }
        copy.occurrences.sort { $0.precedes($1) }
        return copy
    }
}

/// What places in versions of one file have in common.
private struct VersionedPlace: Hashable {
    let path: String
    let decoders: [String]
    /// The how manieth in its version.
    let number: Int
    /// Only while the places of one version are counted.
    let object: ObjectID?

    init(_ occurrence: Occurrence, in object: ObjectID? = nil, number: Int = 0) {
        path = occurrence.path
        decoders = occurrence.decoders
        self.object = object
        self.number = number
    }
}

extension Occurrence {
    /// One place for what stands at the same place of several versions; `nil` if there are none.
    fileprivate init?(joining versions: [Occurrence]) {
        guard let shown = versions.max(by: { $0.isOlder(than: $1) }) else { return nil }
        self = shown
        shownCommit = shown.history?.introduced?.id
        guard versions.count > 1 else { return }
        var seen: Set<ObjectID> = shown.origin.blob.map { [$0] } ?? []
        otherObjects = versions.compactMap(\.origin.blob).filter { seen.insert($0).inserted }.sorted()
        confidence = versions.map(\.confidence).max() ?? confidence
        // The time is asked for what is not told here.
        guard let history, let story = Timeline(versions, now: 0) else { return }
        let histories = versions.compactMap(\.history)
        let counts = histories.map(\.counts)
        // Each names some of many; together they name no more.
        let named = histories.map(\.reachability.names.count).max() ?? 0
        var reachability = story.reachability
        if case .references(let names) = reachability { reachability = .references(Array(names.prefix(named))) }
        self.history = History(
            introduced: story.introduced, removed: story.removed, isInHead: story.isInHead,
            reachability: reachability, otherPaths: story.paths.filter { $0 != path },
            branches: story.branches, tags: story.tags,
            counts: History.Counts(
                references: counts.map(\.references).max() ?? history.counts.references,
                branches: counts.map(\.branches).max() ?? history.counts.branches,
                tags: counts.map(\.tags).max() ?? history.counts.tags))
    }

    /// Whether another version is the one to show: that of HEAD, or the one that came last.
    private func isOlder(than other: Occurrence) -> Bool {
        let (isInHead, otherIsInHead) = (history?.isInHead ?? false, other.history?.isInHead ?? false)
        if isInHead != otherIsInHead { return otherIsInHead }
        let (time, otherTime) = (history?.introduced?.authorTime ?? .min, other.history?.introduced?.authorTime ?? .min)
        if time != otherTime { return time < otherTime }
        return other.precedes(self)
    }
}
