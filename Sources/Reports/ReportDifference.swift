package import Findings

/// What has changed between two reports: secrets that are new, gone, and open again.
package struct ReportDifference {
    package let new: [Finding]
    package let gone: [Finding]
    /// Those that were settled then, and are open now.
    package let reopened: [Finding]

    package init(from old: ScanResult, to new: ScanResult) {
        let (before, after) = (Set(old.findings.map(\.fingerprint)), Set(new.findings.map(\.fingerprint)))
        let settled = Set(old.suppressed.map(\.finding.fingerprint))
        let still = after.union(new.suppressed.map(\.finding.fingerprint))
        let came = new.findings.filter { !before.contains($0.fingerprint) }
        self.new = came.filter { !settled.contains($0.fingerprint) }.sorted { $0.precedes($1) }
        reopened = came.filter { settled.contains($0.fingerprint) }.sorted { $0.precedes($1) }
        gone = old.findings.filter { !still.contains($0.fingerprint) }.sorted { $0.precedes($1) }
    }

    /// A line each, as the list of an audit has them, behind what has become of it.
    package func bytes(isColored: Bool) -> [UInt8] {
        var lines: [String] = []
        for (name, findings) in [("new", new), ("open again", reopened), ("gone", gone)] where !findings.isEmpty {
            lines.append("\(name): \(Quantity.grouped(findings.count))")
            lines += AuditListing.lines(of: findings, isColored: isColored).map { "  \($0)" }
        }
        if lines.isEmpty { lines = ["nothing has changed"] }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
