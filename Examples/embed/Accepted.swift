import Windsock

/// Keeps, of all findings, those that nobody has accepted, and puts each into one line without the secret.
func newLines(_ findings: [Finding], accepted: Set<Fingerprint>) -> [String] {
    findings.filter { !accepted.contains($0.fingerprint) }.map { finding in
        let places = finding.occurrences.map { "\($0.path):\($0.region.startLine)" }.joined(separator: ", ")
        return "\(finding.fingerprint) \(finding.severity) \(finding.rule.id) \(finding.secret) in \(places)"
    }
}
