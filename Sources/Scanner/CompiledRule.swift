internal import PCRE2
import Rules

/// A rule made ready for matching. Shared by all threads, and made when the rule is first set off.
final class CompiledRule: Sendable {
    let rule: Rule
    let pattern: LazyPattern?
    /// What is asked of the pattern's matches.
    let decision: Decision

    init(_ rule: Rule, decision: Decision) {
        self.rule = rule
        pattern = rule.regex.map(LazyPattern.init)
        self.decision = decision
    }

    /// Every pattern of the rule.
    var patterns: [LazyPattern] { [pattern].compactMap { $0 } + decision.patterns }
}
