public import Rules

extension RuleSet {
    /// The rules of the `Rules/` folder, as they were when the program was built. Read when they are first asked for.
    public static let builtin: RuleSet = {
        let rules = RuleCoding.decode(PermanentBytes(compiledRules))
        do {
            return try RuleSet(
                rules: rules, digest: "\(compiledRulesDigest)", keywords: PermanentBytes(compiledKeywords))
        } catch {
            // The build step made the same set and would have failed.
            preconditionFailure("\(error)")
        }
    }()
}

extension SharedRules {
    /// The lists and steps that the built-in rules share, for rules that are written elsewhere. Read when they are first
    /// asked for.
    public static let builtin: SharedRules = {
        do {
            return try SharedRules(text: "\(compiledSharedRules)", file: "Rules/shared.toml")
        } catch {
            // The build step read the same text and would have failed.
            preconditionFailure("\(error)")
        }
    }()
}
