package import Bytes
internal import Git

/// What earlier scans of a repository found to be clean: a file in its git directory, `windsock/scanned`.
///
/// It says of objects, by id, that a scan with the same key found nothing in them. It says which stores, that is which
/// packs and which objects in files of their own, are checked: it was asked of each of their objects whether what it names
/// is there; and which objects name what is missing. And it keeps what the last whole scan found out, for the case that
/// nothing has changed (`HistorySnapshot`). There is no path, text or secret in it.
///
/// Deleting it costs time and nothing else: what is missing, damaged, of another key or not to be written counts as empty,
/// without a word.
///
/// A record is 16 bytes: 15 of an object's id and its state. A hundred and twenty bits of SHA-1 are far beyond what can be
/// met by chance or, among millions of ids, by search.
package struct ScanCache: Sendable {
    private let path: String
    private let key: CacheKey
    private let known: RecordTable
    /// What the last scan found out, if the repository is still as it was then.
    let snapshot: HistorySnapshot?
    private var added: [Record] = []
    private var checked: CheckedStores?
    private var newSnapshot: HistorySnapshot?

    private init(path: String, key: CacheKey, _ content: CacheFile.Content) {
        self.path = path
        self.key = key
        known = content.table
        snapshot = content.snapshot
    }

    /// Reads the cache of a repository.
    ///
    /// - Parameter gitDirectory: `Repository.commonDirectory`: worktrees share the objects.
    package static func open(gitDirectory: String, key: CacheKey) -> ScanCache {
        let path = gitDirectory + (gitDirectory.hasSuffix("/") ? "" : "/") + "windsock/scanned"
        return ScanCache(path: path, key: key, CacheFile.read(path, key: key))
    }

    /// How many objects are known to be clean.
    package var count: Int { known.records.count { $0.state.isClean } }

    /// Whether nothing is known of any object.
    var isEmpty: Bool { known.records.isEmpty }

    /// What is known of an object; `nil` if nothing is.
    package func state(of id: ObjectID) -> ObjectState? { known.find(id)?.state }

    /// Whether a scan of the object can be left out.
    package func contains(_ id: ObjectID) -> Bool { state(of: id)?.isClean ?? false }

    /// Whether an earlier scan with the same key had the object to look at and did not call it clean.
    package func isPending(_ id: ObjectID) -> Bool { state(of: id) == .pending }

    /// Notes what a scan found out. Only `save` makes it last.
    package mutating func record(_ ids: some Sequence<ObjectID>, as state: ObjectState) {
        added += ids.lazy.map { Record($0, state) }
    }

    /// Notes what a scan of the whole history found out.
    mutating func keep(_ snapshot: HistorySnapshot) {
        if snapshot != self.snapshot { newSnapshot = snapshot }
    }

    // MARK: Checked stores

    /// Whether a record says that the object lay in a file of its own when these were checked.
    func wasLoose(_ id: ObjectID) -> Bool { known.find(id)?.isLoose ?? false }

    /// Whether an object names one that was missing then.
    func hasGap(_ id: ObjectID) -> Bool { known.find(id)?.hasGap ?? false }

    /// How many objects lay in files of their own then.
    var looseCount: Int { known.records.count { $0.isLoose } }

    /// How many packs there were then; 0, too, if no store is checked.
    var packCount: Int { known.records.count { $0.state == .pack } }

    /// What is known of all objects of packs, and of those in files of their own.
    func known(of packs: PackFolders, loose: [ObjectID]) -> KnownObjects {
        KnownObjects(known, of: packs, loose: loose)
    }

    /// Notes which stores are checked.
    mutating func record(_ stores: CheckedStores) { checked = stores }

    // MARK: Writing

    /// Writes what was noted, together with what other scans wrote meanwhile.
    ///
    /// - Returns: Whether it was written. A repository that may not be written, or a full disk, is no error: there will
    ///   be no cache, and scans are as right as ever.
    @discardableResult
    package func save() -> Bool {
        if added.isEmpty, checked == nil, newSnapshot == nil { return true }
        return CacheFile.replace(path) {
            // The file may have been deleted, or replaced by one of another key: what was known stays known.
            let current = CacheFile.read(path, key: key)
            let records = current.table.records
            let older = records == known.records ? [] : known.records.compactMap(\.ofContent)
            return CacheFile.encode(
                CacheFile.Content(
                    table: RecordTable(merging: records, adding: older + added, checked: checked?.records),
                    snapshot: newSnapshot ?? current.snapshot), key: key)
        }
    }
}
