import Findings
import Verification

extension ExitStatus {
    /// What a scan's result means.
    init(of result: ScanResult) {
        if !result.findings.isEmpty {
            self = .findings
        } else {
            self = result.summary.isComplete ? .clean : .incomplete
        }
    }

    /// What a scan's result means where providers may have been asked about the findings.
    init(of result: ScanResult, failingOn condition: FailureCondition) {
        let verifications = result.findings.map(\.verification)
        if verifications.contains(where: { $0?.liveness.isLive == true }) {
            self = .live
            return
        }
        switch condition {
        case .any: self.init(of: result)
        case .live:
            // A key that could not be asked about may be live: that is no "clean".
            let isUndecided = verifications.contains { $0?.isUndecided == true }
            self = result.summary.isComplete && !isUndecided ? .clean : .incomplete
        }
    }
}
