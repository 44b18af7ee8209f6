/// What reports, verification and `rules check` ask of a rule, and matching does not.
struct RuleTexts: Sendable, Hashable {
    var description = ""
    var tags: [String] = []
    var remediation: [String] = []
    var references: [String] = []
    var verification: VerificationSpec?
    var opens: [OpensPattern] = []
    var examples: [Rule.Example] = []
}
