import CLiteralSearch
import Platform
import TestSupport
import Testing

/// Every implementation that this processor can run, against a naive search.
struct LiteralSearchTests {
    struct Hit: Hashable, Comparable {
        var offset: Int
        var literal: Int

        static func < (left: Hit, right: Hit) -> Bool { (left.offset, left.literal) < (right.offset, right.literal) }
    }

    /// As numbers: `windsock_implementation` has no names to print.
    static let implementations = (0..<WINDSOCK_IMPLEMENTATION_COUNT.rawValue).filter {
        LiteralSet([])?.use($0) == true
    }

    final class LiteralSet {
        let pointer: OpaquePointer
        let count: Int

        init?(_ literals: [[UInt8]]) {
            guard
                let made = windsock_literals_create(
                    Array(literals.joined()), literals.map(\.count), literals.map { _ in false }, literals.count)
            else { return nil }
            pointer = made
            count = literals.count
        }

        deinit { windsock_literals_destroy(pointer) }

        func use(_ implementation: UInt32) -> Bool {
            windsock_literals_set_implementation(pointer, windsock_implementation(rawValue: implementation))
        }

        /// - Parameter room: For how many hits; for one of each literal if `nil`, which is the least.
        func hits(in text: UnsafeRawBufferPointer, room: Int? = nil) -> [Hit] {
            let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
            let buffer = UnsafeMutableBufferPointer<windsock_hit>.allocate(capacity: room ?? count)
            defer { buffer.deallocate() }
            var hits: [Hit] = []
            var position = 0
            while position < text.count {
                let before = position
                let found = windsock_literals_find(
                    pointer, start, text.count, &position, buffer.baseAddress, buffer.count)
                precondition(position > before || found > 0, "the search does not get on")
                hits += buffer[..<found].map { Hit(offset: $0.offset, literal: Int($0.literal)) }
            }
            return hits
        }
    }

    /// Pages between two that cannot be read.
    final class FencedMemory {
        static let pageSize = Int(getpagesize())
        private let whole: UnsafeMutableRawPointer
        private let pages: Int

        init(pages: Int) {
            self.pages = pages
            let size = (pages + 2) * Self.pageSize
            whole = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
            precondition(whole != MAP_FAILED)
            mprotect(whole, Self.pageSize, PROT_NONE)
            mprotect(whole + size - Self.pageSize, Self.pageSize, PROT_NONE)
        }

        deinit { munmap(whole, (pages + 2) * Self.pageSize) }

        /// The text right behind the first fence, or right before the second.
        func place(_ text: [UInt8], atEnd: Bool) -> UnsafeRawBufferPointer {
            let start = whole + Self.pageSize + (atEnd ? pages * Self.pageSize - text.count : 0)
            text.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: bytes.count) }
            }
            return UnsafeRawBufferPointer(start: start, count: text.count)
        }
    }

    static func folded(_ bytes: [UInt8]) -> [UInt8] { bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } }

    static func naiveHits(_ literals: [[UInt8]], in text: [UInt8]) -> [Hit] {
        let text = folded(text)
        var hits: [Hit] = []
        for (number, literal) in literals.map(folded).enumerated() where literal.count <= text.count {
            for offset in 0...(text.count - literal.count) where text[offset] == literal[0] {
                if text[offset..<(offset + literal.count)].elementsEqual(literal) {
                    hits.append(Hit(offset: offset, literal: number))
                }
            }
        }
        return hits.sorted()
    }

    struct Case {
        var literals: [[UInt8]]
        var text: [UInt8]
    }

    /// Few different bytes, so that literals overlap and hold each other; among them pairs that differ in the bit of the
    /// case only but are no letters, and bytes that the first stages of the search cannot tell apart.
    static let alphabets = [
        "ab", "aAbB", "aB_", "ab@`A", "[{]}^~_\u{7f}", "k0K=:\u{10}P", "keyKEY_", "a\0 b@", "éà\u{c3}ab",
        "abcdefghijklmnopqrstuvwxyz_-. ABC0",
    ]

    static func randomCase(_ generator: inout SeededGenerator, textLength: Int? = nil) -> Case {
        let alphabet = alphabets.randomElement(using: &generator) ?? ""
        let literals = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            generator.bytes(Int.random(in: 3...20, using: &generator), of: alphabet)
        }
        let length = textLength ?? Int.random(in: 0...300, using: &generator)
        var text = generator.bytes(length, of: alphabet)
        for _ in 0..<Int.random(in: 0...10, using: &generator) {
            guard let literal = literals.randomElement(using: &generator), literal.count <= length else { continue }
            // The last place is one where a search is easily wrong.
            let last = length - literal.count
            let offset = Bool.random(using: &generator) ? last : Int.random(in: 0...last, using: &generator)
            text.replaceSubrange(offset..<(offset + literal.count), with: literal)
        }
        return Case(literals: literals, text: text)
    }

    @Test func thePortableImplementationIsAlwaysThere() {
        #expect(Self.implementations.contains(WINDSOCK_PORTABLE.rawValue))
    }

    @Test func theFastestImplementationIsChosen() throws {
        let set = try #require(LiteralSet([]))
        #expect(windsock_literals_implementation(set.pointer).rawValue == Self.implementations.max())
        #expect(!set.use(WINDSOCK_IMPLEMENTATION_COUNT.rawValue))
    }

    @Test(arguments: implementations) func findsWhatANaiveSearchFinds(implementation: UInt32) throws {
        var generator = SeededGenerator(seed: 11)
        let memory = FencedMemory(pages: 1)
        for round in 0..<400 {
            let test = Self.randomCase(&generator)
            let set = try #require(LiteralSet(test.literals))
            #expect(set.use(implementation))
            let expected = Self.naiveHits(test.literals, in: test.text)
            for atEnd in [false, true] {
                let text = memory.place(test.text, atEnd: atEnd)
                #expect(set.hits(in: text, room: 10_000).sorted() == expected, "round \(round)")
                #expect(set.hits(in: text).sorted() == expected, "round \(round), resumed")
            }
        }
    }

    /// The search works on chunks of 4,096 bytes, and on words of 128 at the end.
    @Test(arguments: implementations) func nothingIsLostBetweenChunks(implementation: UInt32) throws {
        var generator = SeededGenerator(seed: 12)
        let memory = FencedMemory(pages: 3)
        let sizes = [0, 128, 4096, 8192].flatMap { size in (-5...5).map { size + $0 } }.filter { $0 >= 0 }
        for size in sizes {
            let test = Self.randomCase(&generator, textLength: size)
            let set = try #require(LiteralSet(test.literals))
            #expect(set.use(implementation))
            let hits = set.hits(in: memory.place(test.text, atEnd: true), room: 4096)
            #expect(hits.sorted() == Self.naiveHits(test.literals, in: test.text), "\(size) bytes")
        }
    }

    @Test(arguments: implementations) func aLiteralIsFoundAtEveryOffset(implementation: UInt32) throws {
        let literals = [
            "key", "k_y", "0Q~", "akia", "token", "api_key=", "authorization", "a_rather_long_keyword_0123",
        ]
        for literal in literals.map({ Array($0.utf8) }) {
            let set = try #require(LiteralSet([literal]))
            #expect(set.use(implementation))
            for offset in Array(0...140) + Array(4080...4110) {
                let text =
                    [UInt8](repeating: 0x2e, count: offset)
                    + literal.map { (0x61...0x7a).contains($0) ? $0 & 0xdf : $0 }
                text.withUnsafeBytes { #expect(set.hits(in: $0) == [Hit(offset: offset, literal: 0)]) }
            }
        }
    }

    @Test func literalsOfOtherLengthsAreRefused() {
        #expect(LiteralSet([[0x61, 0x62]]) == nil)
        #expect(LiteralSet([[UInt8](repeating: 0x61, count: 256)]) == nil)
        #expect(LiteralSet([[UInt8](repeating: 0x61, count: 255)]) != nil)
    }
}
