package import ScanSources

/// What a history will have read, and what is known of it before and found out after that.
package struct HistoryPlan: Sendable {
    /// What there is to read.
    package var contents: Plan
    /// Which items are in packs that can be read as packs; `nil` if none is.
    package var packed: PackedItems?
    /// Whether the content of each object is compared with its id.
    package var verifiesObjects = false
    /// Asks the history about what was found.
    package var attribution: HistoryAttribution
    /// What earlier scans of the repository found out, and this one adds to; `nil` where nothing is remembered.
    package var cache: ScanCache?
    /// How many objects are not among the items because the cache knows enough of them.
    package var known = KnownCounts()
    /// What the last scan found, where that is known.
    package var recollection = Recollection()

    package init(contents: Plan, attribution: HistoryAttribution) {
        self.contents = contents
        self.attribution = attribution
    }
}
