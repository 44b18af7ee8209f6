/// What a rule says, but for its names: read from the compiled form once the rule is asked for.
///
/// What each part means stands at the property of `Rule` with its name.
struct RuleContent: Sendable, Hashable {
    var provider = ""
    var aliases: [String] = []
    var severity = Severity.high
    var confidence = Confidence.medium
    var regex: String?
    var secretGroup: Int?
    var keywords: [String] = []
    var path: String?
    var allowlists: [Allowlist] = []
    var context: ContextRequirement?
    var judge: JudgeThresholds?
    var claim = RuleClaim()
    var demands = SecretDemands()
    var shape: PatternShape?
    /// What is asked for once something was found.
    var texts = Deferred(RuleTexts())
}

/// What a rule is called, and was.
struct RuleNames: Sendable, Hashable {
    var id = ""
    var formerly: [String] = []
    var variantOf: String?
}

/// What becomes of a rule's matches where others claim the same, or are asked for.
struct RuleClaim: Sendable, Hashable {
    var strength = Strength.own
    var holdsParts = false
    var composition = RuleComposition()
}

/// What must hold of a rule's secret.
struct SecretDemands: Sendable, Hashable {
    /// What its name may hold, beside what everybody's do.
    var names: [String] = []
    var entropy: Double?
    var digits = 0
    var uppercase = 0
    var lowercase = 0
    var validator: Validator?
}
