package import Bytes
package import Findings
internal import ScanSources

/// What a history said of the objects that it was asked about.
package struct AttributionOutcome: Sendable {
    /// Those of the blobs, commits and tags that were asked about that are in the database.
    package internal(set) var histories: [ObjectID: BlobHistory] = [:]
    /// Objects that are missing, or damaged.
    package internal(set) var problems: [Problem] = []
    /// The objects of which it is now known whether what they name is there; `nil` where too much is missing.
    var checked: ObjectInventory?
    /// For each object that is missing one that names it.
    var gaps: [ObjectID] = []
    /// For the next scan, if the repository stays as it is; without what the scan itself found.
    var snapshot: HistorySnapshot?

    /// Tells a cache which stores are checked, so that the next scan only asks of what is new whether what it names is
    /// there.
    package func note(in cache: inout ScanCache) {
        if let stores = checked?.checkedStores(gaps: gaps) { cache.record(stores) }
    }

    /// Tells a cache also what the scan found out, so that the next one need not find it out again as long as the
    /// repository stays as it is. To be called only where nothing went wrong but what `problems` say.
    ///
    /// - Parameters:
    ///   - pending: What was not clean.
    ///   - namesArePending: Whether the names of references are to be scanned again.
    ///   - known: How many objects need not be read again.
    package func note(
        in cache: inout ScanCache, pending: [RememberedItem], namesArePending: Bool, known: KnownCounts
    ) {
        note(in: &cache)
        guard var snapshot, pending.count <= HistorySnapshot.largestPendingCount else { return }
        snapshot.known = known
        snapshot.pending = pending
        snapshot.namesArePending = namesArePending
        cache.keep(snapshot)
    }
}
