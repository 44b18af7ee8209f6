extension PatternNode {
    /// How many bytes of a match stand before a keyword in it, at least and at most; `nil` if a match may hold none, or
    /// holds one at any distance.
    ///
    /// Where several keywords are sure to stand, the one whose distance varies least: the fewer places a match can begin
    /// at, the less is searched.
    func keywordPlace(_ words: [[UInt8]]) -> ClosedRange<Int>? {
        switch self {
        case .set, .nothing, .refusal: return placeInStrings(words)
        case .alternation(let nodes):
            return placeInStrings(words) ?? Self.covering(nodes.map { $0.keywordPlace(words) })
        case .repetition(let node, let minimum, _):
            return placeInStrings(words) ?? (minimum > 0 ? node.keywordPlace(words) : nil)
        case .sequence(let nodes): return Self.place(inSequence: nodes, words)
        }
    }

    private static func place(inSequence nodes: [PatternNode], _ words: [[UInt8]]) -> ClosedRange<Int>? {
        narrowestPlace(inSequence: nodes) { start in
            [nodes[start].keywordPlace(words), placeInRun(nodes[start...], words)]
        }
    }

    /// Of the places of something in the matches of a sequence the one that varies least.
    ///
    /// - Parameter places: For the index of a node, where it stands from the beginning of that node.
    static func narrowestPlace(
        inSequence nodes: [PatternNode], _ places: (Int) -> [ClosedRange<Int>?]
    ) -> ClosedRange<Int>? {
        var best: ClosedRange<Int>?
        var before = 0...0
        for (start, node) in nodes.enumerated() {
            for place in places(start).compactMap({ $0 }) {
                let candidate = before.lowerBound + place.lowerBound...before.upperBound + place.upperBound
                if best.map({ candidate.count < $0.count }) ?? true { best = candidate }
            }
            // Nothing behind an unbounded part has a place.
            guard let lengths = node.lengths else { break }
            before = before.lowerBound + lengths.lowerBound...before.upperBound + lengths.upperBound
            // No window is as wide, and sums cannot overflow.
            if before.upperBound > 1 << 20 { break }
        }
        return best
    }

    /// Forks that are followed at the most: no sane pattern has as many.
    private static let forkLimit = 512

    /// Where all strings hold a word that these nodes can match one after the other.
    private static func placeInRun(_ nodes: ArraySlice<PatternNode>, _ words: [[UInt8]]) -> ClosedRange<Int>? {
        var forks = forkLimit
        return place(behind: [[]], nodes, words, &forks)
    }

    /// - Parameter strings: What was matched before these nodes; none holds a word for itself.
    private static func place(
        behind strings: [[UInt8]], _ nodes: ArraySlice<PatternNode>, _ words: [[UInt8]], _ forks: inout Int
    ) -> ClosedRange<Int>? {
        if let place = place(in: strings, words) { return place }
        guard let node = nodes.first, forks > 0 else { return nil }
        let rest = nodes.dropFirst()
        if let next = node.exactStrings, strings.count * next.count <= stringLimit {
            return place(behind: strings.flatMap { head in next.map { head + $0 } }, rest, words, &forks)
        }
        let ways: [[PatternNode]]
        switch node {
        case .sequence(let nodes): ways = [nodes]
        case .alternation(let nodes): ways = nodes.map { [$0] }
        case .repetition(let node, 0, 1): ways = [[], [node]]
        case .set, .nothing, .refusal, .repetition: return nil
        }
        var places: [ClosedRange<Int>?] = []
        for way in ways {
            forks -= 1
            guard let found = place(behind: strings, (way + rest)[...], words, &forks) else { return nil }
            places.append(found)
        }
        return covering(places)
    }

    private func placeInStrings(_ words: [[UInt8]]) -> ClosedRange<Int>? {
        exactStrings.flatMap { Self.place(in: $0, words) }
    }

    private static func place(in strings: [[UInt8]], _ words: [[UInt8]]) -> ClosedRange<Int>? {
        covering(strings.map { string in firstPlace(of: words, in: string).map { $0...$0 } })
    }

    private static func firstPlace(of words: [[UInt8]], in string: [UInt8]) -> Int? {
        string.indices.first { start in words.contains { string[start...].starts(with: $0) } }
    }

    /// What holds all ranges; `nil` if one is missing or there are none.
    static func covering(_ ranges: [ClosedRange<Int>?]) -> ClosedRange<Int>? {
        var result: ClosedRange<Int>?
        for range in ranges {
            guard let range else { return nil }
            result =
                result.map {
                    min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound)
                } ?? range
        }
        return result
    }

    /// Lengths of the shortest and the longest match; `nil` if the longest is unbounded.
    private var lengths: ClosedRange<Int>? { maximumLength.map { min(minimumLength, $0)...$0 } }

    var minimumLength: Int {
        switch self {
        case .set: return 1
        case .nothing, .refusal: return 0
        case .sequence(let nodes): return nodes.reduce(0) { min($0 + $1.minimumLength, 1 << 20) }
        case .alternation(let nodes): return nodes.map(\.minimumLength).min() ?? 0
        case .repetition(let node, let minimum, _):
            let (product, overflow) = node.minimumLength.multipliedReportingOverflow(by: minimum)
            return overflow ? 1 << 20 : min(product, 1 << 20)
        }
    }
}
