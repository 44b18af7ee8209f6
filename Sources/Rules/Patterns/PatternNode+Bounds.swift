import Bytes

extension PatternShape {
    /// A run of one kind of bytes that is neither preceded nor followed by another of them.
    package struct BoundedRun: Hashable, Sendable {
        /// Which bytes it consists of.
        package enum Bytes: String, Hashable, Sendable {
            /// `[A-Za-z0-9]`
            case alphanumeric
            /// `[A-Za-z0-9+/_-]`
            case base64
        }

        /// Which bytes it consists of.
        package var bytes: Bytes
        /// How many there are, at least and at most.
        package var length: ClosedRange<Int>

        package init(bytes: Bytes, length: ClosedRange<Int>) {
            self.bytes = bytes
            self.length = length
        }
    }
}

extension PatternNode {
    /// The run that every match is, if the pattern refuses more of the same on both sides.
    var boundedRun: PatternShape.BoundedRun? {
        guard case .sequence(let nodes) = self, let maximumLength else { return nil }
        let before = Self.refused(.before, by: nodes)
        let behind = Self.refused(.behind, by: nodes.reversed())
        // The larger set says more: there are fewer runs of it.
        for (kind, set) in [(PatternShape.BoundedRun.Bytes.base64, ByteSet.base64), (.alphanumeric, .alphanumeric)]
        where set.isSubset(of: before) && set.isSubset(of: behind) && consumesOnly(set) && minimumLength > 0 {
            return PatternShape.BoundedRun(bytes: kind, length: minimumLength...max(minimumLength, maximumLength))
        }
        return nil
    }

    /// What no match has at one of its ends: what the nodes there refuse, as far as they consume nothing.
    private static func refused(_ side: Side, by nodes: some Sequence<PatternNode>) -> ByteSet {
        var refused = ByteSet()
        for node in nodes {
            switch node {
            case .refusal(let set, side): refused.formUnion(set)
            case .refusal, .nothing: continue
            case .set, .sequence, .alternation, .repetition: return refused
            }
        }
        return refused
    }

    private func consumesOnly(_ set: ByteSet) -> Bool {
        switch self {
        case .set(let members): members.isSubset(of: set)
        case .nothing, .refusal: true
        case .sequence(let nodes), .alternation(let nodes): nodes.allSatisfy { $0.consumesOnly(set) }
        case .repetition(let node, _, _): node.consumesOnly(set)
        }
    }

    /// Bytes each of which is a match; longer matches are left out.
    var singleBytes: ByteSet {
        switch self {
        case .set(let members): return members
        case .sequence(let nodes): return nodes.count == 1 ? nodes[0].singleBytes : ByteSet()
        case .alternation(let nodes):
            var bytes = ByteSet()
            for node in nodes { bytes.formUnion(node.singleBytes) }
            return bytes
        case .nothing, .refusal, .repetition: return ByteSet()
        }
    }
}
