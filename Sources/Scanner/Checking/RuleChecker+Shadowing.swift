import Findings
package import Rules

extension RuleChecker {
    /// A rule that can never be the one that reports.
    package struct Shadow: Sendable, Hashable, CustomStringConvertible {
        package var ruleID: String
        /// The rules that report in its place, sorted.
        package var by: [String]
        /// How many examples it loses: all it has. 0: the other rule has the same pattern and the same keywords.
        package var exampleCount: Int

        package var description: String {
            let others = by.joined(separator: ", ")
            return exampleCount == 0
                ? "rule \(ruleID) has the pattern and the keywords of \(others), which goes first"
                : "rule \(ruleID) is shadowed: \(others) claims each of its \(exampleCount) positive examples"
        }
    }

    /// Says whether other rules always go before one: because they claim each of its positive examples, or because one
    /// of them looks for exactly the same.
    package func shadow(of rule: Rule) -> Shadow? {
        if let twin = twin(of: rule) { return Shadow(ruleID: rule.id, by: [twin], exampleCount: 0) }
        let positives = rule.examples.filter { !$0.isNegative }
        guard !positives.isEmpty else { return nil }
        var claimants: Set<String> = []
        for example in positives {
            let found = Set(scan(example).map { engine.rules[$0.ruleIndex].id })
            if found.isEmpty || found.contains(rule.id) { return nil }
            claimants.formUnion(found)
        }
        return Shadow(ruleID: rule.id, by: claimants.sorted(), exampleCount: positives.count)
    }

    private func twin(of rule: Rule) -> String? {
        engine.rules.first { other in
            other.id != rule.id && other.regex != nil && other.regex == rule.regex && other.path == rule.path
                && other.secretGroup == rule.secretGroup && Set(other.triggers) == Set(rule.triggers)
                && other.context == rule.context && goesFirst(other, before: rule)
        }?.id
    }

    private func goesFirst(_ other: Rule, before rule: Rule) -> Bool {
        ClaimRank(of: other, confidence: other.confidence) > ClaimRank(of: rule, confidence: rule.confidence)
    }
}
