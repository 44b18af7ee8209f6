internal import Findings

extension Suppression {
    /// The reason's name in every report.
    var words: String {
        switch self {
        case .belowThreshold: "below threshold"
        case .baseline: "baseline"
        case .inlineDirective: "inline"
        case .allowlist: "allowlist"
        case .unchangedLine: "unchanged line"
        }
    }
}
