import Rules

/// Tells most keywords that belong to no match by the bytes that stand where a match would begin.
///
/// What the matches of a rule can begin with (`PatternOpening`) is read from its pattern once its keywords were seen
/// often: that takes as long as to try the pattern a hundred times, and most rules are never set off.
struct OpeningFilter: ~Copyable {
    /// For each rule, how many of its keywords were seen; `unknown` if its pattern says nothing; `first` or less once its
    /// opening is known, counted down from there.
    private let states: UnsafeMutableBufferPointer<Int>
    /// For each opening and each byte value, the places that it can stand at; see `PatternOpening`.
    private var places: [UInt32] = []
    /// For each opening, the number of places.
    private var lengths: [Int] = []

    private static let seenOften = 200
    private static let unknown = -1
    private static let first = -2

    init(ruleCount: Int) {
        states = .allocate(capacity: ruleCount)
        states.initialize(repeating: 0)
    }

    deinit { states.deallocate() }

    /// Whether a match of the rule can begin at a place.
    @inline(__always)
    mutating func allow(_ index: Int, _ rules: [Rule], at start: Int, in text: UnsafeRawBufferPointer) -> Bool {
        let state = states[index]
        if state <= Self.first { return allows(Self.first - state, at: start, in: text) }
        if state != Self.unknown {
            states[index] = state + 1
            if state == Self.seenOften { learn(index, rules[index]) }
        }
        return true
    }

    @inline(__always)
    private func allows(_ opening: Int, at start: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var place = lengths[opening]
        guard start >= 0, text.count - start >= place else { return false }
        // Backwards: the first bytes are the keyword's.
        while place > 0 {
            place -= 1
            guard places[opening << 8 + Int(text[start + place])] >> UInt32(place) & 1 == 1 else { return false }
        }
        return true
    }

    private mutating func learn(_ index: Int, _ rule: Rule) {
        guard let opening = rule.regex.flatMap({ PatternOpening(pattern: $0) }) else {
            states[index] = Self.unknown
            return
        }
        states[index] = Self.first - lengths.count
        lengths.append(opening.count)
        places += opening.places
    }
}
