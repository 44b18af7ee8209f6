import Rules

/// A place in a text that a rule claims.
struct Match {
    /// Index in the engine's rules.
    var rule: Int
    /// What the whole pattern matched.
    var whole: Range<Int>
    /// What the secret is; lies in `whole`.
    var secret: Range<Int>
    var confidence: Confidence

    /// This match in a text where it stands so many bytes further on.
    func moved(by shift: Int) -> Match {
        Match(
            rule: rule, whole: whole.lowerBound + shift..<whole.upperBound + shift,
            secret: secret.lowerBound + shift..<secret.upperBound + shift, confidence: confidence)
    }

    /// Whether this match explains a place better than another that overlaps it.
    func outranks(_ other: Match, rules: [Rule]) -> Bool {
        let (own, its) = (rules[rule], rules[other.rule])
        if own.specificity != its.specificity { return own.specificity > its.specificity }
        if confidence != other.confidence { return confidence > other.confidence }
        // A pattern that saw more of the surroundings knows more: a connection string before the key in it.
        if whole.count != other.whole.count { return whole.count > other.whole.count }
        if secret.count != other.secret.count { return secret.count > other.secret.count }
        return own.id < its.id
    }
}

/// A stretch of a text that was not searched, and why.
struct SkippedRegion {
    var rule: Int
    var range: Range<Int>
    var reason: String
}
