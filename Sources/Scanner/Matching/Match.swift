import Findings
internal import Judge
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
    /// What the judge was asked about; `nil` for a match of a pattern.
    var assignment: Assignment?
    /// The settings that let it pass; `nil`: it stands, or a rule itself says that it is none.
    var silence: Silence?

    /// This match in a text where it stands so many bytes further on.
    func moved(by shift: Int) -> Match {
        Match(
            rule: rule, whole: whole.lowerBound + shift..<whole.upperBound + shift,
            secret: secret.lowerBound + shift..<secret.upperBound + shift, confidence: confidence,
            assignment: assignment?.moved(by: shift), silence: silence)
    }
}

/// Whose settings let a match pass.
struct Silence: Hashable {
    var file: String
    /// What the allow-list is called.
    var list: String?
    var reason = Suppression.allowlist

    /// For explanations.
    var words: String { list.map { "\($0), in \(file)" } ?? "in \(file)" }
}

/// A stretch of a text that was not searched, and why.
struct SkippedRegion {
    var rule: Int
    var range: Range<Int>
    var reason: String
}
