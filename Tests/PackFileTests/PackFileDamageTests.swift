import TestSupport
import Testing

@testable import PackFile

/// What makes a whole pack useless, and damage at random places.
@Suite struct PackFileDamageTests {
    private static func smallPack() -> HandmadePack {
        var made = HandmadePack()
        let base = made.add(Array("one two three four five".utf8))
        made.add([], kind: .blob)
        made.add(Array("tree 1234\n".utf8), kind: .commit)
        made.addDelta(
            to: base, DeltaBytes.appending([33], toBaseOf: 23), content: Array("one two three four five!".utf8))
        return made
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        let kind: PackError.Kind
        let message: String
        let change: @Sendable (inout [UInt8], inout [UInt8]) -> Void
        var testDescription: String { name }
    }

    static let damages = [
        Damage(name: "no pack", kind: .damaged, message: "it is not a pack") { pack, _ in pack[0] = 0 },
        Damage(name: "pack of version 4", kind: .unsupported, message: "it is a pack of version 4") { pack, _ in
            pack[7] = 4
        },
        Damage(name: "another number of objects", kind: .damaged, message: "it has 5 objects, but its index has 4") {
            pack, _ in pack[11] = 5
        },
        Damage(name: "only the head of a pack", kind: .damaged, message: "it is cut off") { pack, _ in
            pack = Array(pack[..<12])
        },
        Damage(
            name: "a pack that ends early", kind: .damaged,
            message: "it is not the pack that its index was made for, or it is cut off"
        ) { pack, _ in pack.removeLast() },
        Damage(
            name: "the index of another pack", kind: .damaged,
            message: "it is not the pack that its index was made for, or it is cut off"
        ) { _, index in index[index.count - 40] ^= 1 },
        Damage(name: "no index", kind: .damaged, message: "it is not an index of a pack") { _, index in index[0] = 1 },
        Damage(name: "index of version 3", kind: .unsupported, message: "it is an index of version 3") { _, index in
            index[7] = 3
        },
        Damage(
            name: "an index that ends early", kind: .damaged, message: "it has not the size of an index of 4 objects"
        ) {
            _, index in index.removeLast()
        },
        Damage(name: "only the head of an index", kind: .damaged, message: "it is cut off") { _, index in
            index = Array(index[..<100])
        },
        Damage(name: "nothing of an index", kind: .damaged, message: "it is cut off") { _, index in index = [] },
        Damage(name: "ranges out of order", kind: .damaged, message: "its ranges are not in order") { _, index in
            index[8] = 1
        },
    ]

    @Test(arguments: damages)
    func damageOfTheWholeIsNamed(_ damage: Damage) throws {
        let made = Self.smallPack()
        var (pack, index) = (made.pack, made.index())
        damage.change(&pack, &index)
        let error = #expect(throws: PackError.self) { try PackFile.open(pack: pack, index: index) }
        #expect(error?.kind == damage.kind)
        #expect(error?.message == damage.message)
        #expect(error?.description.hasPrefix("could not read made.") == true)
    }

    @Test func checksumsOfTheFilesAreVerifiedWhereAsked() throws {
        let made = Self.smallPack()
        try made.open().verifyChecksums()
        var pack = made.pack
        pack[20] ^= 1
        #expect(throws: PackError.self) { try PackFile.open(pack: pack, index: made.index()).verifyChecksums() }
        var index = made.index()
        index[index.count - 1] ^= 1
        #expect(throws: PackError.self) { try PackFile.open(pack: made.pack, index: index).verifyChecksums() }
    }

    @Test func emptyPackHasNoObjects() throws {
        let plan = try PackPlan(HandmadePack().open())
        #expect(plan.count == 0)
        for kind in PackedKind.allCases { #expect(plan.workUnits(of: kind).isEmpty && plan.entries(of: kind).isEmpty) }
    }

    /// The index still says that the pack is whole, so the loss is met where it is.
    @Test func packsCutAnywhereAreRead() throws {
        let made = Self.smallPack()
        let whole = try PackPlan(made.open()).seen(verifies: true)
        for length in 0..<made.pack.count {
            let cut = Array(made.pack[..<length])
            #expect(throws: PackError.self) { try PackFile.open(pack: cut, index: made.index()) }
            guard length >= 32 else { continue }
            let plan = try PackPlan(PackFile.open(pack: cut, index: made.index(of: Array(cut.suffix(20)))))
            let seen = plan.seen(verifies: true)
            for (position, content) in seen.contents { #expect(content == whole.contents[position]) }
            let blobs = seen.contents.count + seen.errors.count + plan.entries(of: .commit).count
            #expect(blobs + plan.unreadable.reduce(0) { sum, _ in sum + 1 } == 4)
        }
        for length in 0..<made.index().count {
            #expect(throws: PackError.self) {
                try PackFile.open(pack: made.pack, index: Array(made.index()[..<length]))
            }
        }
    }

    /// Whatever is changed: where ids are verified, nothing is shown that was not there.
    @Test func flippedBitsDoNotGoUnnoticed() throws {
        let made = Self.smallPack()
        let plan = try PackPlan(made.open())
        var expected: [String: [UInt8]] = [:]
        for (position, content) in plan.seen().contents { expected[plan.name(of: .init(position: position))] = content }
        #expect(expected.count == 3)
        var random = SeededGenerator(seed: 7)
        var failures = 0
        for _ in 0..<4000 {
            var (pack, index) = (made.pack, made.index())
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                if Bool.random(using: &random) {
                    pack[Int.random(in: 0..<pack.count - 20, using: &random)] ^= bit
                } else {
                    index[Int.random(in: 0..<index.count, using: &random)] ^= bit
                }
            }
            guard let file = try? PackFile.open(pack: pack, index: index), let plan = try? PackPlan(file) else {
                failures += 1
                continue
            }
            let seen = plan.seen(verifies: true)
            failures += seen.errors.count
            for (position, content) in seen.contents {
                #expect(expected[plan.name(of: .init(position: position))] == content)
            }
            _ = plan.seen(verifies: false)
        }
        #expect(failures > 1000)
    }
}
