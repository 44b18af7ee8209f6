import Bytes
internal import PCRE2

/// How far a rule's pattern has been tried in a text, window by window.
struct PatternSearch {
    /// Index in the engine's rules.
    let rule: Int
    let pattern: Pattern
    /// Number of the group that is the secret; `nil`: the first that takes part in a match.
    let group: Int?
    /// What a match may reach behind the window in which it begins.
    private let reach: Int
    private let text: UnsafeRawBufferPointer

    private(set) var window = 0..<0
    /// The text up to where the pattern may look.
    private(set) var subject: UnsafeRawBufferPointer
    /// Where to go on: a match may reach into the next window, and nothing that begins earlier is another match.
    var position = 0

    init(of rule: CompiledRule, _ index: Int, _ pattern: Pattern, in text: UnsafeRawBufferPointer) {
        self.rule = index
        self.pattern = pattern
        self.text = text
        group = rule.secretGroup
        reach = rule.reach
        subject = text
    }

    /// Goes on to a window behind the last one.
    mutating func enter(_ window: Range<Int>) {
        self.window = window
        subject = text.slice(0..<min(text.count, window.upperBound + reach))
        position = max(position, window.lowerBound)
    }
}
