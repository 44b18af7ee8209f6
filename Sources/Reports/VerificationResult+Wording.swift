package import Findings
package import Rules

extension VerificationResult {
    /// `Verified live at 2024-02-29T12:00:00Z: the provider accepts it (HTTP 200). What to do.`
    package var sentence: String {
        let verdict =
            switch liveness {
            case .unknown: isVerifiable ? "Not verified" : "Not asked about"
            default: "Verified \(liveness.words) at \(moment.dateTime)"
            }
        return "\(verdict): \(reason.visible)." + (advice.map { " \($0.visible.capitalizedFirst)." } ?? "")
    }

    var moment: Timestamp { Timestamp(seconds: time) }
}

extension JSONWriter {
    package mutating func fields(of verification: VerificationResult) {
        field("verdict", verification.liveness.rawValue)
        field("reason", verification.reason)
        field("advice", ifPresent: verification.advice)
        field("host", ifPresent: verification.host)
        if let status = verification.status { field("status", status) }
        field("time", verification.moment.dateTime)
    }
}

extension [Finding] {
    /// `2 confirmed live, 1 not known to be dead`; `nil` if nobody was asked.
    var verificationCounts: String? {
        let results = compactMap(\.verification)
        guard !results.isEmpty else { return nil }
        return [Liveness.live, .restricted, .dead, .unknown].compactMap { liveness in
            let count = results.count { $0.liveness == liveness }
            return count == 0 ? nil : "\(Quantity.grouped(count)) \(liveness.words)"
        }.joined(separator: ", ")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
