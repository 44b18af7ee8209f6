import Testing

@testable import PackFile

struct PackOrderTests {
    /// Whatever an index says of places: many objects at one, some behind the end of the pack, many in a small part of it.
    @Test(arguments: [1, 2, 65, 300])
    func objectsAreInTheOrderOfTheirPlaces(count: Int) throws {
        var made = HandmadePack()
        var random = SystemRandomNumberGenerator()
        for number in 0..<count {
            made.add((0..<40).map { _ in UInt8.random(in: 0...255, using: &random) } + [UInt8(number & 255)])
        }
        for number in 0..<count {
            switch number % 7 {
            case 0: made.setOffset(of: number, to: 12)
            case 1: made.setOffset(of: number, to: 1 << 30 + number % 5)
            case 2: made.setOffset(of: number, to: 100 + Int.random(in: 0..<20, using: &random))
            default: break
            }
        }
        let pack = try made.open()
        let order = PackOrder(pack)
        let expected = (0..<count).map { (offset: pack.objects.offset($0), index: UInt32($0)) }
            .sorted { ($0.offset, $0.index) < ($1.offset, $1.index) }
        #expect(order.offsets == expected.map(\.offset))
        #expect(order.indexes == expected.map(\.index))
        for place in [0, 11, 12, 13, 110, 119, 5_000, 1 << 30 + 1, .max] + expected.map(\.offset) {
            #expect(order.position(of: place) == expected.firstIndex { $0.offset == place })
        }
    }

    @Test func aPackOfNothingHasNoPlaces() throws {
        let order = PackOrder(try HandmadePack().open())
        #expect(order.offsets.isEmpty && order.position(of: 12) == nil)
    }

    /// git writes a base before what is made from it; a pack need not.
    @Test func basesMayStandBehindWhatIsMadeFromThem() throws {
        var made = HandmadePack()
        let contents = (0..<40).map { [UInt8](repeating: UInt8($0), count: $0 + 1) }
        for number in 0..<39 {
            let delta = DeltaBytes.header(number + 2, number + 1) + DeltaBytes.insert(contents[number])
            made.addDelta(toID: HandmadePack.id(.blob, contents[number + 1]), delta, content: contents[number])
        }
        made.add(contents[39])
        let plan = try PackPlan(made.open())
        var read: [Int: [UInt8]] = [:]
        for unit in plan.workUnits(of: .blob) {
            PackWalker(plan).walk(unit) { step, _ -> Void? in
                if case .object(let object) = step { read[object.entry.position] = Array(object.content) }
                return nil
            }
        }
        #expect(read == Dictionary(uniqueKeysWithValues: contents.enumerated().map { ($0, $1) }))
    }
}
