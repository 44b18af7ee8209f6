import TestSupport
import Testing

@testable import PackFile

/// The walk's memory has a bound that no shape of the trees of deltas breaks.
@Suite struct PackMemoryTests {
    /// Objects of one size, made from each other.
    private struct Tree {
        var made = HandmadePack()
        private(set) var contents: [[UInt8]] = []
        private var random = SeededGenerator(seed: 3)

        init(size: Int) {
            contents = [random.bytes(size, of: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/")]
            made.add(contents[0])
        }

        /// Adds something that is made from an object, and returns its number.
        mutating func grow(_ base: Int) -> Int {
            let new = random.bytes(8, of: "XYZ")
            let old = contents[base]
            // Something new at the front, the end left out: chains do not become longer.
            let delta =
                DeltaBytes.header(old.count, old.count) + DeltaBytes.insert(new)
                + DeltaBytes.copy(from: 0, count: old.count - 8)
            contents.append(new + old.dropLast(8))
            // Nothing asks for the ids; any will do.
            return made.addDelta(to: base, delta, content: Array("\(contents.count)".utf8), level: 1)
        }
    }

    @Test func longChainTakesTwoObjects() throws {
        var tree = Tree(size: 300)
        var last = 0
        for _ in 0..<20_000 { last = tree.grow(last) }
        let walker = PackWalker(try PackPlan(tree.made.open()), limits: PackLimits(memoryBudget: 0))
        try expectAll(tree, walker)
        #expect(walker.peakBufferBytes <= 4 * 4096)
        #expect(try walker.read(.init(position: 20_000)) { Array($0) } == tree.contents[20_000])
    }

    @Test func wideFanTakesTwoObjects() throws {
        var tree = Tree(size: 300)
        for _ in 0..<5000 { _ = tree.grow(0) }
        let walker = PackWalker(try PackPlan(tree.made.open()), limits: PackLimits(memoryBudget: 0))
        try expectAll(tree, walker)
        #expect(walker.peakBufferBytes <= 4 * 4096)
        #expect(walker.repeatedByteCount == 0)
    }

    /// A comb: a long chain, each object of which is the base of another short chain.
    @Test func combDoesNotPileUp() throws {
        var tree = Tree(size: 300)
        var last = 0
        for _ in 0..<1000 {
            var tooth = tree.grow(last)
            for _ in 0..<3 { tooth = tree.grow(tooth) }
            last = tree.grow(last)
        }
        let walker = PackWalker(try PackPlan(tree.made.open()))
        try expectAll(tree, walker)
        #expect(walker.repeatedByteCount == 0)
        #expect(walker.peakBufferBytes <= 8 * 8192)
    }

    /// Twice two of everything: the shape with the most bases pending.
    @Test(arguments: [1 << 20, 40_000, 0])
    func fullTreeStaysInTheBudget(budget: Int) throws {
        var tree = Tree(size: 4500)
        var level = [0]
        for _ in 0..<9 { level = level.flatMap { [tree.grow($0), tree.grow($0)] } }
        let walker = PackWalker(try PackPlan(tree.made.open()), limits: PackLimits(memoryBudget: budget))
        try expectAll(tree, walker)
        // What an object, its base and the delta between them take.
        #expect(walker.peakBufferBytes <= max(budget, 4 * 8192))
        #expect((walker.repeatedByteCount == 0) == (budget == 1 << 20))
        // A base is rebuilt again once for each of its objects at most, over all levels.
        #expect(walker.repeatedByteCount <= 10 * tree.contents.count * 4500)
    }

    /// At random, so that all of it comes together, with parts of the tree and with objects that are not wanted.
    @Test(arguments: 0..<8)
    func anyTreeIsRebuilt(seed: UInt64) throws {
        var tree = Tree(size: 300)
        var random = SeededGenerator(seed: seed)
        for number in 0..<600 {
            let reach = [1, 3, 20, 600][Int(seed) % 4]
            _ = tree.grow(Int.random(in: max(0, number - reach)...number, using: &random))
        }
        let plan = try PackPlan(tree.made.open())
        let walker = PackWalker(plan, limits: PackLimits(memoryBudget: 30_000))
        try expectAll(tree, walker)
        let isWanted = { (entry: PackPlan.Entry) in entry.position % 5 != 2 }
        for count in [2, 7, 40] {
            let units = split(plan, into: count, &random)
            var seen = 0
            for unit in units {
                walker.walk(unit, wants: isWanted) { step, base -> PackPlan.Entry? in
                    #expect(isWanted(step.entry))
                    guard case .object(let object) = step else {
                        Issue.record("\(step)")
                        return nil
                    }
                    #expect(base == nil || base == plan.base(of: object.entry))
                    #expect(object.content.elementsEqual(tree.contents[object.entry.position]))
                    seen += 1
                    return object.entry
                }
            }
            #expect(seen == tree.contents.indices.count { $0 % 5 != 2 })
        }
        #expect(walker.peakBufferBytes <= 4 * 8192)
    }

    /// Cuts the only tree anywhere, as `workUnits` does with trees that are very large.
    private func split(_ plan: PackPlan, into count: Int, _ random: inout SeededGenerator) -> [PackWorkUnit] {
        let cuts = (1..<count).map { _ in Int.random(in: 0...plan.count, using: &random) }.sorted()
        return zip([0] + cuts, cuts + [plan.count]).map { PackWorkUnit(steps: $0..<$1, firstRoot: 0) }
    }

    private func expectAll(_ tree: Tree, _ walker: PackWalker, unitCount: Int = 1) throws {
        var seen = 0
        for unit in walker.plan.workUnits(of: .blob, count: unitCount) {
            walker.walk(unit) { step, _ -> Void? in
                guard case .object(let object) = step else {
                    Issue.record("\(step)")
                    return nil
                }
                // Arrays compare fast in a debug build, too; other collections do not.
                if Array(object.content) != tree.contents[object.entry.position] {
                    Issue.record("object \(object.entry.position) is another one")
                }
                seen += 1
                return nil
            }
        }
        #expect(seen == tree.contents.count)
    }

    @Test func largeTreesAreSplit() throws {
        var tree = Tree(size: 20_000)
        for _ in 0..<2000 { _ = tree.grow(0) }
        let plan = try PackPlan(tree.made.open())
        let units = plan.workUnits(of: .blob, count: 8)
        #expect(units.count > 2)
        #expect(units.reduce(0) { $0 + $1.count } == plan.count)
        try expectAll(tree, PackWalker(plan), unitCount: 8)
    }
}
