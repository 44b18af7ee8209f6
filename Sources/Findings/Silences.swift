package import Rules

/// Secrets that somebody's settings let pass.
package struct Silences: Sendable {
    /// The surest of what rules would have said of one secret.
    package struct Silenced: Sendable {
        package var severity: Severity
        package var confidence: Confidence
        /// What the file says.
        package var reason: Suppression
    }

    /// What a rule would have said of a secret that another, which says less of it, reports in its place.
    struct Claim: Sendable, Hashable {
        /// The file of settings.
        var file: String
        /// Index of the rule.
        var rule: Int
        var secret: Secret
        var confidence: Confidence
    }

    /// By the files that say so.
    package private(set) var byFile: [String: [Secret: Silenced]] = [:]
    /// By what is reported in their place.
    private var outranked: [Secret: Set<Claim>] = [:]

    mutating func add(_ detection: SilencedDetection, _ rules: [Rule]) {
        note(
            detection.secret.value, by: detection.file,
            Silenced(
                severity: rules[detection.ruleIndex].severity, confidence: detection.confidence,
                reason: detection.reason))
        guard let standing = detection.standing else { return }
        outranked[standing.value, default: []].insert(
            Claim(
                file: detection.file, rule: detection.ruleIndex, secret: detection.secret.value,
                confidence: detection.confidence))
    }

    private mutating func note(_ secret: Secret, by file: String, _ silenced: Silenced) {
        var known = byFile[file, default: [:]][secret] ?? silenced
        known.severity = max(known.severity, silenced.severity)
        known.confidence = max(known.confidence, silenced.confidence)
        // One secret is counted once; that a rule is switched off says most.
        if silenced.reason == .disabledRule { known.reason = .disabledRule }
        byFile[file, default: [:]][secret] = known
    }

    mutating func merge(_ other: Silences) {
        for (file, secrets) in other.byFile {
            for (secret, silenced) in secrets { note(secret, by: file, silenced) }
        }
        outranked.merge(other.outranked) { $0.union($1) }
    }

    /// What surer rules would have said of a secret, of each rule and file the surest, in a fixed order.
    func claims(to secret: Secret) -> [Claim] {
        let sorted = (outranked[secret] ?? []).sorted {
            ($0.file, $0.rule, $1.confidence) < ($1.file, $1.rule, $0.confidence)
        }
        var seen: Set<String> = []
        return sorted.filter { seen.insert("\($0.rule) \($0.file)").inserted }
    }
}
