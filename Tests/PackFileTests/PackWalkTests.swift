import PackFile
import TestSupport
import Testing

@Suite struct PackWalkTests {
    /// How git may have written the same objects.
    struct Layout: Sendable, CustomTestStringConvertible {
        let name: String
        var settings: [String] = []
        var options: [String] = []
        /// For `git index-pack --index-version`.
        var index: String?
        /// More files of the pack's name.
        var companions: [String] = []
        var testDescription: String { name }
    }

    static let layouts = [
        Layout(name: "as git packs by itself"),
        Layout(name: "no deltas", options: ["--depth=0"]),
        Layout(name: "long chains", options: ["--depth=4000", "--window=50"]),
        Layout(name: "bases by id", settings: ["repack.useDeltaBaseOffset=false"]),
        Layout(
            name: "bases by id, long chains", settings: ["repack.useDeltaBaseOffset=false"], options: ["--depth=300"]),
        Layout(name: "64-bit offsets", index: "2,0x40"),
        Layout(name: "not compressed", settings: ["pack.compression=0"]),
        Layout(name: "with a reverse index and bitmaps", options: ["--write-bitmap-index"]),
        Layout(name: "kept", companions: [".keep", ".promisor"]),
    ]

    @Test(arguments: layouts)
    func everyObjectIsWhatGitReads(_ layout: Layout) throws {
        let repository = PackedRepository(settings: layout.settings, options: layout.options)
        if let version = layout.index { repository.makeIndex(version: version) }
        for suffix in layout.companions { repository.write(suffix, []) }
        let pack = try repository.open()
        #expect(pack.isPromisor == layout.companions.contains(".promisor"))
        try pack.verifyChecksums()
        let plan = try PackPlan(pack)
        #expect(plan.unreadable.map(\.error.description) == [])
        let walker = PackWalker(plan, verifies: true)
        for kind in PackedKind.allCases {
            var seen: [String: [UInt8]] = [:]
            for unit in plan.workUnits(of: kind) {
                walker.walk(unit) { step, _ -> Void? in
                    guard case .object(let object) = step else {
                        Issue.record("\(step)")
                        return nil
                    }
                    #expect(seen.updateValue(Array(object.content), forKey: plan.name(of: object.entry)) == nil)
                    return nil
                }
            }
            #expect(seen == repository.objects(of: kind), "\(kind)")
        }
    }

    @Test func piecesMakeTheObject() throws {
        let plan = try PackPlan(PackedRepository().open())
        let walker = PackWalker(plan)
        var deltas = 0
        for unit in plan.workUnits(of: .blob) {
            walker.walk(unit) { step, _ -> Void? in
                guard case .object(let object) = step, let base = object.base else { return nil }
                deltas += 1
                var end = 0
                for piece in base.pieces {
                    #expect(piece.target.lowerBound == end)
                    end = piece.target.upperBound
                    guard let start = piece.baseStart else { continue }
                    #expect(
                        object.content[piece.target].elementsEqual(base.content[start..<start + piece.target.count]))
                }
                #expect(end == object.content.count)
                return nil
            }
        }
        #expect(deltas > 20)
    }

    @Test func stateOfTheBaseComesWithTheObject() throws {
        let plan = try PackPlan(PackedRepository(options: ["--depth=300"]).open())
        let walker = PackWalker(plan)
        for unit in plan.workUnits(of: .blob, count: 1) {
            walker.walk(unit) { step, base -> PackPlan.Entry? in
                #expect(base == plan.base(of: step.entry))
                return step.entry
            }
        }
    }

    @Test func whatIsNotWantedIsNotShown() throws {
        let plan = try PackPlan(PackedRepository().open())
        let wanted = Set(plan.entries(of: .blob).filter { $0.position % 3 == 0 })
        let walker = PackWalker(plan, verifies: true)
        var shown: Set<PackPlan.Entry> = []
        for unit in plan.workUnits(of: .blob, count: 1) {
            walker.walk(unit, wants: wanted.contains) { step, base -> PackPlan.Entry? in
                guard case .object = step else {
                    Issue.record("\(step)")
                    return nil
                }
                #expect(base == plan.base(of: step.entry).flatMap { wanted.contains($0) ? $0 : nil })
                shown.insert(step.entry)
                return step.entry
            }
        }
        #expect(shown == wanted)
    }

    @Test func singleObjectsAreRead() throws {
        let repository = PackedRepository(options: ["--depth=300"])
        let plan = try PackPlan(repository.open())
        let walker = PackWalker(plan, verifies: true)
        for kind in PackedKind.allCases {
            let objects = repository.objects(of: kind)
            for entry in plan.entries(of: kind) {
                #expect(try walker.read(entry) { Array($0) } == objects[plan.name(of: entry)])
                #expect(plan.entry(id: plan.id(of: entry)) == entry)
                #expect(plan.kind(of: entry) == kind)
            }
        }
    }
}
