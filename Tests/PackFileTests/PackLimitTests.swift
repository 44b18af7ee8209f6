import Bytes
import TestSupport
import Testing

@testable import PackFile

@Suite struct PackLimitTests {
    /// Each level compresses in its own way: not at all, with fixed and with made-up codes.
    @Test(arguments: [0, 1, 6, 12])
    func beginningsOfLargeObjectsAreShown(level: Int) throws {
        var random = SeededGenerator(seed: UInt64(level))
        let large = random.bytes(300_000, of: "abc defghijklmnopqrst 0123456789\n")
        let small = random.bytes(900, of: "ab")
        var made = HandmadePack()
        let whole = made.add(large, level: level)
        made.addDelta(to: whole, DeltaBytes.appending([1], toBaseOf: large.count), content: large + [1])
        let base = made.add(small)
        // A small base and a large delta: its beginning copies, then inserts.
        var instructions = DeltaBytes.copy(from: 100, count: 300)
        for start in stride(from: 0, to: 299_900, by: 100) {
            instructions += DeltaBytes.insert(Array(large[start..<start + 100]))
        }
        let made300 = Array(small[100..<400]) + large[..<299_900]
        made.addDelta(
            to: base, DeltaBytes.header(900, made300.count) + instructions, content: made300, level: level)
        // A small delta and a large result.
        let copies = Array(repeating: DeltaBytes.copy(from: 0, count: 900), count: 300).joined()
        made.addDelta(to: base, DeltaBytes.header(900, 270_000) + copies, content: [7])

        let plan = try PackPlan(made.open())
        let limits = PackLimits(maximumObjectSize: 100_000, beginningSize: 2000)
        var seen: [Int: (size: UInt64?, content: [UInt8])] = [:]
        var errors: [Int: PackError.Kind] = [:]
        let walker = PackWalker(plan, limits: limits)
        for unit in plan.workUnits(of: .blob) {
            walker.walk(unit) { step, _ -> Void? in
                switch step {
                case .object(let object): #expect(object.content.elementsEqual(small))
                case .beginning(let object): seen[object.entry.position] = (object.size, Array(object.content))
                case .failure(let entry, let error): errors[entry.position] = error.kind
                }
                return nil
            }
        }
        #expect(seen[0]?.size == 300_000)
        #expect(seen[0]?.content == Array(large.prefix(2000)))
        #expect(errors == [1: .baseUnreadable])
        #expect(seen[3]?.size == UInt64(made300.count))
        // Of the delta only the first bytes are inflated, so of the object a little less is known.
        #expect(seen[3].map { $0.content.count > 1900 && made300.starts(with: $0.content) } == true)
        #expect(seen[4]?.size == 270_000)
        #expect(seen[4]?.content == Array((small + small + small).prefix(2000)))
        let first = PackPlan.Entry(position: 0)
        #expect(throws: plan.error(.tooLarge, at: 0)) { try walker.read(first) { _ in } }
        #expect(walker.peakBufferBytes < 400_000)
    }

    @Test(arguments: [0, 1, 6, 12]) func beginningsEndWhereTheirStreamsDo(level: Int) throws {
        var random = SeededGenerator(seed: UInt64(50 + level))
        let content = random.bytes(200_000, of: "abcdef \n")
        let stream = HandmadePack.deflate(content, level: level)
        let header = HandmadePack.header(3, content.count)
        var made = HandmadePack()
        let cuts = [200, 1000, stream.count / 4, stream.count - 1]
        for cut in cuts { made.addRaw(header + stream.prefix(cut), id: random.bytes(20, of: "abcdefgh")) }
        // Damage in the data can make anything of them, but no more than was asked for.
        for _ in 0..<50 {
            var damaged = stream
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<20_000, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            made.addRaw(header + damaged, id: random.bytes(20, of: "abcdefgh"))
        }
        let plan = try PackPlan(made.open())
        let walker = PackWalker(plan, limits: PackLimits(maximumObjectSize: 100_000, beginningSize: 20_000))
        var seen = 0
        for unit in plan.workUnits(of: .blob) {
            walker.walk(unit) { step, _ -> Void? in
                guard case .beginning(let object) = step else { return nil }
                seen += 1
                #expect(object.size == 200_000)
                #expect(object.content.count <= 20_000)
                guard object.entry.position < cuts.count else { return nil }
                #expect(content.starts(with: object.content))
                let least = min(20_000, cuts[object.entry.position] - 150)
                #expect(object.content.count >= least)
                return nil
            }
        }
        #expect(seen == cuts.count + 50)
    }

    /// NIST's examples (FIPS 180-2, appendix A), and every length around the ends of blocks.
    @Test func sha1IsThatOfGit() throws {
        func hexadecimal(_ text: String) -> String {
            Array(text.utf8).withUnsafeBytes { SHA1.digest($0) }.withUnsafeBytes { $0.hexadecimal }
        }
        #expect(hexadecimal("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hexadecimal("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
        #expect(
            hexadecimal(String(repeating: "a", count: 1_000_000)) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
        let text = Array(String(repeating: "0123456789", count: 20).utf8)
        for length in 0..<text.count {
            let whole = text[..<length].withUnsafeBytes { SHA1.digest($0) }
            for cut in [0, 1, 63, 64, 65] where cut <= length {
                var sum = SHA1()
                text[..<cut].withUnsafeBytes { sum.update($0) }
                text[cut..<length].withUnsafeBytes { sum.update($0) }
                #expect(sum.finish() == whole)
            }
        }
    }
}
