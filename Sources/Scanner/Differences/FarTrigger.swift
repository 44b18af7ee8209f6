import Rules

/// A rule that a keyword makes look further than the margin of a change.
///
/// In a blob that is made from one that holds the keyword, the rule is tried on what is new, wherever the keyword stands.
struct FarTrigger: Sendable {
    let rule: Int
    /// The keyword is one of the file words.
    let isFileWord: Bool
    /// What the keyword says it says of the whole text.
    let isForText: Bool
    /// There is something to try: not where a file word only speaks for what the rule's keywords find.
    private let isTried: Bool
    /// The rule looks no further than its matches reach, and these end with the line: that counts where lines are so long
    /// that parts of them are looked at.
    private let isOfLine: Bool
    /// Each match holds one of the rule's keywords: where none stands there is none.
    let isHeld: Bool
    private let crossesLines: Bool
    let looksAcrossLines: Bool
    private let maximumLength: Int?
    private let leastRuns: TokenRuns.Longest

    /// What is taken for the length of a match of any length in a long line.
    private static let longestLineMatch = 8192

    /// `nil` for a rule whose matches are short, hold the keyword and end with the line.
    init?(_ trigger: ScanEngine.Trigger, _ rule: Rule, _ reach: Reach) {
        guard let shape = rule.knownShape else { return nil }
        let isLong = shape.maximumLength.map { $0 > Margins.match } ?? true
        guard isLong || shape.crossesLines || rule.isSetOffByContext || trigger.isFileWord || reach == .text else {
            return nil
        }
        self.rule = trigger.rule
        isFileWord = trigger.isFileWord
        isForText = isFileWord || reach == .text
        isTried = !isFileWord || trigger.widens
        isHeld = shape.holdsKeyword && !rule.isSetOffByContext && !isForText
        isOfLine = !shape.crossesLines && !rule.isSetOffByContext && !isForText
        crossesLines = shape.crossesLines
        looksAcrossLines = shape.looksAcrossLines
        maximumLength = shape.maximumLength
        leastRuns = TokenRuns.Longest(
            hex: shape.hexRun.length, alphanumeric: shape.alphanumericRun.length, base64: shape.base64Run.length)
    }

    /// Bytes around a change in which a match can begin or end that was none before; `nil`: the whole text.
    ///
    /// - Parameter isTorn: Whether parts of lines are looked at, rather than lines.
    private func matchReach(isTorn: Bool) -> Int? {
        if crossesLines { return maximumLength.map { max($0, Margins.match) } }
        return isTorn ? min(maximumLength ?? .max, Self.longestLineMatch) : 0
    }

    /// Whether the rule has to be tried on some lines, or anywhere in a text.
    ///
    /// - Parameters:
    ///   - areTorn: Whether parts of lines are looked at there.
    ///   - longest: Of these lines and what is near them (`ChangedRanges.near`).
    func isPossible(areTorn: Bool, with longest: TokenRuns.Longest) -> Bool {
        if !isTried || isOfLine && !areTorn { return false }
        guard let reach = matchReach(isTorn: areTorn), reach <= ChangedRanges.nearMargin.before else { return true }
        return leastRuns.hex <= longest.hex && leastRuns.alphanumeric <= longest.alphanumeric
            && leastRuns.base64 <= longest.base64
    }

    /// Where the rule is tried when these lines are new; `nil` if it need not be.
    ///
    /// - Parameter longest: Of the lines and what is near (`ChangedRanges.near`).
    func window(
        around changed: Range<Int>, isTorn: Bool, with longest: TokenRuns.Longest, in text: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        guard isPossible(areTorn: isTorn, with: longest) else { return nil }
        guard let reach = matchReach(isTorn: isTorn) else { return 0..<text.count }
        guard reach > 0 else { return changed }
        return max(0, changed.lowerBound - reach)..<min(text.count, changed.upperBound + reach)
    }
}

/// A far trigger that is tried in a text, part by part.
struct FarTry {
    let trigger: FarTrigger
    let keyword: Int
    /// Where the part ends in which it was tried last: those of many changes overlap.
    var end = 0
}

/// The far triggers of a rule set.
struct FarRules: Sendable {
    /// For each keyword of the prefilter.
    let triggers: ListTable<FarTrigger>
    /// Keywords that set a rule off in the whole text.
    let textKeywords: KeywordSet
    /// For each rule that has file words, the keywords that they are.
    let fileWords: [Int: [Int]]

    init(_ engine: ScanEngine) {
        let lists = engine.triggers.map { triggers in
            triggers.compactMap { FarTrigger($0, engine.rules[$0.rule], engine.reaches[$0.rule]) }
        }
        var fileWords: [Int: [Int]] = [:]
        var textKeywords = KeywordSet(count: lists.count)
        for (keyword, triggers) in lists.enumerated() {
            if triggers.contains(where: \.isForText) { textKeywords.insert(keyword) }
            for trigger in triggers where trigger.isFileWord { fileWords[trigger.rule, default: []].append(keyword) }
        }
        triggers = ListTable(lists)
        self.fileWords = fileWords
        self.textKeywords = textKeywords
    }
}
