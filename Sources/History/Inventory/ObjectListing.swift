import Bytes
import Findings
internal import Git
internal import Platform
internal import ScanSources

/// The ids of all objects of a repository as the library lists them, in the order of the packs, each once; and which of
/// them lie in stores that a cache has checked.
///
/// A store is a pack, or all objects in files of their own. It is checked once each of its objects was asked whether what
/// it names is there.
struct ObjectListing {
    private(set) var order: [ObjectID] = []
    private(set) var stores = StoreNames()
    /// Stores that could not be listed.
    private(set) var problems: [Problem] = []
    /// How many objects nothing is known of, or have to be read again.
    private(set) var openCount = 0
    /// For each object of the order, whether its store is checked; empty if none is.
    private var checked: [Bool] = []

    init(_ repository: Repository, cache: ScanCache?) {
        guard let cache else {
            listAll(repository)
            return
        }
        var known: Set<ObjectID> = []
        var ranges: [(pack: ObjectID, range: Range<Int>)] = []
        for path in packIndexes(of: repository) {
            let start = order.count
            var listed: [ObjectID] = []
            do throws(GitError) {
                try ObjectDatabase.forEachObject(ofPackIndex: path) { listed.append($0) }
            } catch {
                // As without a cache: the library has its own way with damaged packs.
                self = ObjectListing(repository, cache: nil)
                return
            }
            for id in listed where known.insert(id).inserted { order.append(id) }
            if let pack = PackFolders.id(ofPack: path) {
                stores.packs.append(pack)
                ranges.append((pack, start..<order.count))
            } else {
                stores.isComplete = false
            }
        }
        for id in repository.looseObjectIDs() {
            if known.insert(id).inserted { order.append(id) }
            stores.loose.insert(id)
        }
        markChecked(ranges, by: cache)
        countOpen(cache)
    }

    /// Whether the object at a position of the order lies in a checked store.
    func isChecked(_ position: Int) -> Bool { checked.isEmpty ? false : checked[position] }

    /// Whether there is nothing but what is checked.
    var isWhollyChecked: Bool { !checked.isEmpty && !checked.contains(false) }

    private mutating func countOpen(_ cache: ScanCache) {
        for (position, id) in order.enumerated() {
            switch cache.state(of: id) {
            case nil: if !isChecked(position) { openCount += 1 }
            case .pending: openCount += 1
            case .cleanBlob, .binaryBlob, .cleanCommit, .cleanTag, .pack, .looseTree: break
            }
        }
    }

    /// What was checked holds as long as all of it is there: an object may name others in any store.
    private mutating func markChecked(_ ranges: [(pack: ObjectID, range: Range<Int>)], by cache: ScanCache) {
        let (packCount, wasLooseCount) = (cache.packCount, cache.looseCount)
        guard packCount + wasLooseCount > 0 else { return }
        let checkedPacks = ranges.filter { cache.state(of: $0.pack) == .pack }
        // To look up a million objects takes its time.
        let looseCount = wasLooseCount == 0 ? 0 : order.count { cache.wasLoose($0) }
        guard Set(checkedPacks.map(\.pack)).count == packCount, looseCount == wasLooseCount else { return }
        checked = Array(repeating: false, count: order.count)
        for position in checkedPacks.flatMap(\.range) { checked[position] = true }
        if looseCount == 0 { return }
        for (position, id) in order.enumerated() where cache.wasLoose(id) { checked[position] = true }
    }

    // MARK: Listing

    private mutating func listAll(_ repository: Repository) {
        stores.isComplete = false
        let count = estimatedCount(repository)
        var known = Set<ObjectID>(minimumCapacity: count)
        var order: [ObjectID] = []
        order.reserveCapacity(count)
        let receive = { (id: ObjectID) in
            if known.insert(id).inserted { order.append(id) }
        }
        problems = repository.objects.forEach(receive).map { Problem($0) }
        if !problems.isEmpty {
            // The library stops at the first damaged pack index of a folder; the other packs are still good.
            for path in packIndexes(of: repository) {
                do throws(GitError) {
                    try ObjectDatabase.forEachObject(ofPackIndex: path, receive)
                } catch {
                    problems.append(Problem(error))
                }
            }
        }
        self.order = order
        openCount = order.count
    }

    /// About how many objects packs have, by the sizes of their indexes: a set that grows to millions is made anew some
    /// twenty times.
    private func estimatedCount(_ repository: Repository) -> Int {
        var listing = self
        return listing.packIndexes(of: repository).reduce(0) { sum, path in
            var status = stat()
            // 20 bytes of an id, 4 of a checksum, 4 of an offset; after a table of 1 KB.
            return stat(path, &status) == 0 ? sum + max(0, (Int(status.st_size) - 1024) / 28) : sum
        }
    }

    /// The index files of all packs.
    private mutating func packIndexes(of repository: Repository) -> [String] {
        var paths: [String] = []
        for folder in repository.objectDirectories.map({ $0 + "/pack" }) {
            do throws(SystemError) {
                let names = try FolderListing.names(ofFolder: folder)
                paths += names.filter { $0.hasSuffix(".idx") }.map { folder + "/" + $0 }
            } catch {
                guard error.code != ENOENT else { continue }
                stores.isComplete = false
                problems.append(Problem(error, subject: folder))
            }
        }
        return paths
    }
}
