import Rules

/// A rule made ready for matching. Shared by all threads, and made when the rule is first set off.
final class CompiledRule: Sendable {
    let rule: Rule
    let pattern: LazyPattern?
    let path: LazyPattern?
    let allowlists: [CompiledAllowlist]
    let context: ContextJudge?

    init(_ rule: Rule, globalAllowlists: [Allowlist]) {
        self.rule = rule
        pattern = rule.regex.map(LazyPattern.init)
        path = rule.path.map(LazyPattern.init)
        let global = globalAllowlists.filter { $0.targetRules.isEmpty || $0.targetRules.contains(rule.id) }
        allowlists = (rule.allowlists + global).map(CompiledAllowlist.init)
        context = rule.context.map { ContextJudge($0, rule: rule) }
    }

    /// Every pattern of the rule.
    var patterns: [LazyPattern] {
        [pattern, path].compactMap { $0 } + allowlists.flatMap(\.patterns) + (context?.paths ?? [])
    }
}

extension Rule {
    /// How much the rule says about what it finds: 0 a name that holds keys, 1 a kind of credential, 2 whose it is. A rule
    /// that says more goes before others that claim the same place.
    var specificity: Int { tags.contains("generic") ? 0 : provider.isEmpty ? 1 : 2 }
}
