/// What came of asking a provider about a key.
public struct VerificationResult: Sendable, Hashable {
    /// What the key is.
    public var liveness: Liveness
    /// One sentence without a full stop. No text of the provider's is in it.
    public var reason: String
    /// What the reader can do about it.
    public var advice: String?
    /// When the answer came: seconds since 1970-01-01 00:00 UTC.
    public var time: Double
    /// Who was asked; `nil` if nobody was.
    public var host: String?
    /// The HTTP status of the answer that decided; `nil` without one.
    public var status: Int?
    /// Whose the key is, as far as it is known without doing anything with it; in the order of `IdentityField.names`.
    public var identity: [Fact] = []

    /// One thing that is known of whose a key is.
    public struct Fact: Sendable, Hashable {
        /// What it is: `user`, `scopes`.
        public var name: String
        /// In the provider's words: printable, and not longer than some hundred characters.
        public var value: String

        /// One thing.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What came of it.
    public init(
        liveness: Liveness, reason: String, advice: String? = nil, time: Double, host: String? = nil, status: Int? = nil
    ) {
        self.liveness = liveness
        self.reason = reason
        self.advice = advice
        self.time = time
        self.host = host
        self.status = status
    }

    /// Whether the provider was to be asked and could not be, or gave no answer that means anything.
    public var isUndecided: Bool { liveness == .unknown && isVerifiable }

    /// Whether the rule knows whom to ask, and it was not forbidden.
    public var isVerifiable: Bool { host != nil }
}
