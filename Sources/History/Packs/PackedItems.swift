import Bytes
internal import Findings
public import PackFile
internal import ScanSources

/// Which items of a plan are objects in packs: those are read in the order in which packs rebuild them fastest.
public struct PackedItems: Sendable {
    let objects: PackedObjects
    /// For each pack and each of its objects, by position: the item, or `none`.
    private let items: [[UInt32]]
    /// For each item whether it is in a pack.
    private let isPacked: [Bool]
    /// What workers take, one after the other.
    public let units: [Unit]

    /// Stands for no item, and for no object of a pack.
    @usableFromInline static let none = IDBatch.none

    /// A part of a pack that one worker reads.
    public struct Unit: Sendable, Hashable {
        /// Index of the pack.
        let pack: Int
        @usableFromInline let unit: PackWorkUnit
    }

    /// How many parts a pack is read in: some for each of many cores.
    private static let unitsPerPack = 128

    /// More than where trees are read: what they need memory for is not there yet.
    private static let residentBytes = 112 << 20

    /// Finds the packs of the blobs, commits and tags among the items of a plan.
    ///
    /// - Parameters:
    ///   - scanned: The items of the plan.
    ///   - numbers: Those of the items in the packs, and `none` for the others, where they are known.
    init(_ scanned: [ScanItem], in objects: PackedObjects, numbers: [UInt32]? = nil) {
        self.objects = objects
        var items = objects.plans.map { [UInt32](repeating: Self.none, count: $0.count) }
        var isPacked = [Bool](repeating: false, count: scanned.count)
        let numbers = numbers ?? Self.numbers(of: scanned, in: objects)
        if objects.plans.count == 1 {
            items[0].withUnsafeMutableBufferPointer { items in
                for (item, number) in numbers.enumerated() where number != Self.none {
                    items[Int(number)] = UInt32(item)
                    isPacked[item] = true
                }
            }
        } else {
            for (item, number) in numbers.enumerated() where number != Self.none {
                let place = objects.place(number)
                items[place.pack][place.entry.position] = UInt32(item)
                isPacked[item] = true
            }
        }
        self.items = items
        self.isPacked = isPacked
        units = objects.plans.enumerated().flatMap { pack, plan in
            [PackedKind.blob, .commit, .tag].flatMap { kind in
                plan.workUnits(of: kind, count: Self.unitsPerPack).map { Unit(pack: pack, unit: $0) }
            }
        }
        assert(_checkInvariants())
    }

    /// Whether each item that is in a pack is the item of one object, and no other item is of any. Asked in debug builds.
    private func _checkInvariants() -> Bool {
        guard items.count == objects.plans.count else { return false }
        var isFound = [Bool](repeating: false, count: isPacked.count)
        for (pack, items) in items.enumerated() {
            guard items.count == objects.plans[pack].count else { return false }
            for item in items where item != Self.none {
                guard Int(item) < isFound.count, !isFound[Int(item)] else { return false }
                isFound[Int(item)] = true
            }
        }
        return isFound == isPacked
    }

    private static func numbers(of items: [ScanItem], in objects: PackedObjects) -> [UInt32] {
        var numbers = [UInt32](repeating: none, count: items.count)
        var batch = IDBatch()
        var asked: [Int] = []
        func find() {
            objects.find(&batch)
            for (index, item) in asked.enumerated() { numbers[item] = batch.number(index) }
            batch.removeAll()
            asked.removeAll(keepingCapacity: true)
        }
        for (index, item) in items.enumerated() {
            guard let id = item.origin.object else { continue }
            id.withUnsafeBytes { batch.append($0) }
            asked.append(index)
            if batch.isFull { find() }
        }
        find()
        return numbers
    }

    /// Whether an item is read with one of the units.
    public func holds(_ item: Int) -> Bool { isPacked[item] }

    /// Makes a reader of units. Each worker thread needs its own.
    ///
    /// - Parameters:
    ///   - maximumSize: In bytes; of larger objects only the beginning is read.
    ///   - verifies: Whether the checksums of entries and the ids of objects are checked.
    public func makeReader(maximumSize: Int, verifies: Bool) -> Reader {
        Reader(self, maximumSize: maximumSize, verifies: verifies)
    }

    /// Reads the objects of units. One a worker thread; not `Sendable`.
    public final class Reader {
        private let packed: PackedItems
        /// For each object of the pack of the unit that is read, by position: the item, or `none`.
        @usableFromInline private(set) var items: [UInt32] = []
        private let limits: PackLimits
        private let verifies: Bool
        private var plan: PackPlan?
        private var firstNumber: UInt32 = 0
        private var walkers: [PackWalker?]
        private let buffer = ReadBuffer()
        /// What commits name is noted the first time that they are read.
        private let commits: CommitTableWriter

        fileprivate init(_ packed: PackedItems, maximumSize: Int, verifies: Bool) {
            self.packed = packed
            self.verifies = verifies
            limits = PackLimits(maximumObjectSize: maximumSize, residentBytes: PackedItems.residentBytes)
            walkers = packed.objects.plans.map { _ in nil }
            commits = CommitTableWriter(packed.objects)
        }

        /// Lends the content of each wanted item of a unit, bases before what is made from them.
        ///
        /// - Parameters:
        ///   - wants: Which of the items are wanted; `nil`: all.
        ///   - visit: Is given the item's index, what was read, and what it returned for the object's base, if that was
        ///     wanted and read in the same unit.
        @inlinable
        public func read<State>(
            _ unit: Unit, wants: ((Int) -> Bool)? = nil, visit: (Int, PackedContent, _ base: State?) -> State?
        ) {
            let walker = begin(unit)
            let items = items
            walker.walk(
                unit.unit,
                wants: { entry in
                    let item = items[entry.position]
                    return item != PackedItems.none && wants?(Int(item)) ?? true
                },
                visit: { step, base in
                    visit(Int(items[step.entry.position]), content(step, isFirst: wants == nil), base)
                })
            end()
        }

        @usableFromInline
        func begin(_ unit: Unit) -> PackWalker {
            items = packed.items[unit.pack]
            plan = packed.objects.plans[unit.pack]
            firstNumber = packed.objects.firstNumber(ofPack: unit.pack)
            return walker(unit.pack)
        }

        @usableFromInline
        func end() { packed.objects.commitNotes.add(commits.finish()) }

        /// - Parameter isFirst: Whether the object was not read before.
        @usableFromInline
        func content(_ step: PackStep, isFirst: Bool) -> PackedContent {
            let kind = plan?.kind(of: step.entry)
            if kind == .commit, isFirst, case .object(let object) = step {
                commits.add(object.content, number: firstNumber + UInt32(object.entry.position))
            }
            return content(step, kind)
        }

        private func content(_ step: PackStep, _ kind: PackedKind?) -> PackedContent {
            switch step {
            case .object(let object) where kind == .blob:
                LargeFilePointer(object.content) == nil ? .blob(object.content, base: object.base) : .elsewhere
            case .object(let object): .message(buffer.collect(ObjectMessage.pieces(of: object.content)))
            case .beginning(let beginning) where kind == .blob: .beginning(beginning.content)
            case .beginning, .failure: .elsewhere
            }
        }

        private func walker(_ pack: Int) -> PackWalker {
            if let walker = walkers[pack] { return walker }
            let made = PackWalker(packed.objects.plans[pack], limits: limits, verifies: verifies)
            walkers[pack] = made
            return made
        }
    }
}
