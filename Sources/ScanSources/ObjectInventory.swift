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
    /// All ids, those of damaged objects included.
    let ids: Set<ObjectID>

    private let listing: ObjectListing
    private var looseTrees: [ObjectID] = []

    struct Unsettled {
        var commits: [ObjectID] = []
        var trees: [ObjectID] = []
        var tags: [ObjectID] = []

        var isEmpty: Bool { commits.isEmpty && trees.isEmpty && tags.isEmpty }
    }

    /// The packs, where it pays to read them as packs.
    let packed: PackedObjects?

    init(_ repository: Repository, cache: ScanCache? = nil) throws(GitError) {
        listing = ObjectListing(repository, cache: cache)
        ids = Set(listing.order)
        packed =
            listing.openCount > Self.packedThreshold ? PackedObjects(folders: repository.objectDirectories) : nil
        listingFailures = listing.failures
        for (position, id) in listing.order.enumerated() {
            add(id, isSettled: listing.isSettled(position), cache, repository.objects)
        }
    }

    private mutating func add(
        _ id: ObjectID, isSettled: Bool, _ cache: ScanCache?, _ objects: ObjectDatabase
    ) {
        switch cache?.state(of: id) {
        case .cleanBlob: cleanBlobs.append(id)
        case .binaryBlob: binaryBlobs.append(id)
        case .cleanCommit: addCommit(id, isSettled: isSettled)
        case .cleanTag: addTag(id, isSettled: isSettled)
        case .looseTree where isSettled: addTree(id, isSettled: true)
        // Of a settled store all else is in the cache.
        case nil where isSettled: break
        case .pending, .pack, .looseTree, nil: ask(objects, about: id, isSettled: isSettled)
        }
    }

    /// To find out where every object of a pack is takes as long as to read some hundreds of them one by one.
    private static let packedThreshold = 500

    private mutating func ask(_ objects: ObjectDatabase, about id: ObjectID, isSettled: Bool) {
        if let kind = packed?.kind(of: id) { return addNew(id, kind, size: nil, isSettled: isSettled) }
        do throws(GitError) {
            let (kind, size) = try objects.header(of: id)
            addNew(id, kind, size: size, isSettled: isSettled)
        } catch {
            failures.append(error)
        }
    }

    private mutating func addNew(_ id: ObjectID, _ kind: ObjectKind, size: Int?, isSettled: Bool) {
        switch kind {
        case .blob: blobs.append((id, size))
        case .commit:
            newCommits.append(id)
            addCommit(id, isSettled: isSettled)
        case .tree: addTree(id, isSettled: isSettled)
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

    private mutating func addTree(_ id: ObjectID, isSettled: Bool) {
        if !isSettled { unsettled.trees.append(id) }
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
