import Bytes
internal import Git
internal import Glibc

/// The ids in a repository's stores, in the order of the packs, each once; and which stores a cache has settled.
struct ObjectListing {
    private(set) var order: [ObjectID] = []
    /// Those that are files of their own.
    private(set) var loose: Set<ObjectID> = []
    /// The packs, by the ids in their names.
    private(set) var packs: [ObjectID] = []
    /// Whether all packs have names with ids and could be listed, so that a cache can speak of them.
    private(set) var hasAllNames = true
    /// Stores that could not be listed.
    private(set) var failures: [GitError] = []

    /// How many objects nothing is known of, or have to be read again.
    private(set) var openCount = 0
    /// For each object of the order, whether its store is settled; empty if none is.
    private var settled: [Bool] = []

    /// What the cache says, where packs were listed as such.
    private var known: KnownObjects?

    /// Lists what is in files of its own, where the packs are known.
    ///
    /// - Parameter known: `nil`: nothing is known of any object.
    init(_ packs: PackFolders, loose: [ObjectID], _ known: KnownObjects? = nil) {
        self.known = known
        order = loose
        self.loose = Set(loose)
        self.packs = packs.files.compactMap { Self.packID($0.path) }
        hasAllNames = self.packs.count == packs.files.count
        openCount = known?.openCount ?? loose.count + packs.files.reduce(0) { $0 + $1.count }
    }

    init(_ repository: Repository, cache: ScanCache?) {
        guard let cache else {
            listAll(repository)
            return
        }
        var known: Set<ObjectID> = []
        var ranges: [(pack: ObjectID, range: Range<Int>)] = []
        for path in packIndexes(of: repository) {
            let start = order.count
            do throws(GitError) {
                try ObjectDatabase.forEachObject(ofPackIndex: path) { id in
                    if known.insert(id).inserted { order.append(id) }
                }
            } catch {
                // As without a cache: the library has its own way with damaged packs.
                self = ObjectListing(repository, cache: nil)
                return
            }
            if let pack = Self.packID(path) {
                packs.append(pack)
                ranges.append((pack, start..<order.count))
            } else {
                hasAllNames = false
            }
        }
        for id in repository.looseObjectIDs() {
            if known.insert(id).inserted { order.append(id) }
            loose.insert(id)
        }
        applySettlement(of: cache, ranges)
        countOpen(cache)
    }

    /// What was settled holds as long as all of it is there: an object may name others in any store.
    private mutating func countOpen(_ cache: ScanCache) {
        for (position, id) in order.enumerated() {
            switch cache.state(of: id) {
            case nil: if !isSettled(position) { openCount += 1 }
            case .pending: openCount += 1
            case .cleanBlob, .binaryBlob, .cleanCommit, .cleanTag, .pack, .looseTree: break
            }
        }
    }

    private mutating func applySettlement(of cache: ScanCache, _ ranges: [(pack: ObjectID, range: Range<Int>)]) {
        let (packCount, wasLooseCount) = (cache.packCount, cache.looseCount)
        guard packCount + wasLooseCount > 0 else { return }
        let settledPacks = ranges.filter { cache.state(of: $0.pack) == .pack }
        // To look up a million objects takes its time.
        let looseCount = wasLooseCount == 0 ? 0 : order.count { cache.wasLoose($0) }
        guard Set(settledPacks.map(\.pack)).count == packCount, looseCount == wasLooseCount else { return }
        settled = Array(repeating: false, count: order.count)
        for position in settledPacks.flatMap(\.range) { settled[position] = true }
        if looseCount == 0 { return }
        for (position, id) in order.enumerated() where cache.wasLoose(id) { settled[position] = true }
    }

    /// Whether the object at a position of the order lies in a settled store.
    func isSettled(_ position: Int) -> Bool { settled.isEmpty ? false : settled[position] }

    /// Whether there is nothing but what is settled.
    var isSettledAsAWhole: Bool {
        known?.isSettledAsAWhole ?? (!settled.isEmpty && !settled.contains(false))
    }

    // MARK: Listing

    private mutating func listAll(_ repository: Repository) {
        hasAllNames = false
        let count = estimatedCount(repository)
        var known = Set<ObjectID>(minimumCapacity: count)
        var order: [ObjectID] = []
        order.reserveCapacity(count)
        let receive = { (id: ObjectID) in
            if known.insert(id).inserted { order.append(id) }
        }
        failures = repository.objects.forEach(receive)
        if !failures.isEmpty {
            // The library stops at the first damaged pack index of a folder; the other packs are still good.
            for path in packIndexes(of: repository) {
                do throws(GitError) {
                    try ObjectDatabase.forEachObject(ofPackIndex: path, receive)
                } catch {
                    failures.append(error)
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
            do {
                paths += try names(ofFolder: folder).filter { $0.hasSuffix(".idx") }.map { folder + "/" + $0 }
            } catch {
                guard error.errno != ENOENT else { continue }
                hasAllNames = false
                failures.append(
                    GitError(operation: "list", subject: folder, kind: .other, message: systemMessage(error.errno)))
            }
        }
        return paths
    }

    /// `pack-0123….idx`, or `….pack`
    static func packID(_ path: String) -> ObjectID? {
        let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        guard name.hasPrefix("pack-"), let dot = name.lastIndex(of: ".") else { return nil }
        return ObjectID(hex: name[..<dot].dropFirst(5))
    }
}
