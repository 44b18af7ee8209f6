public import Git

/// What a source will have read, known before the first byte is scanned.
public struct ScanPlan: Sendable {
    /// Each thing to scan, once.
    public var items: [ScanItem]
    /// Left out on purpose.
    public var omissions: [Omission]
    /// What already failed.
    public var problems: [Problem]
    /// How many commits the scan covers; 0 outside of histories.
    public var commitCount: Int
    /// What is scanned, in words for people: `/home/me/project`.
    public var rootDescription: String
    /// The absolute path of the repository's working directory, or of the bare repository; `nil` outside of one.
    public var repositoryRoot: String?
    /// Which items are in packs that can be read as packs; `nil` if none is.
    public var packed: PackedItems?
    /// Whether the content of each object is compared with its id.
    public var verifiesObjects = false
    /// The commits of a range; empty otherwise.
    public var commitIDs: [ObjectID] = []
    /// What is found out about a history once its blobs have been read; `nil` where nothing is.
    public var attribution: HistoryAttribution?
    /// What earlier scans of the repository found out, and this one adds to; `nil` where nothing is remembered.
    public var cache: ScanCache?
    /// How many objects are not among the items because the cache knows that they are clean.
    public var knownCount = 0
    /// How many blobs are not among the items because the cache knows that they are binary.
    public var knownBinaryCount = 0
    /// What the last scan of a history found, where that is known.
    public var recollection = Recollection()
    /// In a range: for each blob the commit of the range that brought it.
    public var introductions: [ObjectID: CommitInfo]

    public init(
        items: [ScanItem] = [], omissions: [Omission] = [], problems: [Problem] = [], commitCount: Int = 0,
        rootDescription: String, repositoryRoot: String? = nil, introductions: [ObjectID: CommitInfo] = [:]
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
