import Bytes

/// What a scan tells a cache of the stores of a repository: it was asked of each of their objects whether what it names
/// is there.
struct CheckedStores: Sendable {
    /// As a cache keeps it.
    let records: [Record]

    /// - Parameters:
    ///   - packs: The packs, by the ids in their names.
    ///   - loose: Objects in files of their own that are blobs, commits or tags.
    ///   - looseTrees: Those that are trees.
    ///   - pending: Blobs, commits and tags of the stores. Those that are not recorded as clean stay to be scanned.
    ///   - gaps: Objects that name missing ones; of each missing object one that names it. They stay to be asked.
    init(
        packs: [ObjectID], loose: [ObjectID], looseTrees: [ObjectID], pending: [ObjectID], gaps: [ObjectID]
    ) {
        records =
            gaps.map { Record($0, .pending, hasGap: true) } + packs.map { Record($0, .pack) }
            + looseTrees.map { Record($0, .looseTree, isLoose: true) }
            + pending.map { Record($0, .pending) } + loose.map { Record($0, .pending, isLoose: true) }
    }
}
