import TestSupport
import Testing

@testable import PackFile

/// A walker that leaves what is large or damaged to another: together they see all, once.
@Suite struct SmallObjectWalkTests {
    @Test(arguments: PackWalkTests.layouts)
    func everyObjectIsWhatGitReads(_ layout: PackWalkTests.Layout) throws {
        let repository = PackedRepository(settings: layout.settings, options: layout.options)
        if let version = layout.index { repository.makeIndex(version: version) }
        let plan = try PackPlan(repository.open())
        for kind in PackedKind.allCases {
            let objects = repository.objects(of: kind)
            for count in [1, 64] {
                let seen = plan.seenBySmallObjects(kind, unitCount: count)
                #expect(seen.leftCount == 0)
                let named = seen.contents.map { (plan.name(of: .init(position: $0.key)), $0.value) }
                #expect(Dictionary(uniqueKeysWithValues: named) == objects, "\(kind)")
            }
        }
    }

    @Test func stateAndContentOfTheBaseComeWithTheObject() throws {
        let plan = try PackPlan(PackedRepository(options: ["--depth=300"]).open())
        var walker = SmallObjectWalker(plan)
        var deltas = 0
        for unit in plan.workUnits(of: .blob, count: 1) {
            let left = walker.walk(unit) { (object, base: (entry: PackPlan.Entry, content: [UInt8])?) in
                #expect(base?.entry == plan.base(of: object.entry))
                #expect(object.base?.entry == base?.entry)
                #expect(object.base.map { Array($0.content) } == base?.content)
                var made: [UInt8] = []
                for piece in object.base?.pieces ?? .init(start: nil, count: 0) {
                    if let start = piece.baseStart, let base {
                        made += base.content[start..<start + Int(piece.count)]
                    } else {
                        made += object.content[piece.target]
                    }
                }
                if object.base != nil {
                    deltas += 1
                    #expect(made == Array(object.content))
                }
                return (object.entry, Array(object.content))
            }
            #expect(left.isEmpty)
        }
        #expect(deltas > 20)
    }

    /// What is made from the large object, and from that, is left with it; what stands beside it is not.
    @Test func whatIsLargeIsLeft() throws {
        var made = HandmadePack()
        let base = [UInt8](repeating: 7, count: 1000)
        let small = made.add(base)
        let large = (0..<SmallObjectWalker.largestSize + 1).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) }
        let stored = made.add(large)
        var contents = [small: base, stored: large]
        contents[made.addDelta(to: stored, DeltaBytes.header(large.count, 1) + DeltaBytes.insert([3]), content: [3])] =
            [3]
        let grown = Array(repeating: DeltaBytes.copy(from: 0, count: 1000), count: 1100)
        let delta = DeltaBytes.header(1000, 1_100_000) + grown.joined()
        let result = [UInt8](repeating: 7, count: 1_100_000)
        let second = made.addDelta(to: small, delta, content: result)
        contents[second] = result
        let third = DeltaBytes.header(1_100_000, 2) + DeltaBytes.insert([4, 5])
        contents[made.addDelta(to: second, third, content: [4, 5])] = [4, 5]
        contents[made.addDelta(to: small, DeltaBytes.header(1000, 1) + DeltaBytes.insert([9]), content: [9])] = [9]
        let seen = try PackPlan(made.open()).seenBySmallObjects(unitCount: 1)
        #expect(seen.leftCount == 4)
        #expect(seen.errors.isEmpty)
        #expect(seen.contents == contents)
    }

    /// In a chain, what is done with makes room for what comes.
    @Test func aLongChainTakesLittleMemory() throws {
        var made = HandmadePack()
        var content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 9) }
        var last = made.add(content, level: 1)
        var contents = [last: content]
        for number in 0..<150 {
            let more = [UInt8(number), 1, 2]
            let delta = DeltaBytes.appending(more, toBaseOf: content.count)
            content += more
            // An id of its own; that of the content would take seconds.
            last = made.addDelta(to: last, delta, content: more, level: 1)
            contents[last] = content
        }
        // More than the walker has memory for.
        #expect(contents.count * content.count > 40 << 20)
        let seen = try PackPlan(made.open()).seenBySmallObjects(unitCount: 1)
        #expect(seen.leftCount == 0)
        #expect(seen.contents == contents)
    }

    /// Where a unit starts between an object and its base, the base is the other walker's to rebuild.
    @Test func unitsThatStartInsideOfATreeAreReadToo() throws {
        var made = HandmadePack()
        var contents: [Int: [UInt8]] = [:]
        let base = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 5) }
        let root = made.add(base, level: 0)
        contents[root] = base
        for number in 0..<400 {
            let more = withUnsafeBytes(of: number) { Array($0) }
            let delta = DeltaBytes.appending(more, toBaseOf: base.count)
            contents[made.addDelta(to: root, delta, content: more)] = base + more
        }
        let plan = try PackPlan(made.open())
        #expect(plan.workUnits(of: .blob, count: 8).count > 1)
        let seen = plan.seenBySmallObjects(unitCount: 8)
        #expect(seen.contents.count == contents.count)
        #expect(seen.leftCount > 0 && seen.leftCount < contents.count)
        #expect(seen.contents == contents)
    }
}

extension PackPlan {
    /// What a walk of both walkers over all objects of a kind saw: contents and errors, by place in the pack.
    func seenBySmallObjects(
        _ kind: PackedKind = .blob, unitCount: Int = 64
    ) -> (contents: [Int: [UInt8]], errors: [Int: PackError], leftCount: Int) {
        var small = SmallObjectWalker(self)
        let walker = PackWalker(self)
        var contents: [Int: [UInt8]] = [:]
        var errors: [Int: PackError] = [:]
        var leftCount = 0
        for unit in workUnits(of: kind, count: unitCount) {
            let left = small.walk(unit) { (object, _: Never?) -> Never? in
                #expect(contents.updateValue(Array(object.content), forKey: object.entry.position) == nil)
                return nil
            }
            for unit in left {
                leftCount += unit.count
                walker.walk(unit) { (step, _: Never?) -> Never? in
                    switch step {
                    case .object(let object):
                        #expect(contents.updateValue(Array(object.content), forKey: object.entry.position) == nil)
                    case .beginning: break
                    case .failure(let entry, let error): errors[entry.position] = error
                    }
                    return nil
                }
            }
        }
        return (contents, errors, leftCount)
    }
}
