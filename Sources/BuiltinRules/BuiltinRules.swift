public import Rules

extension RuleSet {
    /// The rules of the `Rules/` folder, as they were when the program was built.
    public static func builtin() -> RuleSet {
        let text = compiledRules
        let rules = RuleCoding.decode(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        do {
            return try RuleSet(rules: rules)
        } catch {
            // The build step made the same set and would have failed.
            preconditionFailure("\(error)")
        }
    }
}
