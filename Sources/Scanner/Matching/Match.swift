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
}

/// A stretch of a text that was not searched, and why.
struct SkippedRegion {
    var rule: Int
    var range: Range<Int>
    var reason: String
}
