import Bytes

/// What can be said about all matches of a pattern without running it: how far around a keyword to look.
///
/// Found by reading the pattern's syntax. What the reader does not know makes the shape unknown, never wrong: an unknown
/// shape means that the pattern is run over the whole text.
package struct PatternShape: Hashable, Sendable {
    /// Length of the longest possible match in bytes; `nil`: unbounded.
    package var maximumLength: Int?
    /// Whether a match can hold a line feed, or look-arounds see bytes of the line before or behind.
    package var crossesLines: Bool
    /// Whether look-arounds see such bytes.
    package var looksAcrossLines: Bool
    /// Whether every match holds one of the keywords.
    package var holdsKeyword: Bool
    /// How many bytes of a match stand before a keyword that it holds; `nil`: any number, or it holds none.
    package var keywordPlace: ClosedRange<Int>?
    /// The keywords as they stand in every match, at the one place that they have there; empty if their case may vary.
    package var exactKeywords: [String]
    /// Every match is a run of bytes that is bounded on both sides, with nothing like it before or behind.
    package var boundedRun: BoundedRun?
    /// A run of hex digits that every match holds.
    package var hexRun: HeldRun
    /// The same of letters and digits.
    package var alphanumericRun: HeldRun
    /// The same of `[A-Za-z0-9+/_-]`.
    package var base64Run: HeldRun
    /// The same of `[A-Za-z0-9+/=_.~:-]`.
    package var tokenRun: HeldRun
    /// Every match holds one of these words, lower-cased, ASCII case ignored; empty: none are known.
    package var requiredWords: [String]

    /// What is assumed of a pattern that cannot be read.
    package static let unknown = PatternShape(
        maximumLength: nil, crossesLines: true, looksAcrossLines: true, holdsKeyword: false, keywordPlace: nil,
        exactKeywords: [], boundedRun: nil, hexRun: .none, alphanumericRun: .none, base64Run: .none, tokenRun: .none,
        requiredWords: [])

    /// - Parameters:
    ///   - pattern: PCRE2 or RE2 syntax.
    ///   - keywords: Lower case.
    package init(pattern: String, keywords: [String]) {
        var parser = PatternParser(pattern)
        guard let node = parser.parse() else {
            self = .unknown
            return
        }
        maximumLength = node.maximumLength
        looksAcrossLines = parser.looksAcrossLines
        crossesLines = node.crossesLines || looksAcrossLines
        boundedRun = node.boundedRun
        hexRun = node.heldRun(of: .hex)
        alphanumericRun = node.heldRun(of: .alphanumeric)
        base64Run = node.heldRun(of: .base64)
        tokenRun = node.heldRun(of: .token)
        // Not all bytes are text.
        let words = node.requiredWords().map { String(validating: $0, as: UTF8.self) }
        requiredWords = words.contains(nil) ? [] : words.compactMap(\.self)
        let wanted = keywords.map { Array($0.utf8) }
        keywordPlace = wanted.isEmpty ? nil : node.keywordPlace(wanted)
        exactKeywords = keywordPlace.flatMap { PatternOpening(node)?.exact(keywords, at: $0) } ?? []
        holdsKeyword = keywordPlace != nil || !wanted.isEmpty && node.alwaysHolds(wanted)
    }

    init(
        maximumLength: Int?, crossesLines: Bool, looksAcrossLines: Bool, holdsKeyword: Bool,
        keywordPlace: ClosedRange<Int>?, exactKeywords: [String], boundedRun: BoundedRun?, hexRun: HeldRun,
        alphanumericRun: HeldRun, base64Run: HeldRun, tokenRun: HeldRun, requiredWords: [String]
    ) {
        self.maximumLength = maximumLength
        self.crossesLines = crossesLines
        self.looksAcrossLines = looksAcrossLines
        self.holdsKeyword = holdsKeyword
        self.keywordPlace = keywordPlace
        self.exactKeywords = exactKeywords
        self.boundedRun = boundedRun
        self.hexRun = hexRun
        self.alphanumericRun = alphanumericRun
        self.base64Run = base64Run
        self.tokenRun = tokenRun
        self.requiredWords = requiredWords
    }
}

/// The syntax of a pattern, as far as its reach needs it.
indirect enum PatternNode {
    /// One byte out of a set.
    case set(ByteSet)
    case sequence([PatternNode])
    case alternation([PatternNode])
    case repetition(PatternNode, minimum: Int, maximum: Int?)
    /// Other look-arounds, anchors, word boundaries.
    case nothing
    /// A negative look-around: none of these bytes stands there. The set may be empty.
    case refusal(ByteSet, Side)

    /// Of a place in a text.
    enum Side {
        case before
        case behind
    }

    var maximumLength: Int? {
        switch self {
        case .set: return 1
        case .nothing, .refusal: return 0
        case .sequence(let nodes): return Self.sum(nodes.map(\.maximumLength))
        case .alternation(let nodes):
            let lengths = nodes.map(\.maximumLength)
            return lengths.contains { $0 == nil } ? nil : lengths.compactMap { $0 }.max() ?? 0
        case .repetition(let node, _, let maximum):
            guard let maximum, let length = node.maximumLength else { return node.maximumLength == 0 ? 0 : nil }
            let (product, overflow) = length.multipliedReportingOverflow(by: maximum)
            return overflow ? nil : product
        }
    }

    private static func sum(_ lengths: [Int?]) -> Int? {
        var total = 0
        for length in lengths {
            guard let length else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(length)
            guard !overflow else { return nil }
            total = sum
        }
        return total
    }

    var crossesLines: Bool {
        switch self {
        case .set(let set): set.contains(.lineFeed)
        case .nothing, .refusal: false
        case .sequence(let nodes), .alternation(let nodes): nodes.contains { $0.crossesLines }
        case .repetition(let node, _, _): node.crossesLines
        }
    }

    /// Whether a match can hold a line feed and, on that side of it, something else.
    func holdsLineFeed(shortOf side: Side) -> Bool {
        switch self {
        case .set, .nothing, .refusal: return false
        case .alternation(let nodes): return nodes.contains { $0.holdsLineFeed(shortOf: side) }
        case .repetition(let node, _, let maximum):
            return node.holdsLineFeed(shortOf: side) || node.crossesLines && maximum.map { $0 > 1 } ?? true
        case .sequence(let nodes):
            var crosses = false
            for node in side == .behind ? nodes : nodes.reversed() {
                if crosses && node.maximumLength != 0 || node.holdsLineFeed(shortOf: side) { return true }
                crosses = crosses || node.crossesLines
            }
            return false
        }
    }

    /// Whether every match holds one of the words.
    func alwaysHolds(_ words: [[UInt8]]) -> Bool {
        if let strings = exactStrings, !strings.isEmpty, strings.allSatisfy({ Self.holds($0, words) }) { return true }
        switch self {
        case .set, .nothing, .refusal: return false
        case .alternation(let nodes): return nodes.allSatisfy { $0.alwaysHolds(words) }
        case .repetition(let node, let minimum, _): return minimum > 0 && node.alwaysHolds(words)
        case .sequence(let nodes):
            if nodes.contains(where: { $0.alwaysHolds(words) }) { return true }
            return Self.runs(nodes).contains { run in !run.isEmpty && run.allSatisfy { Self.holds($0, words) } }
        }
    }

    static let stringLimit = 128

    /// For each maximal run of children with finitely many strings: all strings of the run.
    private static func runs(_ nodes: [PatternNode]) -> [[[UInt8]]] {
        var result: [[[UInt8]]] = []
        for start in nodes.indices {
            var run: [[UInt8]] = [[]]
            for node in nodes[start...] {
                guard let strings = node.exactStrings, run.count * strings.count <= stringLimit else { break }
                run = run.flatMap { head in strings.map { head + $0 } }
            }
            result.append(run)
        }
        return result
    }

    /// All strings that the node can match, lower-cased, if they are few.
    var exactStrings: [[UInt8]]? {
        switch self {
        case .nothing, .refusal: return [[]]
        case .set(let set):
            // Both cases of eight letters; more would only be thrown away.
            guard set.count <= 16 else { return nil }
            let members = set.foldedMembers
            return members.count <= 8 ? members.map { [$0] } : nil
        case .sequence(let nodes):
            var result: [[UInt8]] = [[]]
            for node in nodes {
                guard let strings = node.exactStrings, result.count * strings.count <= Self.stringLimit else {
                    return nil
                }
                result = result.flatMap { head in strings.map { head + $0 } }
            }
            return result
        case .alternation(let nodes):
            var result: [[UInt8]] = []
            for node in nodes {
                guard let strings = node.exactStrings, result.count + strings.count <= Self.stringLimit else {
                    return nil
                }
                result += strings
            }
            return result
        case .repetition(let node, let minimum, let maximum):
            guard let maximum, maximum <= 4, let strings = node.exactStrings else { return nil }
            var power: [[UInt8]] = [[]]
            var result: [[UInt8]] = minimum == 0 ? [[]] : []
            for count in 1...max(1, maximum) where count <= maximum {
                guard power.count * strings.count <= Self.stringLimit else { return nil }
                power = power.flatMap { head in strings.map { head + $0 } }
                if count >= minimum { result += power }
            }
            return result.count <= Self.stringLimit ? result : nil
        }
    }

    static func holds(_ string: [UInt8], _ words: [[UInt8]]) -> Bool {
        words.contains { word in
            string.count >= word.count
                && (0...string.count - word.count).contains { string[$0...].starts(with: word) }
        }
    }
}
