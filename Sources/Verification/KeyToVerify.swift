package import Rules

/// A key, and the rule that says whom to ask about it.
package struct KeyToVerify: Sendable {
    package var rule: Rule
    /// `v1:…` or its like; for the audit log.
    package var fingerprint: String
    package var secret: SecretBuffer
    /// The key as it may be shown.
    package var redacted: String
    /// What stands around the key, itself included, where the rule says that a request is signed: the other half is there.
    package var surroundings: SecretBuffer?

    package init(
        rule: Rule, fingerprint: String, secret: SecretBuffer, redacted: String, surroundings: SecretBuffer? = nil
    ) {
        self.surroundings = surroundings
        self.rule = rule
        self.fingerprint = fingerprint
        self.secret = secret
        self.redacted = redacted
    }
}

/// What makes two keys one question: the same key, asked about in the same way.
struct Question: Hashable {
    let attempts: [VerificationSpec.Attempt]
    let secret: SecretBuffer

    static func == (left: Question, right: Question) -> Bool {
        left.attempts == right.attempts
            && left.secret.withBytes { left in right.secret.withBytes { left.elementsEqual($0) } }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(attempts.first?.url)
        secret.withBytes { hasher.combine(bytes: $0) }
    }
}
