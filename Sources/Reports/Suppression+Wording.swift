package import Findings

extension SuppressedFinding {
    /// `A comment in the text lets it pass: revoked in March.`
    var sentence: String { reason.sentence(justification) + (justification.isEmpty ? "." : "") }
}

extension Suppression {
    /// `A comment in the text lets it pass: revoked in March`, without a full stop where none was written.
    package func sentence(_ justification: String) -> String {
        let who =
            switch self {
            case .inlineDirective: "A comment in the text lets it pass"
            case .baseline: "The baseline knows it"
            case .decision: "It was decided"
            case .belowThreshold, .allowlist, .disabledRule, .excluded, .unchangedLine:
                "It is not reported (\(rawValue))"
            }
        return who + (justification.isEmpty ? "" : ": \(justification.visible)")
    }
}
