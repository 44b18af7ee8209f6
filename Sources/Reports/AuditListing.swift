package import Findings
internal import Rules

/// An audit in as many lines as there are secrets: what is live first, each with where it stands and since when.
package struct AuditListing {
    /// What has become of the repositories.
    package struct Counts: Sendable {
        package var scanned: Int
        package var unchanged: Int
        package var failed: Int
        /// Secrets that were not known before, and that are not there any more.
        package var new: Int
        package var gone: Int
        /// Secrets that were settled and are open again.
        package var reopened: Int

        package init(scanned: Int, unchanged: Int, failed: Int, new: Int, gone: Int, reopened: Int) {
            self.scanned = scanned
            self.unchanged = unchanged
            self.failed = failed
            self.new = new
            self.gone = gone
            self.reopened = reopened
        }
    }

    private let result: ScanResult
    private let counts: Counts?
    private let style: TextStyle
    private let grouping: AuditGrouping?

    /// - Parameters:
    ///   - result: Redacted, as a store is.
    ///   - counts: `nil` where nothing was scanned just now.
    ///   - grouping: What the lines are put together by.
    package init(_ result: ScanResult, _ counts: Counts?, isColored: Bool, groupedBy grouping: AuditGrouping? = nil) {
        self.grouping = grouping
        self.result = result
        self.counts = counts
        style = TextStyle(isEnabled: isColored)
    }

    package func bytes() -> [UInt8] {
        var lines: [String] = []
        if let grouping {
            for (name, findings) in grouping.groups(result.findings) {
                lines.append(style.strong("\(name.visible): \(Quantity.count(findings.count, "secret"))"))
                lines += findings.map { "  " + line($0) }
            }
        } else {
            lines = result.findings.map(line)
        }
        if !lines.isEmpty { lines.append("") }
        lines.append(style.strong(verdict))
        if let counts { lines.append(repositories(counts)) }
        lines += result.summary.remarks.map { "note: \($0.visible)" }
        lines += result.summary.problems.map { "not read: \($0.subject.visible): \($0.message.visible)" }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// A line of the list for each of some findings.
    static func lines(of findings: [Finding], isColored: Bool) -> [String] {
        let result = ScanResult(findings: findings, rules: [], summary: ScanSummary(mode: .audit, target: ""))
        let listing = AuditListing(result, nil, isColored: isColored)
        return findings.map(listing.line)
    }

    /// `HIGH      mistral-api-key AbCd…WxYz  in HEAD since 2024-03-01  acme/shop/.env:3 and 4 more  v1:…`
    private func line(_ finding: Finding) -> String {
        let word = finding.isLive ? "LIVE" : finding.severity.rawValue.uppercased()
        let padding = String(repeating: " ", count: max(0, 8 - word.utf8.count))
        let head = (finding.isLive ? style.live(word) : style.severity(word, finding.severity)) + padding
        var parts = [head, finding.rule.id.visible, finding.secret.redacted.visible]
        if let story = story(finding) { parts.append(story) }
        if let first = finding.occurrences.first {
            let more = finding.occurrences.count - 1
            let place = "\(first.path.visible):\(first.region.startLine)"
            parts.append(style.path(place) + (more > 0 ? " and \(Quantity.grouped(more)) more" : ""))
        }
        parts.append(style.faint(finding.fingerprint.description))
        parts += finding.remarks.map { style.faint("(\($0.visible))") }
        return parts.joined(separator: "  ")
    }

    private func story(_ finding: Finding) -> String? {
        guard let timeline = Timeline(finding.occurrences, now: result.summary.start.seconds) else { return nil }
        let place = timeline.isInHead ? "in HEAD" : "not in HEAD"
        return timeline.introduced.map { "\(place), since \($0.day)" } ?? place
    }

    /// `37 secrets (2 critical, 35 high), 3 live`
    var verdict: String {
        let findings = result.findings
        let severities = Severity.allCases.reversed().compactMap { severity in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(Quantity.grouped(count)) \(severity.rawValue)"
        }
        var parts = [Quantity.count(findings.count, "secret")]
        if !severities.isEmpty { parts[0] += " (\(severities.joined(separator: ", ")))" }
        let live = findings.count(where: \.isLive)
        if live > 0 { parts.append("\(Quantity.grouped(live)) live") }
        if let counts, counts.new > 0 { parts.append("\(Quantity.grouped(counts.new)) new") }
        if let counts, counts.gone > 0 { parts.append("\(Quantity.grouped(counts.gone)) gone") }
        if let counts, counts.reopened > 0 { parts.append("\(Quantity.grouped(counts.reopened)) open again") }
        let decided = result.suppressed.count
        if decided > 0 { parts.append("\(Quantity.grouped(decided)) decided (windsock triage list)") }
        if !result.summary.isComplete { parts.append("incomplete") }
        return parts.joined(separator: ", ")
    }

    private func repositories(_ counts: Counts) -> String {
        let all = Quantity.count(
            counts.scanned + counts.unchanged + counts.failed, "repository", plural: "repositories")
        var parts = ["\(Quantity.grouped(counts.scanned)) scanned"]
        if counts.unchanged > 0 { parts.append("\(Quantity.grouped(counts.unchanged)) as they were") }
        if counts.failed > 0 { parts.append("\(Quantity.grouped(counts.failed)) failed") }
        return "\(all): \(parts.joined(separator: ", ")); \(result.summary.coverage)"
    }
}
