package import Rules

/// What came of asking about one key.
package struct Inquiry: Sendable {
    package var result: VerificationResult
    /// The answer that decided; `nil` if there was none.
    package var response: Response?
    /// Which of the rule's attempts decided; `nil` if nobody was asked.
    package var attempt: Int?
}
