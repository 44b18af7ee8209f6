internal import Findings
package import Rules

extension VerificationResult {
    /// `Verified live at 2024-02-29T12:00:00Z: the provider accepts it (HTTP 200). What to do.`
    package var sentence: String {
        let verdict =
            switch liveness {
            case .unknown: isVerifiable ? "Not verified" : "Not asked about"
            default: "Verified \(liveness.words) at \(moment.dateTime)"
            }
        return "\(verdict): \(reason.visible)." + (owner.map { " Whose it is: \($0)." } ?? "")
            + (advice.map { " \($0.visible.capitalizedFirst)." } ?? "")
    }

    /// `user octocat, scopes repo, gist`; `nil`: nothing is known of whose it is.
    package var owner: String? {
        identity.isEmpty ? nil : identity.map { "\($0.name) \($0.value.visible)" }.joined(separator: ", ")
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
        if !verification.identity.isEmpty {
            field(
                "identity",
                object: { writer in
                    for fact in verification.identity { writer.field(fact.name, fact.value) }
                })
        }
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
