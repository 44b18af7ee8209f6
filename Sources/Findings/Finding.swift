public import Rules

/// One secret: what it is, how sure we are, and everywhere it stands.
public struct Finding: Sendable {
    /// What it is a secret of, and what to do about it.
    public var rule: Rule
    /// How much harm its holder can do.
    public var severity: Severity
    /// The highest confidence among the occurrences.
    public var confidence: Confidence
    /// Same for the same rule and secret wherever it stands: survives moves, squashes and rebases.
    public var fingerprint: Fingerprint
    /// The secret, which prints redacted.
    public var secret: Secret
    /// Sorted by path, then position; at least one.
    public var occurrences: [Occurrence]
    /// What the provider said about the secret; `nil`: nobody wanted to know.
    public var verification: VerificationResult?

    /// A finding; at least one occurrence is expected.
    public init(
        rule: Rule, severity: Severity, confidence: Confidence, fingerprint: Fingerprint, secret: Secret,
        occurrences: [Occurrence], verification: VerificationResult? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.confidence = confidence
        self.fingerprint = fingerprint
        self.secret = secret
        self.occurrences = occurrences
        self.verification = verification
    }
}
