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
        var unread = Trace(isKept: false)
        return reasonToSuppress(finding, &unread)
    }

    /// Why a finding is not reported; `nil` if it is.
    ///
    /// - Parameter trace: Takes down what is asked.
    package func reasonToSuppress(_ finding: Finding, _ trace: inout Trace) -> Suppression? {
        // What lets everything through is no question.
        if minimumConfidence > .low || minimumSeverity > .low {
            if trace.ask(.threshold, isBelowThreshold(finding)) != nil { return .belowThreshold }
        }
        guard let baseline else { return nil }
        return trace.ask(.baseline, baseline.knows(finding.identity)) == nil ? nil : .baseline
    }

    /// Whether a finding is not reported whatever else is known of it.
    func isBelowThreshold(_ finding: Finding) -> Bool {
        finding.severity < minimumSeverity || finding.confidence < minimumConfidence
    }

    /// Those findings that are reported, in their order.
    ///
    /// - Parameters:
    ///   - suppressed: Counts the others, by reason.
    ///   - isTraced: Whether it is taken down what each finding is asked.
    ///   - note: Called with each finding, what it was asked, and why it is not reported.
    package func selected(
        of findings: [Finding], counting suppressed: inout [Suppression: Int], isTraced: Bool = false,
        note: (Finding, Trace, Suppression?) -> Void = { _, _, _ in }
    ) -> [Finding] {
        // A baseline of weak values is compared with the stretched fingerprints of all that is not below the thresholds.
        if baseline?.isStretched == true { findings.filter { !isBelowThreshold($0) }.makeFingerprints() }
        return findings.filter { finding in
            var trace = Trace(isKept: isTraced)
            let reason = reasonToSuppress(finding, &trace)
            note(finding, trace, reason)
            if let reason { suppressed[reason, default: 0] += 1 }
            return reason == nil
        }
    }
}
