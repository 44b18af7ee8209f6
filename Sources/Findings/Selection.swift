package import Rules

/// What of that which was found is wanted: the last question that is asked, of secrets and of habits alike.
package struct Selection: Sendable {
    /// The least severity that is reported.
    package var minimumSeverity = Severity.low
    /// The least confidence that is reported.
    package var minimumConfidence = Confidence.medium
    /// Known secrets that are not reported.
    package var baseline: Baseline?

    package init() {}

    /// Why a finding is not reported; `nil` if it is.
    package func reasonToSuppress(_ finding: Finding) -> Suppression? {
        if finding.severity < minimumSeverity || finding.confidence < minimumConfidence { return .belowThreshold }
        return baseline?.contains(finding.fingerprint) == true ? .baseline : nil
    }

    /// Those findings that are reported, in their order.
    ///
    /// - Parameters:
    ///   - suppressed: Counts the others, by reason.
    ///   - note: Called with each finding, and why it is not reported.
    package func selected(
        of findings: [Finding], counting suppressed: inout [Suppression: Int],
        note: (Finding, Suppression?) -> Void = { _, _ in }
    ) -> [Finding] {
        findings.filter { finding in
            let reason = reasonToSuppress(finding)
            note(finding, reason)
            if let reason { suppressed[reason, default: 0] += 1 }
            return reason == nil
        }
    }
}
