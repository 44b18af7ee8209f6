/// Why a secret that was found is not reported.
public enum Suppression: Sendable, Hashable, CaseIterable {
    /// Its severity or its confidence is below what was asked for.
    case belowThreshold
    /// The baseline knows it.
    case baseline
    /// A directive in the text says that it is no leak.
    case inlineDirective
    /// It came with a commit that an allow-list names.
    case allowlist
}
