import Bytes
internal import Git
package import PackFile

/// The packs of a repository that can be read as packs; libgit2 reads what is elsewhere.
package final class PackedObjects: Sendable {
    /// One for each pack, the largest first: what is looked for is found soon. Of the same size, in the order of folders
    /// and names.
    package let plans: [PackPlan]
    /// How many objects the packs have together, counted once for each pack.
    let count: Int
    /// The number of each pack's first object; see `number(of:)`.
    private let firstNumbers: [Int]
    /// Of the commits whose messages were scanned.
    let commitNotes = CommitNotes()

    /// Opens every pack of some folders.
    ///
    /// - Parameter folders: Folders named `objects`, alternates included.
    convenience init(folders: [String]) { self.init(PackFolders(folders).files) }

    /// - Parameter files: In the order of folders and names.
    init(_ files: [PackFile]) {
        let found = files.compactMap { try? PackPlan($0) }
        plans = found.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
        var firstNumbers: [Int] = []
        var count = 0
        for plan in plans {
            firstNumbers.append(count)
            count += plan.count
        }
        precondition(count < Int(UInt32.max) / 2, "the packs have more objects than can be numbered")
        self.firstNumbers = firstNumbers
        self.count = count
    }

    /// How many objects of a kind the packs have together.
    func count(of kind: PackedKind) -> Int { plans.reduce(0) { $0 + $1.entries(of: kind).count } }

    /// Where an object is.
    package struct Place: Sendable, Hashable {
        /// Index of the plan.
        package var pack: Int
        package var entry: PackPlan.Entry
    }

    /// The first pack that has an object, and can say what it is.
    func place(of id: ObjectID) -> Place? {
        id.withUnsafeBytes { bytes in
            for (pack, plan) in plans.enumerated() {
                if let entry = plan.entry(id: bytes), plan.kind(of: entry) != nil {
                    return Place(pack: pack, entry: entry)
                }
            }
            return nil
        }
    }

    /// Looks for many objects at once: what is found in the first packs is told by `number(of:)`.
    ///
    /// - Parameter packs: How many of the packs are asked; `nil`: all.
    func find(_ batch: inout IDBatch, inFirst packs: Int? = nil) {
        batch.sort()
        for (pack, plan) in plans.prefix(packs ?? plans.count).enumerated() {
            plan.find(&batch, firstNumber: firstNumber(ofPack: pack))
        }
    }

    /// Passes each object that no pack before has, or none where it can be read.
    func forEachFirst(ofPack pack: Int, _ body: (Place) -> Void) {
        let plan = plans[pack]
        var batch = IDBatch()
        for start in stride(from: 0, to: plan.count, by: IDBatch.capacity) {
            let positions = start..<min(start + IDBatch.capacity, plan.count)
            if pack > 0 {
                batch.removeAll()
                for position in positions { batch.append(plan.id(of: .init(position: position))) }
                find(&batch, inFirst: pack)
            }
            for position in positions where pack == 0 || batch.number(position - start) == IDBatch.none {
                body(Place(pack: pack, entry: .init(position: position)))
            }
        }
    }

    // MARK: Numbers

    /// The number of the first place of a pack.
    func firstNumber(ofPack pack: Int) -> UInt32 { UInt32(firstNumbers[pack]) }

    /// The number of a place: from 0, without gaps, in the order of the packs.
    func number(of place: Place) -> UInt32 { UInt32(firstNumbers[place.pack] + place.entry.position) }

    /// The number of the first place of an object, if it is in a pack.
    func number(of id: ObjectID) -> UInt32? { place(of: id).map(number) }

    /// The place that has a number.
    func place(_ number: UInt32) -> Place {
        let pack = (firstNumbers.firstIndex { $0 > Int(number) } ?? firstNumbers.count) - 1
        return Place(pack: pack, entry: .init(position: Int(number) - firstNumbers[pack]))
    }

    /// The kind of the object at a place.
    func kind(_ place: Place) -> ObjectKind? {
        switch plans[place.pack].kind(of: place.entry) {
        case .commit: .commit
        case .tree: .tree
        case .blob: .blob
        case .tag: .tag
        case nil: nil
        }
    }
}
