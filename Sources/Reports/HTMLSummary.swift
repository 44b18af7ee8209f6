import Findings
internal import Rules

/// How many findings there are of each severity, state and rule, as tables.
struct HTMLSummary {
    private let findings: [Finding]

    init(_ result: ScanResult) { findings = result.findings }

    /// Nothing for one finding, which sums up itself.
    var lines: [String] {
        guard findings.count > 1 else { return [] }
        let severities = Severity.allCases.reversed().map(\.rawValue)
        let bySeverity = Self.counts(findings.map(\.severity.rawValue)).sorted { left, right in
            (severities.firstIndex(of: left.name) ?? 0) < (severities.firstIndex(of: right.name) ?? 0)
        }
        let byState = Self.counts(findings.flatMap(\.states))
        return [#"<div class="summary">"#] + table("Severity", "severity", bySeverity)
            + table("State", "state", byState) + table("Rule", "rule", Self.counts(findings.map(\.rule.id)))
            + stored
            + ["</div>"]
    }

    /// Whose secrets they are, and where they stand, as a store knows it.
    private var stored: [String] {
        guard findings.contains(where: { $0.stored != nil }) else { return [] }
        return table("Provider", "provider", Self.counts(findings.map(\.rule.provider).filter { !$0.isEmpty }))
            + table("Repository", "repository", Self.counts(findings.flatMap { $0.stored?.repositories ?? [] }))
    }

    private func table(_ title: String, _ filter: String, _ counts: [(name: String, count: Int)]) -> [String] {
        guard !counts.isEmpty else { return [] }
        return ["<div><table><thead><tr><th>\(title)</th><th>Secrets</th></tr></thead><tbody>"]
            + counts.map { name, count in
                #"<tr data-filter="\#(filter)" data-value="\#(name.xml)"><td>\#(name.xml)</td>"#
                    + "<td>\(Quantity.grouped(count))</td></tr>"
            } + ["</tbody></table></div>"]
    }

    /// Each name once, the most frequent first.
    private static func counts(_ names: [String]) -> [(name: String, count: Int)] {
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// What a list to choose from has: each name once, in the order of the alphabet.
    static func options(_ names: [String]) -> String {
        Set(names).sorted().map { #"<option value="\#($0.xml)">\#($0.xml)</option>"# }.joined()
    }
}
