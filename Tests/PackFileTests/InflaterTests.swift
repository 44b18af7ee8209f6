import CInflate
import TestSupport
import Testing

@testable import PackFile

/// Our own decompressor beside libdeflate, which made the streams.
struct InflaterTests {
    static let contents: [(name: String, content: [UInt8])] = {
        var generator = SeededGenerator(seed: 7)
        func random(_ count: Int, below limit: UInt8 = 255) -> [UInt8] {
            (0..<count).map { _ in UInt8.random(in: 0...limit, using: &generator) }
        }
        let words = (0..<50).map { _ in random(Int.random(in: 1...9, using: &generator)) }
        // Each byte twice as often as the one before: codes of all lengths.
        var skewed: [UInt8] = (0..<17).flatMap { [UInt8](repeating: $0, count: 1 << Int($0)) }
        skewed.shuffle(using: &generator)
        var repeated = random(40)
        for distance in 1...40 {
            for count in [3, 7, 8, 15, 16, 17, 31, 33, 64, 258, 300] {
                for _ in 0..<count { repeated.append(repeated[repeated.count - distance]) }
                repeated += random(2)
            }
        }
        return [
            ("nothing", []), ("a byte", [7]), ("two bytes", [0, 255]), ("a run", [UInt8](repeating: 65, count: 5000)),
            ("random bytes", random(3000)), ("many random bytes", random(200_000)),
            ("few symbols", random(2000, below: 3)),
            ("words", (0..<300).flatMap { _ in words.randomElement(using: &generator)! }),
            ("many words", (0..<40_000).flatMap { _ in words.randomElement(using: &generator)! }),
            ("long codes", skewed),
            ("matches from all distances", repeated), ("matches from afar", (0..<3).flatMap { _ in repeated }),
        ]
    }()

    @Test(arguments: contents.map(\.name))
    func inflatesWhatWasDeflated(_ name: String) throws {
        let content = try #require(Self.contents.first { $0.name == name }).content
        for level in 0...12 {
            let stream = HandmadePack.deflate(content, level: level)
            #expect(inflate(stream, size: content.count, slack: .enough) == Inflated(content, stream.count), "\(level)")
            #expect(inflate(stream, size: content.count, slack: .none) == Inflated(content, stream.count), "\(level)")
            #expect(inflatesOnItsOwn(stream, size: content.count), "level \(level)")
        }
    }

    @Test(arguments: contents.map(\.name))
    func refusesAnotherSize(_ name: String) throws {
        let content = try #require(Self.contents.first { $0.name == name }).content
        let stream = HandmadePack.deflate(content)
        #expect(inflate(stream, size: content.count + 1, slack: .enough) == nil)
        #expect(inflate(stream, size: content.count - min(1, content.count), slack: .enough) == nil || content.isEmpty)
        #expect(inflate(Array(stream.dropLast()), size: content.count, slack: .enough) == nil)
    }

    /// With room on both sides our own decompressor comes first; without it, there is only libdeflate.
    @Test func agreesAboutDamage() {
        var generator = SeededGenerator(seed: 8)
        for (_, content) in Self.contents where content.count < 10_000 {
            for level in [1, 6, 12] {
                let stream = HandmadePack.deflate(content, level: level)
                for _ in 0..<200 {
                    var damaged = stream
                    for _ in 0..<Int.random(in: 1...3, using: &generator) {
                        let place = Int.random(in: 0..<damaged.count, using: &generator)
                        damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                    }
                    let withOwn = inflate(damaged, size: content.count, slack: .enough)
                    let without = inflate(damaged, size: content.count, slack: .none)
                    #expect(withOwn == without)
                }
            }
        }
    }

    /// A block in which no match was found may have a code for a single distance, which no decompressor needs.
    @Test func leavesRareShapesToTheLibrary() {
        // "aaaa…": a literal, a match of distance 1, the end; the code of distances has one symbol.
        let stream: [UInt8] = [0x78, 0xda, 0x4b, 0x4c, 0xa4, 0x3d, 0x00, 0x00, 0x94, 0x16, 0x25, 0x15]
        #expect(inflate(stream, size: 100, slack: .enough) == inflate(stream, size: 100, slack: .none))
    }

    private struct Inflated: Equatable {
        let content: [UInt8]
        let streamCount: Int
        init(_ content: [UInt8], _ streamCount: Int) { (self.content, self.streamCount) = (content, streamCount) }
    }

    private enum Slack { case none, enough }

    private func inflate(_ stream: [UInt8], size: Int, slack: Slack) -> Inflated? {
        let inputSlack = slack == .enough ? Inflater.inputSlack : 0
        let outputSlack = slack == .enough ? Inflater.outputSlack : 0
        let input = stream + [UInt8](repeating: 0xa5, count: inputSlack)
        var output = [UInt8](repeating: 0, count: size + outputSlack)
        let count = input.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { output in
                Inflater().inflate(
                    UnsafeRawBufferPointer(rebasing: input[..<stream.count]), inputSlack: inputSlack,
                    into: UnsafeMutableRawBufferPointer(rebasing: output[..<size]), outputSlack: outputSlack)
            }
        }
        return count.map { Inflated(Array(output[..<size]), $0) }
    }

    private func inflatesOnItsOwn(_ stream: [UInt8], size: Int) -> Bool {
        let input = stream + [UInt8](repeating: 0, count: Inflater.inputSlack)
        var output = [UInt8](repeating: 0, count: size + Inflater.outputSlack)
        let inflater = windsock_inflater_create()
        defer { windsock_inflater_free(inflater) }
        return windsock_inflate(inflater, input, stream.count, &output, size) == stream.count
    }
}
