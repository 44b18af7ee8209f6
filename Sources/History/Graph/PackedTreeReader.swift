import Bytes
internal import Git
internal import PackFile

/// Reads trees of packs, on one thread.
///
/// Most of a tree is copied from the tree it is stored as a difference to, entry by entry: only what is new is looked at,
/// and looked up in the packs, thousands of ids at a time.
struct PackedTreeReader: ~Copyable {
    private var reading = PackedTreeReading()
    private let packed: PackedObjects
    private let targets: Set<ObjectID>
    private let filter: IDFilter
    /// Whether an object that is in no pack is there; `nil` if that is not asked.
    private let exists: (@Sendable (ObjectID) -> Bool)?
    private var stack: TreeEntryStack
    private var batch = IDBatch()
    /// The trees that name the ids of the batch, each with the link it is the target of.
    private var askers: [(tree: UInt32, link: UInt32, id: UInt32)] = []
    /// Half of the ids are in the batch already: neighbours have much in common.
    private static let largestAskerCount = 3 * IDBatch.capacity

    /// What is remembered of a tree for those that are made from it.
    private struct Known {
        /// Its entries on the stack; one more stands behind them, where it ends.
        var entries: Range<Int>
        var span: PackedTreeReading.Span
    }

    /// Stands for no link, or a target in no pack.
    private static let none = TreeEntryStack.none

    /// - Parameter rememberedCount: How many entries of trees may be remembered, for those that are made from them.
    init(
        _ packed: PackedObjects, to targets: Set<ObjectID>, exists: (@Sendable (ObjectID) -> Bool)?,
        rememberedCount: Int
    ) {
        stack = TreeEntryStack(largestCount: rememberedCount)
        self.packed = packed
        self.targets = targets
        self.exists = exists
        filter = IDFilter(targets)
        askers.reserveCapacity(Self.largestAskerCount)
    }

    /// Reads the trees of a unit.
    ///
    /// - Parameter wants: Which are wanted, by number; `nil`: all.
    mutating func read(
        _ unit: PackWorkUnit, ofPack pack: Int, _ walkers: TreeWalkers, wants: (@Sendable (UInt32) -> Bool)?
    ) {
        let first = packed.firstNumber(ofPack: pack)
        var units = [unit]
        if wants == nil {
            units = walkers.small.walk(unit) { (object, base: Known?) -> Known? in
                add(object, first + UInt32(object.entry.position), base)
            }
        }
        for unit in units {
            walkers.any.walk(
                unit, wants: wants.map { wants in { wants(first + UInt32($0.position)) } },
                visit: { (step, base: Known?) -> Known? in
                    guard case .object(let object) = step else { return nil }
                    return add(object, first + UInt32(object.entry.position), base)
                })
        }
    }

    /// What was read.
    consuming func finish() -> PackedTreeReading {
        lookUp()
        return reading
    }

    // MARK: Trees

    /// - Parameter base: What is known of the tree that this one is stored as a difference to.
    /// - Returns: `nil` if nothing is to be remembered of it. A malformed tree is left to whoever names it.
    private mutating func add(_ object: PackedObject, _ tree: UInt32, _ base: Known?) -> Known? {
        // Nothing is pending where an object is stored whole.
        let start = base.map { $0.entries.upperBound + 1 } ?? (object.base == nil ? 0 : top)
        let firstEdge = reading.edges.count
        var known: Range<Int>?
        if stack.makeRoom(for: object.content.count / TreeContent.smallestEntrySize + 2, after: start) {
            known = readEntries(of: object, tree, base?.entries, to: start)
            if known == nil { return drop(edgesFrom: firstEdge) }
        } else if !readEntries(of: object, tree) {
            return drop(edgesFrom: firstEdge)
        }
        let span = keepEdges(from: firstEdge, of: tree, base)
        guard let known else { return nil }
        top = known.upperBound + 1
        return Known(entries: known, span: span)
    }

    /// Where the entries on the stack end.
    private var top = 0

    private mutating func drop(edgesFrom first: Int) -> Known? {
        reading.edges.removeLast(reading.edges.count - first)
        return nil
    }

    /// Where nothing but blobs changed, a tree has the links of the one it is made from.
    private mutating func keepEdges(from first: Int, of tree: UInt32, _ base: Known?) -> PackedTreeReading.Span {
        let count = reading.edges.count - first
        var span = PackedTreeReading.Span(tree: tree, start: UInt32(first), count: UInt32(count))
        if let base, base.span.count == count {
            let start = Int(base.span.start)
            let isSame = reading.edges.withUnsafeBufferPointer {
                $0[start..<start + count].elementsEqual($0[first...])
            }
            if isSame {
                span.start = base.span.start
                reading.edges.removeLast(count)
            }
        }
        reading.spans.append(span)
        return span
    }

    /// Reads the entries of a tree of which nothing is remembered.
    private mutating func readEntries(of object: PackedObject, _ tree: UInt32) -> Bool {
        TreeContent.forEachEntry(of: object.content) { entry in
            let link = note(entry, tree)
            if link != Self.none { reading.edges.append(link) }
        }
    }

    /// Reads the entries of a tree: those that are whole entries of its base, byte for byte, are taken from there.
    ///
    /// - Returns: Where they are on the stack; `nil` if one is malformed.
    private mutating func readEntries(
        of object: PackedObject, _ tree: UInt32, _ base: Range<Int>?, to start: Int
    ) -> Range<Int>? {
        let content = object.content
        let pieces = object.base?.pieces
        var end = stack.entries + start
        var source = TreeEntryCursor(base.map { stack.entries + $0.lowerBound }, count: base?.count ?? 0)
        var piece = 0
        var position = 0
        while position < content.count {
            if base != nil, let pieces {
                while piece < pieces.count, pieces[piece].target.upperBound <= position { piece += 1 }
                if piece < pieces.count, let from = pieces[piece].baseStart {
                    let isHere = source.seek(from + position - Int(pieces[piece].targetStart))
                    if isHere, source.hasEntry(before: from + Int(pieces[piece].count)) {
                        let shift = UInt32(truncatingIfNeeded: position) &- source.start
                        while source.hasEntry(before: from + Int(pieces[piece].count)) {
                            let link = source.link
                            end.initialize(to: .init(start: source.start &+ shift, link: link))
                            end += 1
                            if link != Self.none { reading.edges.append(link) }
                            source.advance()
                        }
                        position = Int(source.start &+ shift)
                        continue
                    }
                }
            }
            guard let entry = TreeContent.entry(at: position, of: content) else { return nil }
            let link = note(entry, tree)
            end.initialize(to: .init(start: UInt32(position), link: link))
            end += 1
            if link != Self.none { reading.edges.append(link) }
            position = entry.range.upperBound
        }
        end.initialize(to: .init(start: UInt32(content.count), link: Self.none))
        return start..<end - stack.entries
    }

    // MARK: Entries

    /// Notes what an entry names, to be looked up.
    ///
    /// - Returns: Its link, if it is to be followed.
    private mutating func note(_ entry: TreeContent.Entry, _ tree: UInt32) -> UInt32 {
        if entry.mode.isSubmodule { return Self.none }
        var link = Self.none
        if isLink(entry) {
            link = UInt32(reading.links.count)
            reading.links.append(
                TreeLink(
                    target: Self.none, name: reading.names.number(of: entry.name), isTree: entry.mode.isTree))
        } else if exists == nil {
            return Self.none
        }
        askers.append((tree, link, UInt32(batch.appendOnce(entry.idBytes))))
        if batch.isFull || askers.count == Self.largestAskerCount { lookUp() }
        return link
    }

    private func isLink(_ entry: TreeContent.Entry) -> Bool {
        guard !targets.isEmpty else { return false }
        return entry.mode.isTree || filter.mayContain(entry.idBytes) && targets.contains(entry.id)
    }

    private mutating func lookUp() {
        packed.find(&batch)
        for asker in askers {
            let number = batch.number(Int(asker.id))
            if number != IDBatch.none {
                if asker.link != Self.none { reading.links[Int(asker.link)].target = number }
                continue
            }
            guard let id = ObjectID(bytes: batch.id(Int(asker.id))) else { continue }
            if let exists, !exists(id) {
                reading.missing.note(id, namedBy: packed.id(of: packed.place(asker.tree)))
            }
            if asker.link != Self.none { reading.elsewhere[asker.link] = id }
        }
        batch.removeAll()
        askers.removeAll(keepingCapacity: true)
    }
}

/// Goes through the entries of a tree on the stack.
private struct TreeEntryCursor {
    private let entries: UnsafePointer<TreeEntryStack.Entry>?
    /// The place behind the last entry, where the end of the tree is.
    private let end: Int
    private var current = 0

    init(_ entries: UnsafeMutablePointer<TreeEntryStack.Entry>?, count: Int) {
        self.entries = entries.map { UnsafePointer($0) }
        end = count
    }

    @inline(__always) private func start(_ index: Int) -> UInt32 { entries.map { $0[index].start } ?? 0 }

    /// Where the entry starts in its tree.
    var start: UInt32 { start(current) }
    var link: UInt32 { entries.map { $0[current].link } ?? TreeEntryStack.none }

    @inline(__always) mutating func advance() { current += 1 }

    /// Whether there is an entry here that ends at a place or before.
    @inline(__always) func hasEntry(before place: Int) -> Bool { current < end && Int(start(current + 1)) <= place }

    /// Goes to the entry that starts at a place, if there is one.
    mutating func seek(_ place: Int) -> Bool {
        if Int(start) == place { return true }
        // Mostly one entry was replaced.
        if current < end, Int(start(current + 1)) == place {
            current += 1
            return true
        }
        var low = 0
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Int(start(middle)) < place { low = middle + 1 } else { high = middle }
        }
        current = low
        return Int(start) == place
    }
}
