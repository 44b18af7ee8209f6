import Bytes
internal import Git
internal import PackFile

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

    /// The numbers in `packed` of the first of `newTags`, `newCommits` and `blobs`, which is all of them that are in packs;
    /// `nil` where they were not known when they were listed.
    private(set) var numbers: Numbers?

    struct Numbers {
        var tags: [UInt32] = []
        var commits: [UInt32] = []
        var blobs: [UInt32] = []
    }

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
    /// Packs that it did not pay to read as such; what they have is not in `unpacked`.
    private var others: [PackFile] = []

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
        let packs = PackFolders(repository.objectDirectories)
        guard packs.isComplete else {
            self.init(ObjectListing(repository, cache: cache), cache, repository)
            return
        }
        let loose = repository.looseObjectIDs()
        if let cache, !cache.isEmpty {
            let known = cache.known(of: packs, loose: loose)
            self.init(ObjectListing(packs, loose: loose, known), packs, known, cache, repository.objects)
            return
        }
        let listing = ObjectListing(packs, loose: loose)
        if listing.openCount > Self.packedThreshold {
            self.init(listing, PackedObjects(packs.files), repository.objects)
        } else {
            self.init(ObjectListing(repository, cache: cache), cache, repository)
        }
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
            let isSettled = listing.isSettled(position) && cache?.hasGap(id) != true
            add(id, place, cache?.state(of: id), isSettled: isSettled, repository.objects)
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
        var numbers = Numbers()
        numbers.blobs.reserveCapacity(packed.count(of: .blob))
        numbers.commits.reserveCapacity(packed.count(of: .commit))
        var others = listing.order
        for pack in packed.plans.indices {
            packed.forEachFirst(ofPack: pack) { place in
                switch packed.kind(place) {
                case .blob:
                    blobs.append((packed.id(of: place), nil))
                    numbers.blobs.append(packed.number(of: place))
                case .commit:
                    commits.append(packed.id(of: place))
                    numbers.commits.append(packed.number(of: place))
                case .tag:
                    tags.append(packed.id(of: place))
                    numbers.tags.append(packed.number(of: place))
                case .tree: addTree(place, packed)
                case nil: others.append(packed.id(of: place))
                }
            }
        }
        self.numbers = numbers
        (newCommits, unsettled.commits) = (commits, commits)
        (newTags, unsettled.tags) = (tags, tags)
        for id in others where packed.place(of: id) == nil && unpacked.insert(id).inserted {
            ask(objects, about: id, nil, isSettled: false)
        }
    }

    /// Takes stock of objects of which some are known, each looked up once for all.
    ///
    /// - Parameter listing: Of those in files of their own.
    private init(
        _ listing: ObjectListing, _ packs: PackFolders, _ known: KnownObjects, _ cache: ScanCache,
        _ objects: ObjectDatabase
    ) {
        self.listing = listing
        listingFailures = []
        unpacked = []
        if listing.openCount > Self.packedThreshold {
            let packed = PackedObjects(packs.files)
            self.packed = packed
            unsettled.packedTrees = [Bool](repeating: false, count: packed.count)
            add(packs, packed, known, objects)
        } else {
            packed = nil
            others = packs.files
            add(packs, known, objects)
        }
        for id in listing.order where packed?.place(of: id) == nil && !isInOthers(id) {
            guard unpacked.insert(id).inserted else { continue }
            let isSettled = known.isLooseSettled && cache.wasLoose(id)
            add(id, nil, cache.state(of: id), isSettled: isSettled && !cache.hasGap(id), objects)
        }
    }

    /// Adds what packs have that are read as such, in their order.
    private mutating func add(
        _ packs: PackFolders, _ packed: PackedObjects, _ known: KnownObjects, _ objects: ObjectDatabase
    ) {
        let numbers = Dictionary(
            packs.files.enumerated().map { (ObjectIdentifier($1), $0) }, uniquingKeysWith: { first, _ in first })
        for (pack, plan) in packed.plans.enumerated() {
            guard let number = numbers[ObjectIdentifier(plan.pack)] else { continue }
            known.answers[number].withUnsafeBufferPointer { answers in
                packed.forEachFirst(ofPack: pack) { place in
                    let answer = answers[plan.index(of: place.entry)]
                    let isSettled = known.isSettled(answer, number)
                    if answer.state == nil, isSettled { return }
                    let id = packed.id(of: place)
                    if packed.kind(place) != nil {
                        add(id, place, answer.state, isSettled: isSettled && !answer.hasGap, objects)
                    } else if packed.place(of: id) == nil, unpacked.insert(id).inserted {
                        // This reader cannot tell what it is.
                        add(id, nil, answer.state, isSettled: isSettled && !answer.hasGap, objects)
                    }
                }
            }
        }
    }

    /// Adds what packs have of which most is known.
    private mutating func add(_ packs: PackFolders, _ known: KnownObjects, _ objects: ObjectDatabase) {
        var unknown: Set<ObjectID> = []
        for (number, pack) in packs.files.enumerated() {
            let answers = known.answers[number]
            pack.forEachID { index, bytes in
                let answer = answers[index]
                let isSettled = known.isSettled(answer, number)
                if answer.isRepeated || answer.state == nil && isSettled { return }
                guard let id = ObjectID(bytes: bytes) else { return }
                if answer.state == nil, !unknown.insert(id).inserted { return }
                add(id, nil, answer.state, isSettled: isSettled && !answer.hasGap, objects)
            }
        }
    }

    private func isInOthers(_ id: ObjectID) -> Bool {
        id.withUnsafeBytes { bytes in others.contains { $0.contains(id: bytes) } }
    }

    /// Of most trees not even the id is asked.
    private mutating func addTree(_ place: PackedObjects.Place, _ packed: PackedObjects) {
        unsettled.packedTrees[Int(packed.number(of: place))] = true
        unsettled.packedTreeCount += 1
        if !listing.loose.isEmpty, case let id = packed.id(of: place), listing.loose.contains(id) {
            looseTrees.append(id)
        }
    }

    /// Hands out `numbers`, which are needed once.
    mutating func takeNumbers() -> Numbers? {
        defer { numbers = nil }
        return numbers
    }

    /// Forgets the blobs, which are as many as the items of a plan, where no cache will be told of them.
    mutating func forgetBlobs() { blobs = [] }

    /// Whether the database has an object, be it damaged.
    func contains(_ id: ObjectID) -> Bool {
        packed?.place(of: id) != nil || unpacked.contains(id) || isInOthers(id)
    }

    private mutating func add(
        _ id: ObjectID, _ place: PackedObjects.Place?, _ state: ScanCache.State?, isSettled: Bool,
        _ objects: ObjectDatabase
    ) {
        switch state {
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

    /// Tells a cache that it was asked of every object whether what it names is there: next time, only what is new will be.
    ///
    /// - Parameter gaps: For each object that is missing one that names it.
    func settle(_ cache: inout ScanCache, gaps: [ObjectID]) {
        guard listing.hasAllNames, failures.isEmpty, !listing.isSettledAsAWhole else { return }
        let trees = Set(looseTrees)
        cache.settle(
            packs: listing.packs, loose: listing.loose.filter { !trees.contains($0) }, looseTrees: looseTrees,
            pending: blobs.map(\.id) + newCommits + newTags, gaps: gaps)
    }
}
