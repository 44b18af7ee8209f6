/// How much harm the holder of a secret can do. Comes from the rule.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// From what hardly harms anybody to full control of an account.
    case low, medium, high, critical

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .critical: 3
        }
    }

    /// Whether the one does less harm than the other.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
