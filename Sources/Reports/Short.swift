import Findings
internal import Rules

/// A line a place, as compilers have it: `path:line:column: severity rule: secret, what it is`.
///
/// For editors, `grep`, and problem matchers. A clean scan writes nothing; what was not read is a line of its own.
struct Short {
    let result: ScanResult
    let options: ReportOptions

    func bytes() -> [UInt8] {
        let lines =
            result.findings.flatMap { finding in finding.occurrences.map { line(finding, $0) } }
            + result.summary.problems.map { "\($0.subject.visible): not read: \($0.message.visible)" }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private func line(_ finding: Finding, _ occurrence: Occurrence) -> String {
        let secret = options.showSecrets ? finding.secret.revealed : finding.secret.redacted
        let place = "\(occurrence.path.visible):\(occurrence.region.startLine):\(occurrence.region.startColumn)"
        let commit = occurrence.history?.introduced.map { ", commit \($0.id.abbreviated)" } ?? ""
        return "\(place): \(finding.severity.rawValue) \(finding.rule.id.visible): \(secret.visible)"
            + ", \(occurrence.confidence.rawValue) confidence\(commit), \(finding.rule.explanation.firstSentence.visible)"
    }
}
