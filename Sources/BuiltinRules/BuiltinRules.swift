public import Rules

extension RuleSet {
    /// The rules of the `Rules/` folder, as they were when the program was built. Read when they are first asked for.
    public static let builtin: RuleSet = {
        let rules = RuleCoding.decode(PermanentBytes(compiledRules))
        do {
            return try RuleSet(rules: rules)
        } catch {
            // The build step made the same set and would have failed.
            preconditionFailure("\(error)")
        }
    }()
}
