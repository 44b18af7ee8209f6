/// Why a secret that was found is not reported.
package enum Suppression: Sendable, Hashable, CaseIterable {
    /// Its severity or its confidence is below what was asked for.
    case belowThreshold
    /// The baseline knows it.
    case baseline
    /// A directive in the text says that it is no leak.
    case inlineDirective
    /// It came with a commit that an allow-list names.
    case allowlist
    /// It stands in lines that a patch shows and does not change.
    case unchangedLine
}

extension Suppression {
    /// What an explanation says of a place whose finding is suppressed.
    package var dropReason: DropReason {
        switch self {
        case .belowThreshold: .threshold
        case .baseline: .baseline
        case .inlineDirective: .inline
        case .allowlist: .allowlist
        case .unchangedLine: .unchangedLine
        }
    }
}
