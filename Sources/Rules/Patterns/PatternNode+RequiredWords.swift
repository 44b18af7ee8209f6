import Bytes

extension PatternNode {
    /// Words, lower-cased, of which every match holds one, ASCII case ignored: few and long ones. Empty if none are known.
    ///
    /// They are not the keywords, which may stand far from a match: where a rule is set off, what holds none of its words
    /// need not be given to the pattern.
    func requiredWords() -> [[UInt8]] {
        guard let best = requiredGroups().first, best.value >= Self.smallestValue else { return [] }
        return best.words
    }

    private static let smallestValue = 1.0
    /// To look for more words takes longer than the pattern does.
    private static let maximumWords = 6
    /// As many groups are followed from the parts of a pattern to the whole.
    private static let maximumGroups = 12

    /// Words of which every match holds one.
    private struct Group {
        let words: [[UInt8]]
        /// How much a look for the words saves, less what each of them costs.
        let value: Double

        /// Longer words are not much rarer.
        private static let countedLength = 6

        /// Bytes that each line of a program holds, or each address.
        private static let commonBytes = ByteSet(
            0 ... .questionMark, UInt8(ascii: "A") ... .leftBracket, .rightBracket ... .rightBracket,
            .underscore ... .underscore, UInt8(ascii: "a") ... .leftBrace, .rightBrace ... .rightBrace)

        /// Words that hold another one are left out; `nil` if the rest is worth nothing.
        init?(_ words: [[UInt8]]) {
            var kept: [[UInt8]] = []
            for word in words.sorted(by: Self.precedes) where !kept.contains(where: { holds(word, [$0]) }) {
                guard kept.count < maximumWords, !word.isEmpty else { return nil }
                kept.append(word)
            }
            let lengths = kept.map { word in
                guard word.count == 1 else { return min(word.count, Self.countedLength) }
                return Self.commonBytes.contains(word[0]) ? 0 : 2
            }
            guard let shortest = lengths.min(), shortest > 0 else { return nil }
            self.words = kept
            value = Double(shortest) - 0.75 * Double(kept.count - 1)
            if value <= 0 { return nil }
        }

        private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
            left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
        }

        /// The same groups are chosen each time.
        static func best(of groups: [Group]) -> [Group] {
            let sorted = groups.sorted { left, right in
                if left.value != right.value { return left.value > right.value }
                return left.words.lexicographicallyPrecedes(right.words) { precedes($0, $1) }
            }
            var kept: [Group] = []
            for group in sorted where kept.last?.words != group.words {
                kept.append(group)
                if kept.count == maximumGroups { break }
            }
            return kept
        }
    }

    /// What is known of every match, the best first.
    private func requiredGroups() -> [Group] {
        switch self {
        case .nothing, .refusal: []
        case .set: Group(exactStrings ?? [[]]).map { [$0] } ?? []
        case .repetition(let node, let minimum, _): minimum > 0 ? node.requiredGroups() : []
        case .alternation(let nodes): Self.requiredGroups(ofAny: nodes)
        case .sequence(let nodes): Self.requiredGroups(ofAll: nodes)
        }
    }

    private static func requiredGroups(ofAny nodes: [PatternNode]) -> [Group] {
        let choices = nodes.map { $0.requiredGroups() }
        guard let first = choices.first, !choices.contains(where: \.isEmpty) else { return [] }
        let union = Group(choices.flatMap { $0[0].words })
        // A word that stands in all of them is better than one for each.
        let common = first.flatMap { words(ofAll: $0.words) }.filter { word in
            choices.allSatisfy { groups in groups.contains { $0.words.allSatisfy { holds($0, [word]) } } }
        }
        return Group.best(of: (common.map { Group([$0]) } + [union]).compactMap { $0 })
    }

    private static func requiredGroups(ofAll nodes: [PatternNode]) -> [Group] {
        var groups = nodes.flatMap { $0.requiredGroups() }
        let known = nodes.map(\.exactStrings)
        var isInWord = false
        for start in nodes.indices {
            // What begins within a word is no better than the word.
            if !isInWord { groups += Self.groups(known[start...]) }
            isInWord = known[start].map { $0.count == 1 && $0[0].allSatisfy(ByteSet.alphanumeric.contains) } ?? false
        }
        return Group.best(of: groups)
    }

    /// - Parameter nodes: For each, what it can match, or `nil`.
    private static func groups(_ nodes: ArraySlice<[[UInt8]]?>) -> [Group] {
        var groups: [Group] = []
        // What the nodes can match one after the other, as long as that is little.
        var strings: [[UInt8]] = [[]]
        for next in nodes {
            guard let next, strings.count * next.count <= maximumWords else { break }
            if next.count > 1, let group = Group(strings) { groups.append(group) }
            strings = strings.flatMap { head in next.map { head + $0 } }
        }
        if let group = Group(strings) { groups.append(group) }
        return groups + words(ofAll: strings).compactMap { Group([$0]) }
    }

    /// Words of letters and digits that all strings hold.
    private static func words(ofAll strings: [[UInt8]]) -> [[UInt8]] {
        let parts = strings.flatMap { $0.split { !ByteSet.alphanumeric.contains($0) } }
        return Set(parts.map(Array.init)).filter { part in
            part.count > 1 && strings.allSatisfy { holds($0, [part]) }
        }
    }
}
