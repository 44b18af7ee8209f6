internal import Git
internal import PackFile

/// What one worker reads of the trees in packs.
///
/// Most of a tree is copied from the tree it is stored as a difference to: those entries were looked up there.
struct PackedTreeReading {
    private(set) var links: [TreeGraph.Link] = []
    private(set) var names = NameTable()
    private(set) var spans: [Span] = []
    /// Links whose targets are in no pack, by index.
    private(set) var elsewhere: [Int: ObjectID] = [:]
    private(set) var missing = MissingObjects()

    /// Where the links of a tree are.
    struct Span {
        /// Its number.
        var tree: UInt32
        var links: Range<Int>
    }

    private let packed: PackedObjects
    private let targets: Set<ObjectID>
    /// Whether an object that is in no pack is there; `nil` if that is not asked.
    private let exists: (@Sendable (ObjectID) -> Bool)?
    /// For each link where its entry stands in its tree, in bytes.
    private var places: [UInt32] = []

    /// Stands for a target in no pack.
    private static let unknown = UInt32.max

    init(_ packed: PackedObjects, to targets: Set<ObjectID>, exists: (@Sendable (ObjectID) -> Bool)?) {
        self.packed = packed
        self.targets = targets
        self.exists = exists
    }

    /// Reads the trees of a unit.
    ///
    /// - Parameter wants: Which are wanted, by number; `nil`: all.
    mutating func read(
        _ unit: PackWorkUnit, ofPack pack: Int, _ walker: PackWalker, wants: (@Sendable (UInt32) -> Bool)?
    ) {
        let packed = packed
        walker.walk(
            unit, wants: wants.map { wants in { wants(packed.number(of: .init(pack: pack, entry: $0))) } },
            visit: { (step, base: Range<Int>?) -> Range<Int>? in
                guard case .object(let object) = step else { return nil }
                return add(object, packed.number(of: .init(pack: pack, entry: object.entry)), base)
            })
    }

    /// - Parameter base: The links of the tree that this one is stored as a difference to.
    /// - Returns: Its links; `nil` if it is malformed, and so left to whoever names it.
    private mutating func add(_ object: PackedObject, _ tree: UInt32, _ base: Range<Int>?) -> Range<Int>? {
        let start = links.count
        var piece = 0
        var cursor = base?.lowerBound ?? 0
        let isWhole = TreeContent.forEachEntry(of: object.content) { entry in
            if entry.mode.isSubmodule { return }
            if let base, let place = object.placeInBase(entry.range, from: &piece) {
                copy(UInt32(place), to: UInt32(entry.range.lowerBound), of: base, &cursor)
            } else {
                look(up: entry, tree)
            }
        }
        guard isWhole else {
            links.removeLast(links.count - start)
            places.removeLast(places.count - start)
            elsewhere = elsewhere.filter { $0.key < start }
            return nil
        }
        spans.append(Span(tree: tree, links: start..<links.count))
        return start..<links.count
    }

    /// Takes over the link of an entry that the base has, if the entry is a link there.
    private mutating func copy(_ place: UInt32, to newPlace: UInt32, of base: Range<Int>, _ cursor: inout Int) {
        // Entries are copied in their order, nearly always.
        if cursor > base.lowerBound, places[cursor - 1] >= place { cursor = base.lowerBound }
        while cursor < base.upperBound, places[cursor] < place { cursor += 1 }
        guard cursor < base.upperBound, places[cursor] == place else { return }
        if links[cursor].target == Self.unknown { elsewhere[links.count] = elsewhere[cursor] }
        links.append(links[cursor])
        places.append(newPlace)
        cursor += 1
    }

    private mutating func look(up entry: TreeContent.Entry, _ tree: UInt32) {
        let id = entry.id
        let isLink = !targets.isEmpty && (entry.mode.isTree || targets.contains(id))
        guard isLink || exists != nil else { return }
        let number = packed.number(of: id)
        if number == nil, let exists, !exists(id) {
            missing.note(id, namedBy: packed.id(of: packed.place(tree)))
        }
        guard isLink else { return }
        if number == nil { elsewhere[links.count] = id }
        links.append(
            TreeGraph.Link(
                target: number ?? Self.unknown, name: names.number(of: entry.name), isTree: entry.mode.isTree))
        places.append(UInt32(entry.range.lowerBound))
    }
}
