import Bytes

/// What the first bytes of a pattern's matches can be.
///
/// Keywords like `goog` and `test_` begin keys and a thousand names: nearly all of these are told from a key by the case
/// of a letter or by one of the bytes behind them, in a tenth of the time that the pattern takes.
package struct PatternOpening: Sendable, Equatable {
    /// For each byte value, a bit for each place that it can stand at; the lowest bit is the first place.
    package let places: [UInt32]
    /// Of how many places something is known, at the most 32. No match is shorter.
    package let count: Int

    /// - Parameter pattern: PCRE2 or RE2 syntax.
    /// - Returns: `nil` if nothing is known.
    package init?(pattern: String) {
        var parser = PatternParser(pattern)
        guard let node = parser.parse() else { return nil }
        self.init(node)
    }

    init?(_ node: PatternNode) {
        var collector = Collector()
        let ends = collector.collect(node, from: 1)
        // Where a match can end nothing is known of the next byte.
        let count = min(ends.trailingZeroBitCount, Collector.limit)
        guard count > 0, collector.budget > 0 else { return nil }
        self.count = count
        places = (UInt8.min...UInt8.max).map { byte in
            (0..<count).reduce(0) { $0 | (collector.sets[$1].contains(byte) ? 1 << UInt32($1) : 0) }
        }
    }

    /// Keywords as they stand in every match; `nil` if their case may vary, or their place.
    ///
    /// - Parameter keywords: Lower case.
    func exact(_ keywords: [String], at place: ClosedRange<Int>) -> [String]? {
        guard place.count == 1 else { return nil }
        var result: [String] = []
        for keyword in keywords {
            var exact: [UInt8] = []
            for (place, byte) in zip(place.lowerBound..., keyword.utf8) {
                guard place < count else { return nil }
                let cases = byte.isLowercase ? [byte, byte & ~0x20] : [byte]
                let possible = cases.filter { places[Int($0)] >> UInt32(place) & 1 == 1 }
                guard possible.count == 1 else { return nil }
                exact += possible
            }
            result.append(String(decoding: exact, as: UTF8.self))
        }
        return result
    }

    /// Collects the bytes that can stand at each place.
    private struct Collector {
        static let limit = 32
        var sets = Array(repeating: ByteSet(), count: limit)
        /// Steps that are left: repetitions of repetitions take many.
        var budget = 20_000

        /// - Parameter offsets: Where the node can begin, a bit for each place.
        /// - Returns: Where what follows it can begin, as far as that is one of the first places.
        mutating func collect(_ node: PatternNode, from offsets: UInt64) -> UInt64 {
            budget -= 1
            guard budget > 0, offsets != 0 else { return 0 }
            switch node {
            case .nothing, .refusal: return offsets
            case .set(let set):
                for place in 0..<Self.limit where offsets >> UInt64(place) & 1 == 1 { sets[place].formUnion(set) }
                return offsets << 1 & (1 << UInt64(Self.limit) - 1)
            case .sequence(let nodes): return nodes.reduce(offsets) { collect($1, from: $0) }
            case .alternation(let nodes): return nodes.reduce(0) { $0 | collect($1, from: offsets) }
            case .repetition(let node, let minimum, let maximum):
                var ends: UInt64 = minimum == 0 ? offsets : 0
                var current = offsets
                var repetitions = 0
                while current != 0, maximum.map({ repetitions < $0 }) ?? true {
                    let next = collect(node, from: current)
                    repetitions += 1
                    if repetitions >= minimum || next == current { ends |= next }
                    if next == current { break }
                    current = next
                }
                return ends
            }
        }
    }
}
