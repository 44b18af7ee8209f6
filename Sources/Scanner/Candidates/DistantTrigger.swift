import Rules

/// A keyword that makes a rule look at places further from it than `Margins.match`.
///
/// In a blob that is made from one that holds the keyword, what is new may be a match by it although the keyword's own
/// line was copied. So the rule is tried on what is new, wherever the keyword stands.
struct DistantTrigger: Sendable {
    let rule: Int
    /// The keyword is one of the file words.
    let isFileWord: Bool
    /// What the keyword says it says of the whole text.
    let isForText: Bool
    /// There is something to try: not where a file word only speaks for what the rule's keywords find.
    private let isTried: Bool
    /// The rule looks no further than its matches reach, and these end with the line: such a rule is tried only where
    /// lines are so long that parts of them are looked at.
    private let staysInLine: Bool
    /// Each match holds one of the rule's keywords: where none stands there is none.
    let isHeld: Bool
    private let crossesLines: Bool
    /// The pattern looks at the lines next to a match.
    let looksAcrossLines: Bool
    private let maximumLength: Int?
    /// Runs of at least these lengths stand in each match.
    private let leastRuns: TokenRuns.Longest

    /// What is taken for the length of a match of any length in a long line.
    private static let longestLineMatch = 8192

    /// `nil` for a rule whose matches are short, hold the keyword and end with the line.
    ///
    /// - Parameter reach: Of the rule's matches.
    init?(_ trigger: KeywordTrigger, _ rule: Rule, _ reach: RuleReach) {
        guard let shape = rule.knownShape else { return nil }
        let isLong = shape.maximumLength.map { $0 > Margins.match } ?? true
        guard isLong || shape.crossesLines || rule.isSetOffByContext || trigger.isFileWord || reach.extent == .text
        else {
            return nil
        }
        self.rule = trigger.rule
        isFileWord = trigger.isFileWord
        // A match of any length that begins at its keyword is looked for where that stands.
        isForText = isFileWord || reach.beginnings == .text
        isTried = !isFileWord || trigger.opensWholeText
        isHeld = shape.holdsKeyword && !rule.isSetOffByContext && !isForText
        staysInLine = !shape.crossesLines && !rule.isSetOffByContext && !isForText
        crossesLines = shape.crossesLines
        looksAcrossLines = shape.looksAcrossLines
        maximumLength = shape.maximumLength
        leastRuns = TokenRuns.Longest(
            hex: shape.hexRun.length, alphanumeric: shape.alphanumericRun.length, base64: shape.base64Run.length)
    }

    /// Bytes around a change in which a match can begin or end that was none before; `nil`: the whole text.
    private func matchReach(cutsLine: Bool) -> Int? {
        if crossesLines { return maximumLength.map { max($0, Margins.match) } }
        return cutsLine ? min(maximumLength ?? .max, Self.longestLineMatch) : 0
    }

    /// Whether the rule has to be tried on a changed part, or on any of several.
    ///
    /// - Parameters:
    ///   - cutsLine: Whether a part begins or ends within a line.
    ///   - longest: Of the neighborhoods of the parts.
    func isPossible(cutsLine: Bool, with longest: TokenRuns.Longest) -> Bool {
        if !isTried || staysInLine && !cutsLine { return false }
        guard let reach = matchReach(cutsLine: cutsLine), reach <= Margins.neighborhood.before else { return true }
        return leastRuns.hex <= longest.hex && leastRuns.alphanumeric <= longest.alphanumeric
            && leastRuns.base64 <= longest.base64
    }

    /// Where the rule is tried when a part of a text is new; `nil` if it need not be.
    ///
    /// - Parameter longest: Of the part's neighborhood.
    func window(
        around part: ChangedPart, with longest: TokenRuns.Longest, in text: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        guard isPossible(cutsLine: part.cutsLine, with: longest) else { return nil }
        guard let reach = matchReach(cutsLine: part.cutsLine) else { return 0..<text.count }
        guard reach > 0 else { return part.lines }
        return max(0, part.lines.lowerBound - reach)..<min(text.count, part.lines.upperBound + reach)
    }
}

/// A distant trigger that is tried in a text, part by part.
struct DistantAttempt {
    let trigger: DistantTrigger
    let keyword: Int
    /// Where the stretch ends in which it was tried last: those around neighbouring parts overlap.
    var end = 0
}
