internal import Findings

extension Suppression {
    /// The reason's name in every report.
    var words: String {
        switch self {
        case .belowThreshold: "below threshold"
        case .baseline: "baseline"
        case .inlineDirective: "inline"
        case .allowlist: "allowlist"
        case .disabledRule: "disabled rule"
        case .excluded: "excluded"
        case .unchangedLine: "unchanged line"
        }
    }
}

extension SuppressedFinding {
    /// `A comment in the text says that it is no leak: revoked in March.`
    var sentence: String {
        let who =
            switch reason {
            case .inlineDirective: "A comment in the text lets it pass"
            case .baseline: "The baseline knows it"
            case .belowThreshold, .allowlist, .disabledRule, .excluded, .unchangedLine:
                "It is not reported (\(reason.words))"
            }
        return who + (justification.isEmpty ? "." : ": \(justification.visible)")
    }
}
