internal import Rules

extension Finding {
    /// The one order of findings in reports: severity and confidence, the highest first, then the first place; rule and
    /// fingerprint break ties.
    package func precedes(_ other: Finding) -> Bool {
        if severity != other.severity { return severity > other.severity }
        if confidence != other.confidence { return confidence > other.confidence }
        if let first = occurrences.first, let second = other.occurrences.first {
            if first.precedes(second) { return true }
            if second.precedes(first) { return false }
        }
        // The fingerprint is dear, and asked last.
        if rule.id != other.rule.id { return rule.id < other.rule.id }
        return fingerprint < other.fingerprint
    }
}
