import Bytes

/// Commits of packs, and what they name, as numbers of the packs' objects.
struct CommitTable: Sendable {
    var commits: [UInt32] = []
    /// When each was committed, in seconds since 1970-01-01 00:00 UTC.
    var times: [Int] = []
    /// What each commit names: its tree, then its parents in their order; `IDBatch.none` for what no pack has.
    var named: [UInt32] = []
    /// Where that starts; and where it ends for the last one.
    var starts: [UInt32] = [0]
    /// What no pack has, by its place among `named`.
    var elsewhere: [Int: ObjectID] = [:]
}
