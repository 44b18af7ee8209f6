public import Rules

/// One secret: what it is, how sure we are, and everywhere it stands.
public struct Finding: Sendable {
    /// What it is a secret of, and what to do about it.
    public var rule: Rule
    /// How much harm its holder can do.
    public var severity: Severity
    /// The highest confidence among the occurrences.
    public var confidence: Confidence
    /// The secret, which prints redacted. Where the same value stands in several spellings (escaped in JSON, plain elsewhere),
    /// the shortest.
    public let secret: Secret
    /// Sorted by path, then position; at least one.
    public var occurrences: [Occurrence]
    /// What the provider said about the secret; `nil`: nobody wanted to know.
    public var verification: VerificationResult?
    /// Whether it is to be looked at as one that nobody knows: what was scanned brings it, and no commit had it at one of its
    /// places before, or it was accepted and that is over. `nil`: nobody wanted to know.
    package var isNew: Bool?
    /// What it opens, as far as that stands beside it: `host db.example.com`. Never a secret.
    public var opens: [Opened] = []
    /// What there is to say of how it was judged, in sentences without a full stop: that it was accepted once.
    package var remarks: [String] = []
    /// What stands around the secret at one of its places, where its provider is asked with another value that stands there.
    package var surroundings: Secret?
    /// What a store knows of it; `nil` where it is not of one.
    package var stored: StoredFacts?

    /// What it is recognised by.
    package let identity: SecretIdentity

    /// Same for the same rule and secret wherever it stands: survives moves, squashes and rebases.
    ///
    /// It is made when it is first asked for. For a value that could be found by trying that takes some milliseconds.
    public var fingerprint: Fingerprint { identity.fingerprint }
    /// What the same value is called where no rule knows its provider: a finding is known, too, if somebody has accepted this.
    public var genericFingerprint: Fingerprint { identity.genericFingerprint }

    /// A finding; at least one occurrence is expected.
    public init(
        rule: Rule, severity: Severity, confidence: Confidence, secret: Secret, occurrences: [Occurrence],
        verification: VerificationResult? = nil
    ) {
        self.init(
            rule: rule, severity: severity, confidence: confidence, secret: secret,
            identity: SecretIdentity(rule: rule, secret: secret), occurrences: occurrences)
        self.verification = verification
    }

    package init(
        rule: Rule, severity: Severity, confidence: Confidence, secret: Secret, identity: SecretIdentity,
        occurrences: [Occurrence]
    ) {
        self.rule = rule
        self.severity = severity
        self.confidence = confidence
        self.secret = secret
        self.identity = identity
        self.occurrences = occurrences
    }
}
