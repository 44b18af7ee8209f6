internal import Rules

extension Finding {
    /// The one order of findings in reports: what is live, what is not gone from HEAD, severity and confidence, the highest
    /// first, what came last, then the first place; rule and fingerprint break ties.
    package func precedes(_ other: Finding) -> Bool {
        if isLive != other.isLive { return isLive }
        if isGone != other.isGone { return other.isGone }
        if severity != other.severity { return severity > other.severity }
        if confidence != other.confidence { return confidence > other.confidence }
        if let came, let otherCame = other.came, came != otherCame { return came > otherCame }
        if let first = occurrences.first, let second = other.occurrences.first {
            if first.precedes(second) { return true }
            if second.precedes(first) { return false }
        }
        // The fingerprint is dear, and asked last.
        if rule.id != other.rule.id { return rule.id < other.rule.id }
        return fingerprint < other.fingerprint
    }

    /// Whether a provider has said that the secret is good for something.
    package var isLive: Bool { verification.map { $0.liveness == .live || $0.liveness == .restricted } ?? false }

    /// Whether it is known that HEAD has it nowhere.
    package var isGone: Bool { !occurrences.isEmpty && occurrences.allSatisfy { $0.history?.isInHead == false } }

    /// When the first commit brought it, in seconds since 1970; `nil` outside of histories.
    private var came: Int? { occurrences.lazy.compactMap { $0.history?.introduced?.authorTime }.min() }
}
