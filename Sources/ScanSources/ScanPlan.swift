package import Bytes
package import Findings

/// What a source will have read, known before the first byte is scanned.
package struct ScanPlan: Sendable {
    /// Each thing to scan, once.
    package var items: [ScanItem]
    /// Left out on purpose.
    package var omissions: [Omission]
    /// What already failed.
    package var problems: [Problem]
    /// How many commits the scan covers; 0 outside of histories.
    package var commitCount: Int
    /// What is scanned, in words for people: `/home/me/project`.
    package var rootDescription: String
    /// The absolute path of the repository's working directory, or of the bare repository; `nil` outside of one.
    package var repositoryRoot: String?
    /// Which items are in packs that can be read as packs; `nil` if none is.
    package var packed: PackedItems?
    /// Whether the content of each object is compared with its id.
    package var verifiesObjects = false
    /// The commits of a range; empty otherwise.
    package var commitIDs: [ObjectID] = []
    /// What is found out about a history once its blobs have been read; `nil` where nothing is.
    package var attribution: HistoryAttribution?
    /// What earlier scans of the repository found out, and this one adds to; `nil` where nothing is remembered.
    package var cache: ScanCache?
    /// How many objects are not among the items because the cache knows that they are clean.
    package var knownCount = 0
    /// How many blobs are not among the items because the cache knows that they are binary.
    package var knownBinaryCount = 0
    /// What the last scan of a history found, where that is known.
    package var recollection = Recollection()
    /// In a range: for each blob the commit of the range that brought it.
    package var introductions: [ObjectID: Occurrence.Commit]

    package init(
        items: [ScanItem] = [], omissions: [Omission] = [], problems: [Problem] = [], commitCount: Int = 0,
        rootDescription: String, repositoryRoot: String? = nil, introductions: [ObjectID: Occurrence.Commit] = [:]
    ) {
        self.items = items
        self.omissions = omissions
        self.problems = problems
        self.commitCount = commitCount
        self.rootDescription = rootDescription
        self.repositoryRoot = repositoryRoot
        self.introductions = introductions
    }
}
