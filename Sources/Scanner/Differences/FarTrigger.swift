import Rules

/// A rule that a keyword makes look further than the margin of a change.
///
/// In a blob that is made from one that holds the keyword, the rule is tried on what is new, wherever the keyword stands.
struct FarTrigger: Sendable {
    let rule: Int
    /// The keyword is one of the file words.
    let isFileWord: Bool
    /// The keyword sets the rule off in the whole text.
    let isForText: Bool
    /// Bytes around a change in which a match can begin or end that was none before; `nil`: the whole text.
    private let matchReach: Int?
    private let shape: PatternShape

    /// `nil` for a rule whose matches hold the keyword and are short, or end with the line.
    init?(_ trigger: ScanEngine.Trigger, _ rule: Rule, _ reach: Reach) {
        let isFar: Bool =
            switch reach {
            case .line: false
            case .text: true
            case .around(let before, let behind): max(before, behind) > ChangedRanges.margin
            }
        guard isFar || trigger.isFileWord, let regex = rule.regex else { return nil }
        self.rule = trigger.rule
        isFileWord = trigger.isFileWord
        isForText = isFileWord || reach == .text
        shape = rule.shape ?? PatternShape(pattern: regex, keywords: rule.keywords)
        // Changes are looked at by the line.
        matchReach = shape.maximumLength ?? (shape.crossesLines ? nil : 0)
    }

    /// Whether a match can stand in lines with such runs.
    func canMatch(_ longest: TokenRuns.Longest) -> Bool {
        guard let matchReach, matchReach <= ChangedRanges.margin else { return true }
        return TokenRuns.isPossible(shape, with: longest)
    }

    /// Where the rule is tried when these lines are new.
    func window(around changed: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        guard let matchReach else { return 0..<text.count }
        guard matchReach > ChangedRanges.margin else { return changed }
        return max(0, changed.lowerBound - matchReach)..<min(text.count, changed.upperBound + matchReach)
    }
}

/// The far triggers of a rule set.
struct FarRules: Sendable {
    /// For each keyword of the prefilter.
    let triggers: [[FarTrigger]]
    /// Keywords that set a rule off in the whole text.
    let textKeywords: KeywordSet
    /// For each rule that has file words, the keywords that they are.
    let fileWords: [Int: [Int]]

    init(_ engine: ScanEngine) {
        triggers = engine.triggers.map { triggers in
            triggers.compactMap { FarTrigger($0, engine.rules[$0.rule], engine.reaches[$0.rule]) }
        }
        var fileWords: [Int: [Int]] = [:]
        var textKeywords = KeywordSet(count: triggers.count)
        for (keyword, triggers) in triggers.enumerated() {
            if triggers.contains(where: \.isForText) { textKeywords.insert(keyword) }
            for trigger in triggers where trigger.isFileWord { fileWords[trigger.rule, default: []].append(keyword) }
        }
        self.fileWords = fileWords
        self.textKeywords = textKeywords
    }
}
