package import Bytes
internal import Git

/// What earlier scans of a repository found to be clean: a file in its git directory, `windsock/scanned`.
///
/// It says of objects, by id, that a scan with the same key found nothing in them, and which packs and loose objects were
/// there when last it was asked of every object whether what it names is there, and which name what is missing; and it
/// keeps what the last whole scan found out, for the case that nothing has changed (`HistorySnapshot`). There is no path,
/// text or secret in it. Deleting it costs time and nothing else: what is missing, damaged, of another key or not to be written counts as empty, without a word.
///
/// A record is 16 bytes: 15 of an object's id and its state. A hundred and twenty bits of SHA-1 are far beyond what can be
/// met by chance or, among millions of ids, by search.
package struct ScanCache: Sendable {
    /// What a scan's result depends on besides the object: rules, settings, program.
    package struct Key: Sendable, Hashable {
        let bytes: [UInt8]

        package static let byteCount = 32

        /// - Parameter bytes: 32 bytes of a digest.
        package init(_ bytes: [UInt8]) {
            precondition(bytes.count == Self.byteCount, "a key has \(Self.byteCount) bytes")
            self.bytes = bytes
        }
    }

    /// What is known of an object.
    package enum State: UInt8, Sendable, CaseIterable {
        /// A blob without findings, problems or anything suppressed.
        case cleanBlob = 1
        /// A blob that was taken for binary, and so was not scanned.
        case binaryBlob = 2
        /// A commit whose message is clean.
        case cleanCommit = 3
        /// An annotated tag whose message is clean.
        case cleanTag = 4
        /// A blob, commit or tag of a settled store that has to be scanned each time; or an object that names a missing
        /// one.
        case pending = 5
        /// A pack, by the id in its name.
        case pack = 6
        /// A loose tree of the time when everything was connected.
        case looseTree = 7

        var isClean: Bool { rawValue <= Self.cleanTag.rawValue }
    }

    private let path: String
    private let key: Key
    private let known: RecordTable
    /// What the last scan found out, if the repository is still as it was then.
    let snapshot: HistorySnapshot?
    private var added: [Record] = []
    private var settled: [Record]?
    private var newSnapshot: HistorySnapshot?

    private init(path: String, key: Key, _ content: CacheFile.Content) {
        self.path = path
        self.key = key
        known = content.table
        snapshot = content.snapshot
    }

    /// Reads the cache of a repository.
    ///
    /// - Parameter gitDirectory: `Repository.commonDirectory`: worktrees share the objects.
    package static func open(gitDirectory: String, key: Key) -> ScanCache {
        let path = gitDirectory + (gitDirectory.hasSuffix("/") ? "" : "/") + "windsock/scanned"
        return ScanCache(path: path, key: key, CacheFile.read(path, key: key))
    }

    /// How many objects are known to be clean.
    package var count: Int { known.records.count { $0.state.isClean } }

    /// Whether nothing is known of any object.
    var isEmpty: Bool { known.records.isEmpty }

    /// What is known of an object; `nil` if nothing is.
    package func state(of id: ObjectID) -> State? { known.find(id)?.state }

    /// Whether a scan of the object can be left out.
    package func contains(_ id: ObjectID) -> Bool { state(of: id)?.isClean ?? false }

    /// Whether an earlier scan with the same key had the object to look at and did not call it clean.
    package func isPending(_ id: ObjectID) -> Bool { state(of: id) == .pending }

    /// Notes what a scan found out. Only `save` makes it last.
    package mutating func record(_ ids: some Sequence<ObjectID>, as state: State) {
        added += ids.lazy.map { Record($0, state) }
    }

    /// Notes what a scan of the whole history found out.
    mutating func keep(_ snapshot: HistorySnapshot) {
        if snapshot != self.snapshot { newSnapshot = snapshot }
    }

    // MARK: Settled stores

    /// Whether a record says that the object lay in a file of its own when the stores were settled.
    func wasLoose(_ id: ObjectID) -> Bool { known.find(id)?.isLoose ?? false }

    /// Whether an object names one that was missing then.
    func hasGap(_ id: ObjectID) -> Bool { known.find(id)?.hasGap ?? false }

    /// How many objects lay in files of their own then.
    var looseCount: Int { known.records.count { $0.isLoose } }

    /// How many packs there were then; 0, too, if nothing is settled.
    var packCount: Int { known.records.count { $0.state == .pack } }

    /// What is known of all objects of packs, and of those in files of their own.
    func known(of packs: PackFolders, loose: [ObjectID]) -> KnownObjects { KnownObjects(known, packs, loose) }

    /// Notes that in these stores no object names one that is missing, but for some.
    ///
    /// - Parameters:
    ///   - packs: The packs, by the ids in their names.
    ///   - loose: Objects in files of their own that are blobs, commits or tags.
    ///   - looseTrees: Those that are trees.
    ///   - pending: Blobs, commits and tags of the stores. Those that are not recorded as clean stay to be scanned.
    ///   - gaps: Objects that name missing ones; of each missing object one that names it. They stay to be asked.
    mutating func settle(
        packs: [ObjectID], loose: [ObjectID], looseTrees: [ObjectID], pending: [ObjectID], gaps: [ObjectID]
    ) {
        settled =
            gaps.map { Record($0, .pending, hasGap: true) } + packs.map { Record($0, .pack) }
            + looseTrees.map { Record($0, .looseTree, isLoose: true) }
            + pending.map { Record($0, .pending) } + loose.map { Record($0, .pending, isLoose: true) }
    }

    // MARK: Writing

    /// Writes what was noted, together with what other scans wrote meanwhile.
    ///
    /// - Returns: Whether it was written. A repository that may not be written, or a full disk, is no error: there will
    ///   be no cache, and scans are as right as ever.
    @discardableResult
    package func save() -> Bool {
        if added.isEmpty, settled == nil, newSnapshot == nil { return true }
        return CacheFile.replace(path) {
            // The file may have been deleted, or replaced by one of another key: what was known stays known.
            let current = CacheFile.read(path, key: key)
            let records = current.table.records
            let older = records == known.records ? [] : known.records.compactMap(\.unsettled)
            return CacheFile.encode(
                CacheFile.Content(
                    table: RecordTable(merging: records, older + added, settled),
                    snapshot: newSnapshot ?? current.snapshot), key: key)
        }
    }
}
