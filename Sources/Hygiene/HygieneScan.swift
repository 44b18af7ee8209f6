package import Findings
package import Rules

/// Looks for habits that leak keys: in the files that are tracked or could be, and in what a scan has found.
///
/// It reads as every scan does: with the same reader, up to the same size, and what it cannot read is named.
package struct HygieneScan {
    /// How long a secret may stand before it is old, in seconds.
    package static let oldAge = 90 * 86_400

    private let enabled: [HygieneRule: Rule]
    /// In bytes.
    let maximumFileSize: Int
    /// Seconds since 1970-01-01 00:00 UTC.
    let now: Double
    private let fingerprintKey: FingerprintKey?
    /// Whether settings leave a path out.
    package var isLeftOut: (String) -> Bool = { _ in false }
    /// The settings that let a habit pass at a path; `nil`: none do.
    package var originSilencing: (_ rule: String, _ path: String) -> Allowlist.Origin? = { _, _ in nil }
    private var places: [Key: [Occurrence]] = [:]
    /// What could not be read.
    var problems: [Problem] = []
    /// What was left out on purpose, besides what a scan of the same files has counted.
    var omissions: [Omission] = []

    private struct Key: Hashable {
        var rule: HygieneRule
        var secret: Secret
    }

    /// - Parameters:
    ///   - rules: Those of the scan: what is not among them is not looked for.
    ///   - maximumFileSize: In bytes; larger files are not read, and named.
    ///   - now: Seconds since 1970-01-01 00:00 UTC.
    ///   - key: A team's key for fingerprints.
    package init(rules: [Rule], maximumFileSize: Int, now: Double, key: FingerprintKey? = nil) {
        enabled = Dictionary(
            uniqueKeysWithValues: rules.compactMap { rule in HygieneRule(rawValue: rule.id).map { ($0, rule) } })
        self.maximumFileSize = maximumFileSize
        self.now = now
        fingerprintKey = key
    }

    func isEnabled(_ rule: HygieneRule) -> Bool { enabled[rule] != nil }

    /// Notes a place of a habit.
    ///
    /// - Parameter secret: What tells the habit from others of its rule: a path, the name of a variable, a secret.
    mutating func note(_ rule: HygieneRule, _ secret: Secret, at place: Occurrence) {
        places[Key(rule: rule, secret: secret), default: []].append(place)
    }

    /// Adds what was found to a result, and what could not be read, unless the result names it already.
    ///
    /// - Parameter selection: What of it is wanted. A habit is seen or it is not, so that confidence is not asked.
    package func add(to result: inout ScanResult, _ selection: Selection) {
        var selection = selection
        selection.minimumConfidence = .low
        result.hygiene = selection.selected(
            of: loud(findings(), &result.summary.suppression), counting: &result.summary.suppression)
        let known = Set(result.summary.problems)
        result.summary.problems += problems.filter { !known.contains($0) }
        for omission in omissions { result.summary.omitted[omission.reason, default: 0] += 1 }
    }

    /// Those that no settings let pass everywhere, without the places where they do.
    private func loud(_ findings: [Finding], _ suppressed: inout SuppressionCounts) -> [Finding] {
        findings.compactMap { finding in
            var (finding, origins) = (finding, [Allowlist.Origin]())
            finding.occurrences.removeAll { place in
                guard let origin = originSilencing(finding.rule.id, place.path) else { return false }
                origins.append(origin)
                return true
            }
            guard finding.occurrences.isEmpty else { return finding }
            let first = origins.min { $0.file < $1.file }
            suppressed.add(1, for: Suppression(first?.kind ?? .allowlist), by: first?.file)
            return nil
        }
    }

    /// The gravest first, then by rule and what tells them apart.
    private func findings() -> [Finding] {
        let findings = places.compactMap { key, occurrences in
            enabled[key.rule].map { rule in
                Finding(
                    rule: rule, severity: rule.severity, confidence: rule.confidence,
                    secret: key.secret,
                    identity: SecretIdentity(rule: rule, secret: key.secret, isHabit: true, key: fingerprintKey),
                    occurrences: occurrences)
            }
        }
        return findings.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            return (left.rule.id, left.secret.revealed) < (right.rule.id, right.secret.revealed)
        }
    }
}
