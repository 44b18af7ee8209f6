import Bytes
import Findings
internal import Git
internal import PackFile

/// Every object of a repository's database, by kind, each once, in the order in which the packs have them.
///
/// What a cache knows of an object is not asked again: neither its kind nor, where its store is checked, what it names.
/// How stock is taken is in `ObjectInventory+Stores.swift`.
struct ObjectInventory {
    /// Blobs that are to be scanned.
    private(set) var blobs: [(id: ObjectID, size: Int?)] = []
    /// All commits.
    private(set) var commits: [ObjectID] = []
    /// Commits whose messages are to be scanned.
    private(set) var commitsToScan: [ObjectID] = []
    /// All annotated tags.
    private(set) var tags: [ObjectID] = []
    /// Annotated tags whose messages are to be scanned.
    private(set) var tagsToScan: [ObjectID] = []
    /// Blobs that the cache knows to be clean, and those that it knows to be binary.
    private(set) var cleanBlobs: [ObjectID] = []
    private(set) var binaryBlobs: [ObjectID] = []
    /// Where in the packs `tagsToScan`, `commitsToScan` and `blobs` are, as far as that was known when they were listed.
    private(set) var numbers: PackedNumbers?

    /// Objects that may name some that are missing.
    private(set) var unchecked = UncheckedObjects()
    /// Objects that are there and damaged so that not even their kind can be told.
    private(set) var failures: [GitError] = []
    /// Stores that could not be listed.
    let listingProblems: [Problem]

    private(set) var stored: StoredObjects
    private let stores: StoreNames
    /// Whether an earlier scan has checked all stores there are.
    private let isWhollyChecked: Bool
    private var looseTrees: [ObjectID] = []

    /// Begins with nothing listed.
    init(_ stored: StoredObjects, _ stores: StoreNames, isWhollyChecked: Bool, listingProblems: [Problem] = []) {
        self.stored = stored
        self.stores = stores
        self.isWhollyChecked = isWhollyChecked
        self.listingProblems = listingProblems
        unchecked.packedTrees = [Bool](repeating: false, count: stored.packed?.count ?? 0)
    }

    /// The packs, where it pays to read them as packs.
    var packed: PackedObjects? { stored.packed }

    /// Whether the database has an object, be it damaged.
    func contains(_ id: ObjectID) -> Bool { stored.contains(id) }

    /// Hands out `numbers`, which are needed once.
    mutating func takeNumbers() -> PackedNumbers? {
        defer { numbers = nil }
        return numbers
    }

    /// Forgets the blobs, which are as many as the items of a plan, where no cache will be told of them.
    mutating func forgetBlobs() { blobs = [] }

    /// What a cache may be told once every object was asked whether what it names is there; `nil` where it knows that, or
    /// where not all could be asked.
    ///
    /// - Parameter gaps: For each object that is missing one that names it.
    func checkedStores(gaps: [ObjectID]) -> CheckedStores? {
        guard stores.isComplete, failures.isEmpty, !isWhollyChecked else { return nil }
        let trees = Set(looseTrees)
        return CheckedStores(
            packs: stores.packs, loose: stores.loose.filter { !trees.contains($0) }, looseTrees: looseTrees,
            pending: blobs.map(\.id) + commitsToScan + tagsToScan, gaps: gaps)
    }

    // MARK: Adding

    /// Notes that an object is in none of the packs.
    ///
    /// - Returns: Whether that was not noted yet.
    mutating func insert(unpacked id: ObjectID) -> Bool { stored.insert(unpacked: id) }

    /// Adds the objects of packs of which nothing is known: they are where the packs have them, and need not be looked for.
    ///
    /// - Returns: Those whose kind the packs cannot tell.
    mutating func addUnknown(of packed: PackedObjects) -> [ObjectID] {
        blobs.reserveCapacity(packed.count(of: .blob))
        commits.reserveCapacity(packed.count(of: .commit))
        var numbers = PackedNumbers()
        numbers.blobs.reserveCapacity(packed.count(of: .blob))
        numbers.commits.reserveCapacity(packed.count(of: .commit))
        var undecided: [ObjectID] = []
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
                case .tree: addUnknownTree(at: place, of: packed)
                case nil: undecided.append(packed.id(of: place))
                }
            }
        }
        self.numbers = numbers
        (commitsToScan, unchecked.commits) = (commits, commits)
        (tagsToScan, unchecked.tags) = (tags, tags)
        return undecided
    }

    /// Of most trees not even the id is asked.
    private mutating func addUnknownTree(at place: PackedObjects.Place, of packed: PackedObjects) {
        unchecked.packedTrees[Int(packed.number(of: place))] = true
        unchecked.packedTreeCount += 1
        if !stores.loose.isEmpty, case let id = packed.id(of: place), stores.loose.contains(id) {
            looseTrees.append(id)
        }
    }

    /// Adds an object of which something may be known.
    ///
    /// - Parameters:
    ///   - place: Where it is in the packs that are read as packs; `nil` if it is elsewhere.
    ///   - state: What the cache knows of it.
    ///   - isChecked: Whether it is known that what it names is there.
    mutating func add(
        _ id: ObjectID, at place: PackedObjects.Place?, known state: ObjectState?, isChecked: Bool,
        in objects: ObjectDatabase
    ) {
        switch state {
        case .cleanBlob: cleanBlobs.append(id)
        case .binaryBlob: binaryBlobs.append(id)
        case .cleanCommit: addCommit(id, isChecked: isChecked)
        case .cleanTag: addTag(id, isChecked: isChecked)
        case .looseTree where isChecked: addTree(id, at: nil, isChecked: true)
        // Of a checked store all else is in the cache.
        case nil where isChecked: break
        case .pending, .pack, .looseTree, nil: addToScan(id, at: place, isChecked: isChecked, in: objects)
        }
    }

    private mutating func addToScan(
        _ id: ObjectID, at place: PackedObjects.Place?, isChecked: Bool, in objects: ObjectDatabase
    ) {
        if let place, let kind = packed?.kind(place) {
            return addToScan(id, kind, at: place, size: nil, isChecked: isChecked)
        }
        do throws(GitError) {
            let (kind, size) = try objects.header(of: id)
            addToScan(id, kind, at: nil, size: size, isChecked: isChecked)
        } catch {
            failures.append(error)
        }
    }

    private mutating func addToScan(
        _ id: ObjectID, _ kind: ObjectKind, at place: PackedObjects.Place?, size: Int?, isChecked: Bool
    ) {
        switch kind {
        case .blob: blobs.append((id, size))
        case .commit:
            commitsToScan.append(id)
            addCommit(id, isChecked: isChecked)
        case .tree: addTree(id, at: place, isChecked: isChecked)
        case .tag:
            tagsToScan.append(id)
            addTag(id, isChecked: isChecked)
        }
    }

    private mutating func addCommit(_ id: ObjectID, isChecked: Bool) {
        commits.append(id)
        if !isChecked { unchecked.commits.append(id) }
    }

    private mutating func addTag(_ id: ObjectID, isChecked: Bool) {
        tags.append(id)
        if !isChecked { unchecked.tags.append(id) }
    }

    private mutating func addTree(_ id: ObjectID, at place: PackedObjects.Place?, isChecked: Bool) {
        if !isChecked {
            if let place, let packed {
                unchecked.packedTrees[Int(packed.number(of: place))] = true
                unchecked.packedTreeCount += 1
            } else {
                unchecked.trees.append(id)
            }
        }
        if stores.loose.contains(id) { looseTrees.append(id) }
    }
}
