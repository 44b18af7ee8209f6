internal import Git

/// Every object of a repository's database, by kind, each once, in the order in which the packs have them.
///
/// With a cache, what is known of an object is not asked again: neither its kind nor, where its store is settled, what it
/// names.
struct ObjectInventory {
    /// Blobs that are to be scanned.
    private(set) var blobs: [(id: ObjectID, size: Int?)] = []
    /// All commits, and those whose messages are to be scanned.
    private(set) var commits: [ObjectID] = []
    private(set) var newCommits: [ObjectID] = []
    /// All tags, and those whose messages are to be scanned.
    private(set) var tags: [ObjectID] = []
    private(set) var newTags: [ObjectID] = []
    /// Known from the cache.
    private(set) var cleanBlobs: [ObjectID] = []
    private(set) var binaryBlobs: [ObjectID] = []

    /// Objects that may name some that are missing.
    private(set) var unsettled = Unsettled()
    /// Objects that are there and damaged so that not even their kind can be told.
    private(set) var failures: [GitError] = []
    /// Stores that could not be listed.
    private(set) var listingFailures: [GitError]
    private let listing: ObjectListing
    private var looseTrees: [ObjectID] = []
    /// Those that are in none of `packed`, damaged ones included.
    private var unpacked: Set<ObjectID>

    struct Unsettled {
        var commits: [ObjectID] = []
        /// Those in none of `packed`.
        var trees: [ObjectID] = []
        /// By their numbers in `packed`.
        var packedTrees: [Bool] = []
        var packedTreeCount = 0
        var tags: [ObjectID] = []

        var isEmpty: Bool { commits.isEmpty && trees.isEmpty && packedTreeCount == 0 && tags.isEmpty }
    }

    /// The packs, where it pays to read them as packs.
    let packed: PackedObjects?

    init(_ repository: Repository, cache: ScanCache? = nil) {
        if cache?.isEmpty ?? true {
            let packs = PackFolders(repository.objectDirectories)
            if packs.isComplete {
                let listing = ObjectListing(packs, loose: repository.looseObjectIDs())
                if listing.openCount > Self.packedThreshold {
                    self.init(listing, PackedObjects(packs.files), repository.objects)
                    return
                }
            }
        }
        self.init(ObjectListing(repository, cache: cache), cache, repository)
    }

    /// Takes stock of objects that are listed by the library, and of which some may be known.
    private init(_ listing: ObjectListing, _ cache: ScanCache?, _ repository: Repository) {
        let packed =
            listing.openCount > Self.packedThreshold ? PackedObjects(folders: repository.objectDirectories) : nil
        self.packed = packed
        unpacked = packed == nil ? Set(listing.order) : []
        unsettled.packedTrees = [Bool](repeating: false, count: packed?.count ?? 0)
        self.listing = listing
        listingFailures = listing.failures
        for (position, id) in listing.order.enumerated() {
            // Looked up once: with a million objects, each time is felt.
            let place = packed?.place(of: id)
            if place == nil, packed != nil { unpacked.insert(id) }
            add(id, place, isSettled: listing.isSettled(position), cache, repository.objects)
        }
    }

    /// Takes stock of objects of which none is known: those of packs are where the packs have them, and need not be
    /// looked for.
    ///
    /// - Parameter listing: Of those in files of their own.
    private init(_ listing: ObjectListing, _ packed: PackedObjects, _ objects: ObjectDatabase) {
        self.packed = packed
        unpacked = []
        unsettled.packedTrees = [Bool](repeating: false, count: packed.count)
        self.listing = listing
        listingFailures = []
        blobs.reserveCapacity(packed.count(of: .blob))
        commits.reserveCapacity(packed.count(of: .commit))
        var others = listing.order
        for pack in packed.plans.indices {
            packed.forEachFirst(ofPack: pack) { place in
                switch packed.kind(place) {
                case .blob: blobs.append((packed.id(of: place), nil))
                case .commit: commits.append(packed.id(of: place))
                case .tag: tags.append(packed.id(of: place))
                case .tree: addTree(place, packed)
                case nil: others.append(packed.id(of: place))
                }
            }
        }
        (newCommits, unsettled.commits) = (commits, commits)
        (newTags, unsettled.tags) = (tags, tags)
        for id in others where packed.place(of: id) == nil && unpacked.insert(id).inserted {
            ask(objects, about: id, nil, isSettled: false)
        }
    }

    /// Of most trees not even the id is asked.
    private mutating func addTree(_ place: PackedObjects.Place, _ packed: PackedObjects) {
        unsettled.packedTrees[Int(packed.number(of: place))] = true
        unsettled.packedTreeCount += 1
        if !listing.loose.isEmpty, case let id = packed.id(of: place), listing.loose.contains(id) {
            looseTrees.append(id)
        }
    }

    /// Whether the database has an object, be it damaged.
    func contains(_ id: ObjectID) -> Bool { packed?.place(of: id) != nil || unpacked.contains(id) }

    private mutating func add(
        _ id: ObjectID, _ place: PackedObjects.Place?, isSettled: Bool, _ cache: ScanCache?, _ objects: ObjectDatabase
    ) {
        switch cache?.state(of: id) {
        case .cleanBlob: cleanBlobs.append(id)
        case .binaryBlob: binaryBlobs.append(id)
        case .cleanCommit: addCommit(id, isSettled: isSettled)
        case .cleanTag: addTag(id, isSettled: isSettled)
        case .looseTree where isSettled: addTree(id, nil, isSettled: true)
        // Of a settled store all else is in the cache.
        case nil where isSettled: break
        case .pending, .pack, .looseTree, nil: ask(objects, about: id, place, isSettled: isSettled)
        }
    }

    /// To find out where every object of a pack is takes as long as to read some hundreds of them one by one.
    private static let packedThreshold = 500

    private mutating func ask(
        _ objects: ObjectDatabase, about id: ObjectID, _ place: PackedObjects.Place?, isSettled: Bool
    ) {
        if let place, let kind = packed?.kind(place) {
            return addNew(id, kind, place, size: nil, isSettled: isSettled)
        }
        do throws(GitError) {
            let (kind, size) = try objects.header(of: id)
            addNew(id, kind, nil, size: size, isSettled: isSettled)
        } catch {
            failures.append(error)
        }
    }

    private mutating func addNew(
        _ id: ObjectID, _ kind: ObjectKind, _ place: PackedObjects.Place?, size: Int?, isSettled: Bool
    ) {
        switch kind {
        case .blob: blobs.append((id, size))
        case .commit:
            newCommits.append(id)
            addCommit(id, isSettled: isSettled)
        case .tree: addTree(id, place, isSettled: isSettled)
        case .tag:
            newTags.append(id)
            addTag(id, isSettled: isSettled)
        }
    }

    private mutating func addCommit(_ id: ObjectID, isSettled: Bool) {
        commits.append(id)
        if !isSettled { unsettled.commits.append(id) }
    }

    private mutating func addTag(_ id: ObjectID, isSettled: Bool) {
        tags.append(id)
        if !isSettled { unsettled.tags.append(id) }
    }

    private mutating func addTree(_ id: ObjectID, _ place: PackedObjects.Place?, isSettled: Bool) {
        if !isSettled {
            if let place, let packed {
                unsettled.packedTrees[Int(packed.number(of: place))] = true
                unsettled.packedTreeCount += 1
            } else {
                unsettled.trees.append(id)
            }
        }
        if listing.loose.contains(id) { looseTrees.append(id) }
    }

    /// Tells a cache that nothing that any object names is missing: next time, only what is new will be asked.
    func settle(_ cache: inout ScanCache) {
        guard listing.hasAllNames, failures.isEmpty, !listing.isSettledAsAWhole else { return }
        let trees = Set(looseTrees)
        cache.settle(
            packs: listing.packs, loose: listing.loose.filter { !trees.contains($0) }, looseTrees: looseTrees,
            pending: blobs.map(\.id) + newCommits + newTags)
    }
}
