internal import Findings

/// What secrets of a list are put together by.
package enum AuditGrouping: String, CaseIterable, Sendable {
    case repository, provider, author, state, year

    /// The groups that a finding belongs to; one in five repositories belongs to five.
    func names(_ finding: Finding) -> [String] {
        let first = finding.occurrences.compactMap { $0.history?.introduced }.min { $0.authorTime < $1.authorTime }
        switch self {
        case .repository: return finding.stored?.repositories ?? []
        case .provider: return [finding.rule.provider.isEmpty ? "no provider" : finding.rule.provider]
        case .author: return [first.map(\.authorName) ?? "in no commit"]
        case .state: return [finding.isLive ? "live" : finding.stored?.state ?? "open"]
        case .year: return [first.map { String($0.day.prefix(4)) } ?? "in no commit"]
        }
    }

    /// The groups, that with the most urgent finding first, each in the order of the findings.
    func groups(_ findings: [Finding]) -> [(name: String, findings: [Finding])] {
        var order: [String] = []
        var groups: [String: [Finding]] = [:]
        for finding in findings {
            for name in names(finding) {
                if groups[name] == nil { order.append(name) }
                groups[name, default: []].append(finding)
            }
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}
