extension PatternNode {
    /// What every match of a node is sure to hold of a set of bytes.
    struct Run {
        /// Where each byte of every match is in the set: the length of the shortest match.
        var whole: Int?
        /// The longest run that every match holds.
        var longest: Int
    }

    /// No run of a real key is longer, and a sum of two cannot overflow.
    private static let longestCounted = 1 << 20

    /// A lower bound: what a run gains from the edges of neighbours that are only partly in the set is not counted.
    func guaranteedRun(of set: ByteSet) -> Run {
        switch self {
        case .nothing, .refusal: return Run(whole: 0, longest: 0)
        case .set(let members):
            return members.isSubset(of: set) ? Run(whole: 1, longest: 1) : Run(whole: nil, longest: 0)
        case .repetition(let node, let minimum, _):
            let run = node.guaranteedRun(of: set)
            guard let whole = run.whole else { return Run(whole: nil, longest: minimum > 0 ? run.longest : 0) }
            let (product, overflow) = whole.multipliedReportingOverflow(by: minimum)
            let length = overflow ? Self.longestCounted : min(product, Self.longestCounted)
            return Run(whole: length, longest: length)
        case .alternation(let nodes):
            let runs = nodes.map { $0.guaranteedRun(of: set) }
            let wholes = runs.compactMap(\.whole)
            return Run(
                whole: wholes.count == runs.count ? wholes.min() : nil, longest: runs.map(\.longest).min() ?? 0)
        case .sequence(let nodes): return Self.guaranteedRun(ofSequence: nodes, set)
        }
    }

    private static func guaranteedRun(ofSequence nodes: [PatternNode], _ set: ByteSet) -> Run {
        var current = 0
        var longest = 0
        var isWhole = true
        for node in nodes {
            let run = node.guaranteedRun(of: set)
            if let whole = run.whole {
                current = min(current + whole, longestCounted)
            } else {
                isWhole = false
                current = 0
            }
            longest = max(longest, current, run.longest)
        }
        return Run(whole: isWhole ? current : nil, longest: longest)
    }
}
