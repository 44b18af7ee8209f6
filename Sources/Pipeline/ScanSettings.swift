package import Findings
package import Rules

/// What a scan reads and what it reports.
package struct ScanSettings: Sendable {
    /// How many threads read and match.
    package var jobs = 1
    /// In bytes; larger files and blobs are not read, and make the scan incomplete unless they are binary.
    package var maximumFileSize = 256 << 20
    package var minimumSeverity = Severity.low
    package var minimumConfidence = Confidence.medium
    /// Obey `windsock:allow` and its like.
    package var honorsInlineDirectives = true
    /// Work out GitHub's line hashes, which only SARIF needs.
    package var computesLineHashes = false
    /// Say of each match why it is reported or not.
    package var explains = false
    /// Note every object that was looked at.
    package var listsObjects = false
    /// Known secrets that are not reported.
    package var baseline: Baseline?

    package init() {}
}

extension ScanSettings {
    /// Why a finding is not reported; `nil` if it is.
    ///
    /// - Parameter trace: Takes down what is asked.
    func reasonToDrop(_ finding: Finding, _ trace: inout Trace) -> DropReason? {
        // What lets everything through is no question.
        if minimumConfidence > .low || minimumSeverity > .low {
            let isBelow = finding.confidence < minimumConfidence || finding.severity < minimumSeverity
            if let no = trace.ask(.threshold, isBelow) { return no }
        }
        guard let baseline else { return nil }
        return trace.ask(.baseline, baseline.contains(finding.fingerprint))
    }

    /// Why a finding is not reported; `nil` if it is.
    func reasonToDrop(_ finding: Finding) -> DropReason? {
        var unread = Trace(isKept: false)
        return reasonToDrop(finding, &unread)
    }
}
