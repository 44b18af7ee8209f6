internal import Bytes
internal import Judge
import Rules

/// Values of which the judge is not sure by their names, and that are so random that whose they are decides: a bare
/// `key` is any key, `key` in a call of a provider's API is that provider's.
enum NamedOwner {
    /// What the value has to add, in thousandths of log-odds: what is learned of a word or a short number is less.
    private static let leastOfValue = 2000
    /// How probable it must be, in thousandths: less is what the syntax speaks against.
    private static let leastProbability = 20

    /// - Parameter confidence: What the judge says; `nil`: no secret.
    static func mayDecide(
        _ score: Score, _ confidence: Confidence?, _ assignment: Assignment, in text: UnsafeRawBufferPointer
    ) -> Bool {
        guard (confidence ?? .low) < .medium, score.value >= leastOfValue else { return false }
        if assignment.isOfClient { return true }
        guard score.thousandths >= leastProbability else { return false }
        let words = AssignedName.words(of: text.slice(assignment.name))
        guard let last = words.last, Words.namesOfKeys.contains(last) else { return false }
        return words.allSatisfy { !Words.wordsOfOtherKeys.contains($0) }
    }
}
