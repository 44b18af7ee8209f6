import Bytes
import TestSupport
import Testing

@testable import PackFile

/// Packs that are damaged, or were made to do harm. Whatever is wrong with one object, the others are read.
@Suite struct PackDamageTests {
    struct Nasty: Sendable, CustomTestStringConvertible {
        let name: String
        let kind: PackError.Kind
        let message: String
        /// Only an option to verify sees it.
        var needsVerifying = false
        let add: @Sendable (inout HandmadePack, _ base: Int) -> Void
        var testDescription: String { name }
    }

    private static let base = Array("the base of all, thirty bytes!".utf8)

    private static func delta(_ result: Int, _ instructions: [UInt8], from size: Int = base.count) -> [UInt8] {
        DeltaBytes.header(size, result) + instructions
    }

    static let nasties = [
        Nasty(name: "type 0", kind: .damaged, message: "its header is not one of a pack entry") { pack, _ in
            pack.addRaw([0x05] + HandmadePack.deflate([1, 2, 3, 4, 5]), id: [UInt8](repeating: 1, count: 20))
        },
        Nasty(name: "a size without end", kind: .damaged, message: "its header is not one of a pack entry") { pack, _ in
            pack.addRaw([UInt8](repeating: 0xbf, count: 30), id: [UInt8](repeating: 1, count: 20))
        },
        Nasty(name: "an offset outside", kind: .damaged, message: "the index says that it starts outside the pack") {
            pack, _ in pack.setOffset(of: pack.add([1, 2, 3]), to: 1 << 30)
        },
        Nasty(name: "an offset in the head", kind: .damaged, message: "the index says that it starts outside the pack")
        {
            pack, _ in pack.setOffset(of: pack.add([1, 2, 3]), to: 3)
        },
        Nasty(
            name: "a size that is too large for its bytes", kind: .damaged,
            message: "its header promises more bytes than its compressed data can hold"
        ) { pack, _ in pack.add([1, 2, 3], size: 1 << 40) },
        Nasty(
            name: "a size that is a little too large", kind: .damaged,
            message: "its compressed data is damaged, or has another size than its header says"
        ) { pack, _ in pack.add([1, 2, 3], size: 4) },
        Nasty(
            name: "a size that is too small", kind: .damaged,
            message: "its compressed data is damaged, or has another size than its header says"
        ) { pack, _ in pack.add([1, 2, 3], size: 2) },
        Nasty(
            name: "no zlib stream", kind: .damaged,
            message: "its compressed data is damaged, or has another size than its header says"
        ) { pack, _ in
            pack.addRaw(HandmadePack.header(3, 5) + [1, 2, 3, 4, 5, 6, 7], id: .init(repeating: 1, count: 20))
        },
        Nasty(
            name: "a wrong checksum in the stream", kind: .damaged,
            message: "its compressed data is damaged, or has another size than its header says"
        ) { pack, _ in
            var stream = HandmadePack.deflate([1, 2, 3])
            stream[stream.count - 1] ^= 1
            pack.addRaw(HandmadePack.header(3, 3) + stream, id: .init(repeating: 1, count: 20))
        },
        Nasty(
            name: "a wrong checksum in the index", kind: .damaged,
            message: "its compressed data does not have the checksum that the index names", needsVerifying: true
        ) { pack, _ in pack.setChecksum(of: pack.add([1, 2, 3]), to: 7) },
        Nasty(name: "another id", kind: .damaged, message: "its content has another id", needsVerifying: true) {
            pack, _ in pack.setID(of: pack.add([1, 2, 3]), to: HandmadePack.id(.blob, [1, 2, 4]))
        },
        Nasty(
            name: "another id of a delta", kind: .damaged, message: "its content has another id", needsVerifying: true
        ) { pack, base in
            pack.addDelta(to: base, delta(3, DeltaBytes.insert([1, 2, 3])), content: [1, 2, 4])
        },
        Nasty(
            name: "a base that is not here", kind: .baseMissing,
            message: "it is a difference to an object that is not in this pack"
        ) { pack, _ in pack.addDelta(toID: .init(repeating: 0xee, count: 20), delta(1, DeltaBytes.insert([1]))) },
        Nasty(
            name: "a base between entries", kind: .damaged,
            message: "it is a difference to an object at a place where none starts"
        ) { pack, _ in pack.addDelta(distance: 5, delta(1, DeltaBytes.insert([1]))) },
        Nasty(
            name: "a base before the pack", kind: .damaged,
            message: "it is a difference to an object at a place where none starts"
        ) { pack, _ in pack.addDelta(distance: 1 << 40, delta(1, DeltaBytes.insert([1]))) },
        Nasty(
            name: "a difference to itself", kind: .damaged,
            message: "it is a difference to an object that is made from itself"
        ) { pack, _ in
            let id = [UInt8](repeating: 0x55, count: 20)
            pack.setID(of: pack.addDelta(toID: id, delta(1, DeltaBytes.insert([1]))), to: id)
        },
        Nasty(
            name: "another size of the base", kind: .damaged, message: "it is a difference to an object of another size"
        ) {
            pack, base in pack.addDelta(to: base, delta(1, DeltaBytes.insert([1]), from: 31))
        },
        Nasty(
            name: "a copy that starts outside", kind: .damaged, message: "the difference copies from outside its base"
        ) {
            pack, base in pack.addDelta(to: base, delta(1, DeltaBytes.copy(from: 31, count: 1)))
        },
        Nasty(name: "a copy that ends outside", kind: .damaged, message: "the difference copies from outside its base")
        {
            pack, base in pack.addDelta(to: base, delta(30, DeltaBytes.copy(from: 1, count: 30)))
        },
        Nasty(name: "the farthest copy", kind: .damaged, message: "the difference copies from outside its base") {
            pack, base in pack.addDelta(to: base, delta(30, DeltaBytes.copy(from: 0xffff_ffff, count: 0xffffff)))
        },
        Nasty(
            name: "more than is promised", kind: .damaged,
            message: "the difference makes an object of another size than it promises"
        ) { pack, base in pack.addDelta(to: base, delta(29, DeltaBytes.copy(from: 0, count: 30))) },
        Nasty(
            name: "less than is promised", kind: .damaged,
            message: "the difference makes an object of another size than it promises"
        ) { pack, base in pack.addDelta(to: base, delta(31, DeltaBytes.copy(from: 0, count: 30))) },
        Nasty(
            name: "the reserved instruction", kind: .damaged,
            message: "an instruction of the difference is not one, or is cut off"
        ) { pack, base in pack.addDelta(to: base, delta(1, [0])) },
        Nasty(
            name: "an insert that is cut off", kind: .damaged,
            message: "an instruction of the difference is not one, or is cut off"
        ) { pack, base in pack.addDelta(to: base, delta(3, [3, 1, 2])) },
        Nasty(
            name: "a copy that is cut off", kind: .damaged,
            message: "an instruction of the difference is not one, or is cut off"
        ) { pack, base in pack.addDelta(to: base, delta(3, [0xff, 0, 0])) },
        Nasty(
            name: "a delta without sizes", kind: .damaged,
            message: "an instruction of the difference is not one, or is cut off"
        ) { pack, base in pack.addDelta(to: base, []) },
        Nasty(
            name: "a delta of an endless size", kind: .damaged,
            message: "an instruction of the difference is not one, or is cut off"
        ) { pack, base in pack.addDelta(to: base, [UInt8](repeating: 0xff, count: 40)) },
    ]

    @Test(arguments: nasties)
    func oneBadObjectIsNamedAndTheOthersAreRead(_ nasty: Nasty) throws {
        var made = HandmadePack()
        let base = made.add(Self.base)
        let good = made.addDelta(to: base, DeltaBytes.appending([9, 9], toBaseOf: 30), content: Self.base + [9, 9])
        nasty.add(&made, base)
        let last = made.addDelta(to: good, DeltaBytes.appending([8], toBaseOf: 32), content: Self.base + [9, 9, 8])
        let badID = made.rows[2].id

        let plan = try PackPlan(made.open())
        let isPlain = plan.seen(verifies: false)
        let bySmallObjects = plan.seenBySmallObjects()
        #expect(bySmallObjects.contents == isPlain.contents && bySmallObjects.errors == isPlain.errors)
        let seen = plan.seen(verifies: true)
        let unreadable = plan.unreadable.map(\.error)
        let errors = unreadable + seen.errors.values
        #expect(errors.map(\.message) == [nasty.message])
        #expect(errors.first?.kind == nasty.kind)
        #expect(errors.first?.id == badID.withUnsafeBytes { $0.hexadecimal })
        #expect(errors.first?.file == "made.pack")
        #expect(errors.first?.offset == UInt64(made.rows[2].offset))
        #expect(isPlain.errors.isEmpty == (nasty.needsVerifying || !unreadable.isEmpty))
        let contents = Set(seen.contents.values)
        #expect(contents == [Self.base, Self.base + [9, 9], Self.base + [9, 9, 8]])
        #expect(last == 3)
        // The same one by one.
        let walker = PackWalker(plan, verifies: true)
        let bad = try #require(
            badID.withUnsafeBytes { plan.entry(id: $0) } ?? plan.unreadable.first { _ in true }?.entry)
        let error = try #require(errors.first)
        #expect(throws: error) { try walker.read(bad) { _ in } }
    }

    @Test func whatIsMadeFromABadObjectIsNamedToo() throws {
        var made = HandmadePack()
        let root = made.add(Self.base, size: 31)
        let child = made.addDelta(to: root, DeltaBytes.appending([1], toBaseOf: 30), content: [1])
        made.addDelta(to: child, DeltaBytes.appending([2], toBaseOf: 31), content: [2])
        let seen = try PackPlan(made.open()).seen()
        #expect(seen.contents.isEmpty)
        #expect(seen.errors.values.map(\.kind.rawValue).sorted() == ["baseUnreadable", "baseUnreadable", "damaged"])
    }

    @Test func circlesOfBasesEnd() throws {
        var made = HandmadePack()
        let ids = (1...3).map { [UInt8](repeating: UInt8($0), count: 20) }
        let delta = DeltaBytes.header(1, 1) + DeltaBytes.insert([1])
        for number in 0..<3 { made.setID(of: made.addDelta(toID: ids[(number + 1) % 3], delta), to: ids[number]) }
        // Not in the circle, but made from it.
        made.addDelta(to: 0, delta, content: [1])
        let plan = try PackPlan(made.open())
        #expect(
            plan.unreadable.map(\.error.message)
                == Array(
                    repeating: "it is a difference to an object that is made from itself", count: 4))
        #expect(plan.workUnits(of: .blob).isEmpty)
    }

    /// An object that promises gigabytes of copies is refused before any memory is taken for it.
    @Test func bombsAreNotMade() throws {
        var made = HandmadePack()
        let base = made.add([UInt8](repeating: 1, count: 0x10000))
        let copies = Array(repeating: DeltaBytes.copy(from: 0, count: 0x10000), count: 60_000).joined()
        made.addDelta(to: base, DeltaBytes.header(0x10000, 60_000 << 16) + copies, content: [1])
        let walker = PackWalker(try PackPlan(made.open()))
        var size: UInt64?
        for unit in walker.plan.workUnits(of: .blob) {
            walker.walk(unit) { step, _ -> Void? in
                if case .beginning(let beginning) = step { size = beginning.size }
                return nil
            }
        }
        #expect(size == 60_000 << 16)
        #expect(walker.peakBufferBytes < 2 << 20)
    }
}
