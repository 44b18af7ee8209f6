import Findings
internal import Rules

/// What takes a line each: findings that are not sure, which an auditor asks for by the hundred, and habits behind the first
/// of a kind.
extension Text {
    /// Habits of one rule that are shown.
    private static let habitLimit = 20

    /// Whether a finding takes a line instead of a block.
    func isLine(_ finding: Finding) -> Bool { finding.confidence == .low && !options.isVerbose }

    /// The findings of low confidence.
    mutating func unsure() {
        let findings = result.findings.filter(isLine)
        guard !findings.isEmpty else { return }
        lines.append(style.strong("Of low confidence") + style.faint(" (--verbose tells all of each)"))
        for finding in findings { line(finding) }
        lines.append("")
    }

    /// `.env:3:10  generic-secret  q7Rw…1UaE, and 2 more places`
    private mutating func line(_ finding: Finding) {
        let secret = options.showSecrets ? finding.secret.revealed : finding.secret.redacted
        let others = finding.occurrences.count - 1
        let more = others > 0 ? style.faint(", and \(Quantity.count(others, "more place", plural: "more places"))") : ""
        let live = finding.isLive ? style.live(" LIVE") : ""
        lines.append("  \(firstPlace(finding))  \(finding.rule.id.visible)  \(secret.visible)\(live)\(more)")
    }

    private func firstPlace(_ finding: Finding) -> String {
        guard let first = finding.occurrences.first else { return "" }
        return style.path("\(first.path.visible):\(first.region.startLine):\(first.region.startColumn)")
    }

    /// Of each rule the first as a block, and the others a line each.
    mutating func habits(_ findings: [Finding]) {
        lines.append(style.strong("Hygiene"))
        var seen: Set<String> = []
        let rules = findings.map(\.rule.id).filter { seen.insert($0).inserted }
        for rule in rules {
            let own = findings.filter { $0.rule.id == rule }
            block(own[0])
            let others = own.dropFirst()
            let shown = options.isVerbose ? others : others.prefix(Self.habitLimit)
            for finding in shown { line(finding) }
            if others.count > shown.count {
                lines.append(
                    style.faint("  and \(Quantity.grouped(others.count - shown.count)) more (--verbose lists all)"))
            }
            lines.append("")
        }
    }
}
