import Bytes
internal import Git
internal import PackFile

extension ObjectInventory {
    /// To find out where every object of a pack is takes as long as to read some hundreds of them one by one.
    private static let packedThreshold = 500

    /// Takes stock of a repository's objects.
    ///
    /// - Parameter cache: What earlier scans know of them.
    init(_ repository: Repository, cache: ScanCache? = nil) {
        let packs = PackFolders(repository.objectDirectories)
        guard packs.isComplete else {
            self.init(listedBy: repository, cache)
            return
        }
        let loose = repository.looseObjectIDs()
        if let cache, !cache.isEmpty {
            self.init(packs, loose: loose, knownBy: cache, repository.objects)
        } else if packs.objectCount + loose.count > Self.packedThreshold {
            self.init(unknown: packs, loose: loose, repository.objects)
        } else {
            self.init(listedBy: repository, cache)
        }
    }

    // MARK: Listed by the library

    /// Takes stock of objects that the library lists, and of which some may be known.
    private init(listedBy repository: Repository, _ cache: ScanCache?) {
        let listing = ObjectListing(repository, cache: cache)
        let packed =
            listing.openCount > Self.packedThreshold ? PackedObjects(folders: repository.objectDirectories) : nil
        self.init(
            StoredObjects(packed: packed, unpacked: packed == nil ? Set(listing.order) : []), listing.stores,
            isWhollyChecked: listing.isWhollyChecked, listingProblems: listing.problems)
        for (position, id) in listing.order.enumerated() {
            // Looked up once: with a million objects, each time is felt.
            let place = packed?.place(of: id)
            if place == nil, packed != nil { _ = insert(unpacked: id) }
            let isChecked = listing.isChecked(position) && cache?.hasGap(id) != true
            add(id, at: place, known: cache?.state(of: id), isChecked: isChecked, in: repository.objects)
        }
    }

    // MARK: Nothing is known

    /// Takes stock of objects of which none is known.
    private init(unknown packs: PackFolders, loose: [ObjectID], _ objects: ObjectDatabase) {
        let packed = PackedObjects(packs.files)
        self.init(StoredObjects(packed: packed), StoreNames(packs, loose: loose), isWhollyChecked: false)
        let undecided = addUnknown(of: packed)
        for id in loose + undecided where packed.place(of: id) == nil && insert(unpacked: id) {
            add(id, at: nil, known: nil, isChecked: false, in: objects)
        }
    }

    // MARK: Most is known

    /// Takes stock of objects of which some are known, each looked up once for all.
    private init(_ packs: PackFolders, loose: [ObjectID], knownBy cache: ScanCache, _ objects: ObjectDatabase) {
        let known = cache.known(of: packs, loose: loose)
        let packed = known.openCount > Self.packedThreshold ? PackedObjects(packs.files) : nil
        self.init(
            StoredObjects(packed: packed, otherPacks: packed == nil ? packs.files : []),
            StoreNames(packs, loose: loose), isWhollyChecked: known.isWhollyChecked)
        if let packed {
            add(packs, asPacks: packed, known: known, in: objects)
        } else {
            add(packs, byIndexes: known, in: objects)
        }
        for id in loose where !stored.isPacked(id) {
            guard insert(unpacked: id) else { continue }
            let isChecked = known.isLooseChecked && cache.wasLoose(id) && !cache.hasGap(id)
            add(id, at: nil, known: cache.state(of: id), isChecked: isChecked, in: objects)
        }
    }

    /// Adds what packs have that are read as such, in their order.
    private mutating func add(
        _ packs: PackFolders, asPacks packed: PackedObjects, known: KnownObjects, in objects: ObjectDatabase
    ) {
        let numbers = Dictionary(
            packs.files.enumerated().map { (ObjectIdentifier($1), $0) }, uniquingKeysWith: { first, _ in first })
        for (pack, plan) in packed.plans.enumerated() {
            guard let number = numbers[ObjectIdentifier(plan.pack)] else { continue }
            known.answers[number].withUnsafeBufferPointer { answers in
                packed.forEachFirst(ofPack: pack) { place in
                    let answer = answers[plan.index(of: place.entry)]
                    let isChecked = known.isChecked(answer, inPack: number)
                    if answer.state == nil, isChecked { return }
                    let id = packed.id(of: place)
                    let canTell = packed.kind(place) != nil
                    // What this reader cannot tell the kind of is read by itself.
                    guard canTell || packed.place(of: id) == nil && insert(unpacked: id) else { return }
                    add(
                        id, at: canTell ? place : nil, known: answer.state, isChecked: isChecked && !answer.hasGap,
                        in: objects)
                }
            }
        }
    }

    /// Adds what packs have of which most is known, in the order of their indexes.
    private mutating func add(_ packs: PackFolders, byIndexes known: KnownObjects, in objects: ObjectDatabase) {
        var unknown: Set<ObjectID> = []
        for (number, pack) in packs.files.enumerated() {
            let answers = known.answers[number]
            pack.forEachID { index, bytes in
                let answer = answers[index]
                let isChecked = known.isChecked(answer, inPack: number)
                if answer.isRepeated || answer.state == nil && isChecked { return }
                guard let id = ObjectID(bytes: bytes) else { return }
                if answer.state == nil, !unknown.insert(id).inserted { return }
                add(id, at: nil, known: answer.state, isChecked: isChecked && !answer.hasGap, in: objects)
            }
        }
    }
}
