import BuiltinRules
import Rules

/// How many of the built-in rules are for a provider, by the provider's name.
func countProviders() -> [String: Int] {
    RuleSet.builtin.rules.reduce(into: [:]) { counts, rule in
        if !rule.provider.isEmpty { counts[rule.provider, default: 0] += 1 }
    }
}
