/// How sure a match is to be a secret of the rule's kind.
public enum Confidence: String, Sendable, Hashable, CaseIterable, Comparable {
    /// From a look-alike, by what is usual for such a value, to what its form or its surroundings prove.
    case low, medium, high

    /// From 0, the least sure first.
    package var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    /// `nil` if there is none of that rank.
    package init?(rank: Int) {
        guard let known = Self.allCases.first(where: { $0.rank == rank }) else { return nil }
        self = known
    }

    /// Whether the one is less sure than the other.
    public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

    /// The next lower confidence; `low` stays `low`.
    public var lowered: Confidence { self == .high ? .medium : .low }
}
