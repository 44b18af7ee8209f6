import Bytes

extension PatternShape {
    /// A run of bytes of one kind that every match holds.
    package struct HeldRun: Hashable, Sendable {
        /// In bytes, at least; 0 if there is none.
        package var length: Int
        /// How many bytes of the match stand before it, at least and at most; `nil`: any number.
        package var place: ClosedRange<Int>?

        package init(length: Int, place: ClosedRange<Int>?) {
            self.length = length
            self.place = place
        }

        static let none = HeldRun(length: 0, place: nil)
    }
}

extension PatternNode {
    /// The longest run of a set that every match is sure to hold.
    func heldRun(of set: ByteSet) -> PatternShape.HeldRun {
        let length = guaranteedRun(of: set).longest
        return PatternShape.HeldRun(length: length, place: length > 0 ? runPlace(of: set, length) : nil)
    }

    /// How many bytes of a match stand before a run of so many bytes of a set, at least and at most; `nil` if a match may
    /// hold none, or holds one at any distance.
    ///
    /// Where there are several, the one whose distance varies least.
    private func runPlace(of set: ByteSet, _ length: Int) -> ClosedRange<Int>? {
        switch self {
        case .nothing, .refusal: return nil
        case .set(let members): return length <= 1 && members.isSubset(of: set) ? 0...0 : nil
        case .alternation(let nodes): return Self.covering(nodes.map { $0.runPlace(of: set, length) })
        case .repetition(let node, let minimum, _):
            if guaranteedRun(of: set).whole.map({ $0 >= length }) == true { return 0...0 }
            return minimum > 0 ? node.runPlace(of: set, length) : nil
        case .sequence(let nodes):
            return Self.narrowestPlace(inSequence: nodes) { start in
                let edge = Self.guaranteedEdge(of: nodes[start...], set)
                return [edge >= length ? 0...0 : nodes[start].runPlace(of: set, length)]
            }
        }
    }

    /// How many bytes of a set matches of a sequence are sure to begin with.
    private static func guaranteedEdge(of nodes: ArraySlice<PatternNode>, _ set: ByteSet) -> Int {
        var count = 0
        for node in nodes {
            guard let whole = node.guaranteedRun(of: set).whole else { break }
            count = min(count + whole, longestCounted)
        }
        return count
    }

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
