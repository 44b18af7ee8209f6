internal import PCRE2
import Rules

/// A rule made ready for matching. Shared by all threads, and made when the rule is first set off.
final class CompiledRule: Sendable {
    let rule: Rule
    let pattern: LazyPattern?
    /// Whether the rule judges what is assigned.
    let isJudged: Bool
    /// Number of the group that is the secret; `nil`: the first that takes part in a match.
    let secretGroup: Int?
    /// What a match may reach behind the window in which it begins, in bytes.
    let reach: Int
    /// What is asked of the pattern's matches.
    let decision: Decision

    init(_ rule: Rule, decision: Decision) {
        self.rule = rule
        pattern = rule.regex.map(LazyPattern.init)
        isJudged = rule.judge != nil
        secretGroup = rule.secretGroup
        reach = Margins.behindWindow(of: rule)
        self.decision = decision
    }

    /// Every pattern of the rule.
    var patterns: [LazyPattern] { [pattern].compactMap { $0 } + decision.patterns }
}
