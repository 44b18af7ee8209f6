package import Findings
internal import Rules

/// Several results as one, a secret once. In whatever order and grouping they are merged, the same comes of it.
package struct MergedReport {
    package private(set) var result: ScanResult

    /// - Parameter results: At least one.
    package init(_ results: [ScanResult]) {
        let named = results.map(Self.named)
        result = ScanResult(findings: [], rules: [], summary: Self.summary(named.map(\.summary)))
        var findings: [Fingerprint: Finding] = [:]
        for finding in named.flatMap(\.findings) {
            findings[finding.fingerprint] =
                findings[finding.fingerprint].map { Self.merged($0, finding) } ?? Self.sorted(finding)
        }
        result.findings = findings.values.sorted { $0.precedes($1) }
        var rules: [String: Rule] = [:]
        for finding in result.findings { rules[finding.rule.id] = finding.rule }
        result.rules = rules.values.sorted { $0.id < $1.id }
    }

    /// With the name of the repository ahead of each path: what is merged already has it.
    private static func named(_ result: ScanResult) -> ScanResult {
        guard result.summary.mode != .audit || result.repository.address != nil else { return result }
        let name = RepositoryName.short(result.repository.address ?? result.summary.target)
        var copy = result
        for index in copy.findings.indices {
            for place in copy.findings[index].occurrences.indices {
                copy.findings[index].occurrences[place].path = "\(name)/\(copy.findings[index].occurrences[place].path)"
            }
            copy.findings[index].stored =
                copy.findings[index].stored
                ?? StoredFacts(repositories: [name], state: "open", firstSeen: result.summary.start.seconds)
        }
        for index in copy.summary.problems.indices {
            copy.summary.problems[index].subject = "\(name): \(copy.summary.problems[index].subject)"
        }
        return copy
    }

    private static func sorted(_ finding: Finding) -> Finding {
        var copy = finding
        copy.occurrences = Set(finding.occurrences).sorted { left, right in
            if left.precedes(right) { return true }
            return right.precedes(left) ? false : "\(left)" < "\(right)"
        }
        copy.remarks = Set(finding.remarks).sorted()
        copy.opens = Set(finding.opens).sorted()
        // Of several at once nobody can say which of them is new.
        copy.isNew = nil
        return copy
    }

    private static func merged(_ left: Finding, _ right: Finding) -> Finding {
        var result = order(left) <= order(right) ? left : right
        result.severity = max(left.severity, right.severity)
        result.confidence = max(left.confidence, right.confidence)
        result.occurrences = left.occurrences + right.occurrences
        result.remarks = left.remarks + right.remarks
        result.opens = left.opens + right.opens
        result.verification = [left, right].compactMap(\.verification).max {
            ($0.time, $0.liveness.rawValue, $0.reason) < ($1.time, $1.liveness.rawValue, $1.reason)
        }
        if let first = left.stored, let second = right.stored {
            result.stored = StoredFacts(
                repositories: Set(first.repositories + second.repositories).sorted(),
                // What is open somewhere is open.
                state: [first.state, second.state].contains("open") ? "open" : min(first.state, second.state),
                firstSeen: min(first.firstSeen, second.firstSeen))
        } else {
            result.stored = left.stored ?? right.stored
        }
        return sorted(result)
    }

    /// Which of two says more of a secret: that which knows the provider.
    private static func order(_ finding: Finding) -> String {
        let rule = finding.rule
        let texts = [rule.id, rule.provider, rule.description] + rule.remediation + rule.references + rule.tags
        return (rule.provider.isEmpty ? "1" : "0") + (texts + [finding.secret.redacted]).joined(separator: "\u{0}")
    }

    // MARK: Coverage

    private static func summary(_ parts: [ScanSummary]) -> ScanSummary {
        let targets = Set(parts.flatMap { $0.target.split(separator: ", ").map(String.init) })
        var summary = ScanSummary(mode: .audit, target: targets.sorted().joined(separator: ", "))
        summary.wasInterrupted = parts.contains(where: \.wasInterrupted)
        summary.suppressed[.decision] = parts.compactMap { $0.suppressed[.decision] }.max()
        // Two copies of a store have read nothing twice.
        summary.count(
            CoveredPart.latest(
                parts.flatMap { part in
                    part.setting.parts.isEmpty
                        ? [CoveredPart(part, source: "\(part.mode.rawValue) \(part.target)")] : part.setting.parts
                }))
        summary.problems = Set(parts.flatMap(\.problems)).sorted {
            ($0.subject, $0.message, $0.advice ?? "") < ($1.subject, $1.message, $1.advice ?? "")
        }
        summary.setting.notes = Set(parts.flatMap(\.setting.notes)).sorted()
        let digests = Set(parts.map(\.setting.rulesDigest))
        summary.setting.rulesDigest = digests.count == 1 ? digests.first ?? nil : nil
        return summary
    }
}
