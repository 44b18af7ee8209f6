import Findings
import Rules

/// Judges a value by itself, whatever stands around it; the cheapest tests first.
enum ValueFilter {
    /// Reason to drop the value, or `nil`.
    static func judge(
        _ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics, _ rule: Rule
    ) -> DropReason? {
        if statistics.digits < rule.minimumDigits || statistics.uppercase < rule.minimumUppercase
            || statistics.lowercase < rule.minimumLowercase
        {
            return .characterClasses
        }
        if let entropy = rule.entropy, statistics.entropy <= entropy { return .entropy }
        // Private keys and whole documents are not words, and hold runs of AAAA by design.
        guard value.count <= 512 else { return nil }
        if let reason = PlaceholderFilter.judge(value, statistics) { return reason }
        // A rule with a context judges shapes alone, so that words of the right length fit it.
        if rule.context != nil || rule.strength == .generic {
            if isWords(value, statistics) { return .words }
        }
        return nil
    }

    private static func isWords(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> Bool {
        guard statistics.count >= 12, statistics.hexDigits + statistics.others < statistics.count * 9 / 10 else {
            return false
        }
        return WordLikeness.score(value) > WordLikeness.threshold
    }
}
