/// A secret in a text.
package struct SecretPlace: Sendable {
    /// Where it is written, in bytes of the text.
    package var range: Range<Int>
    /// The names that the text gives it, the nearest first: a variable, a key, a call.
    package var names: [String]
    /// Whose it is, in words; empty: nobody's.
    package var provider: String
    /// What found it: `mistral-api-key`.
    package var ruleID: String
    /// What tells it from others: the same for one value in all its spellings.
    package var identity: String
    /// How it is told of.
    package var redacted: String

    package init(
        range: Range<Int>, names: [String], provider: String, ruleID: String, identity: String, redacted: String
    ) {
        self.range = range
        self.names = names
        self.provider = provider
        self.ruleID = ruleID
        self.identity = identity
        self.redacted = redacted
    }
}
