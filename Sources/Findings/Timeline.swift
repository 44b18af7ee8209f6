/// The story of one secret, put together from all its places in a history.
package struct Timeline: Sendable, Hashable {
    /// The commit that brought it, of those that references reach if there are any.
    package var introduced: Occurrence.Commit?
    /// The commit that took it from its last place; `nil` while it is somewhere.
    package var removed: Occurrence.Commit?
    package var isInHead: Bool
    /// The easiest way that one still gets to it.
    package var reachability: Occurrence.History.Reachability
    /// Every path of a blob with it, sorted.
    package var paths: [String]
    /// Branches and tags that contain it, some of them if there are many.
    package var branches: [String]
    package var tags: [String]
    /// References that contain it besides those that are named; at least so many.
    package var unnamedCount: Int
    /// Whole days from its introduction to its removal, or to the time of the scan if it is still there; `nil` if no
    /// commit brought it. Of authors' clocks, so that it may be wrong by as much as they are.
    package var exposedDays: Int?

    /// - Parameters:
    ///   - occurrences: All places of one secret.
    ///   - now: The time of the scan, in seconds since 1970.
    /// - Returns: `nil` outside of histories.
    package init?(_ occurrences: [Occurrence], now: Int) {
        let histories = occurrences.compactMap(\.history)
        guard let easiest = histories.map(\.reachability.rank).min() else { return nil }
        let visible = histories.filter { $0.reachability.rank == easiest }
        introduced = visible.compactMap(\.introduced).min { $0.authorTime < $1.authorTime }
        isInHead = histories.contains(where: \.isInHead)
        let isGone = !isInHead && visible.allSatisfy { $0.removed != nil }
        removed = isGone ? visible.compactMap(\.removed).max { $0.authorTime < $1.authorTime } : nil
        let names = Self.union(visible.map(\.reachability.names))
        reachability = easiest == 0 ? .references(names) : visible[0].reachability
        unnamedCount = max(0, (visible.map(\.counts.references).max() ?? 0) - names.count)
        let paths = occurrences.filter(\.isInBlob).flatMap { [$0.path] + ($0.history?.otherPaths ?? []) }
        self.paths = Set(paths).sorted()
        branches = Self.union(histories.map(\.branches))
        tags = Self.union(histories.map(\.tags))
        exposedDays = introduced.map { max(0, ((removed?.authorTime ?? now) - $0.authorTime) / 86_400) }
    }

    /// Each name once, where it came first.
    private static func union(_ lists: [[String]]) -> [String] {
        var seen: Set<String> = []
        return lists.joined().filter { seen.insert($0).inserted }
    }
}

extension Occurrence {
    fileprivate var isInBlob: Bool {
        switch origin {
        case .file, .index, .blob: true
        case .commitMessage, .tagMessage, .referenceNames, .standardInput, .address: false
        }
    }
}

extension Occurrence.History.Reachability {
    /// What is easier to get to comes first.
    fileprivate var rank: Int {
        switch self {
        case .references: 0
        case .stash: 1
        case .reflog: 2
        case .unreachable: 3
        }
    }
}
