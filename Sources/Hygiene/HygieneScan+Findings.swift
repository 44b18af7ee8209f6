package import Findings
import Rules

extension HygieneScan {
    /// Looks at secrets that a scan has found.
    package mutating func inspect(_ findings: [Finding]) {
        for finding in findings { inspect(finding) }
    }

    private mutating func inspect(_ finding: Finding) {
        // What is public by design may be in a browser, and may be old.
        guard finding.severity >= .medium, !finding.secret.isVisible else { return }
        for occurrence in finding.occurrences {
            if let name = BrowserVariable.name(before: finding.secret, in: occurrence.snippet) {
                note(.browserExposed, Secret(visible: name), at: occurrence)
            }
            guard let history = occurrence.history, history.isInHead, let introduced = history.introduced,
                now - Double(introduced.authorTime) > Double(Self.oldAge)
            else { continue }
            note(.oldSecret, finding.secret, at: occurrence)
        }
    }
}
