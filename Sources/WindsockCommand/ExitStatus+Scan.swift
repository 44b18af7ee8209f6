import Findings
import Verification

extension ExitStatus {
    /// What a scan's result means.
    ///
    /// - Parameters:
    ///   - countsHygiene: Whether habits that leak secrets were asked for by themselves.
    ///   - options: Which findings are a reason to fail.
    init(of result: ScanResult, countsHygiene: Bool, _ options: ExitOptions) {
        let findings = result.findings + (countsHygiene ? result.hygiene ?? [] : [])
        let conditions = options.conditions
        if result.findings.contains(where: { $0.verification?.liveness.isLive == true }) {
            self = .live
        } else if !options.exitZero,
            findings.contains(where: { finding in conditions.contains { $0.holds(for: finding) } })
        {
            self = .findings
        } else {
            // A key that could not be asked about may be live: that is no "clean".
            let isUndecided = findings.contains { finding in
                finding.verification?.isUndecided == true
                    && conditions.contains { $0.isLive && $0.holds(for: finding, ignoringLiveness: true) }
            }
            self = result.summary.isComplete && !isUndecided ? .clean : .incomplete
        }
    }
}
