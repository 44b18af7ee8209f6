import Bytes
import Rules

/// Finds where in a text which rules are to be tried. One a thread; memory is reused.
///
/// Keywords set rules off, and open windows; runs of the characters of tokens, words that each match holds and the first
/// bytes of matches narrow these. No class: each access to a property of one is checked at run time.
struct CandidateFinder: ~Copyable {
    let index: KeywordIndex
    let hits: HitBuffer
    var windows: WindowTable
    /// Rules one of whose file words stands in the current text.
    var fileWordRules: MarkedRules
    var runs = TokenRuns()
    /// For each rule, once it was asked for.
    private var narrowings: [RuleNarrowing?]
    var openings: OpeningFilter
    let known: KnownParts
    /// Signs that something may be hidden in escapes of the current text.
    var marks: EscapeMarks = []
    /// Whether any keyword of a rule stands in the current text.
    var sawKeyword: Bool { marks.contains(.keyword) }

    /// What is kept for blobs that are made from this one; `nil` if there are none.
    let distantRules: DistantRules?
    /// With distant rules: those of their keywords that stand in the current text.
    var distantKeywords: KeywordSet
    /// The distant keywords of the base, where the text is made from another: what they say of the whole text was looked at
    /// there; `nil` where it is made from none.
    var inherited: KeywordSet?
    /// How far the changed parts were looked at, where the text is made from another.
    ///
    /// Not in one optional with `inherited`: assigning to a part of an optional in a `~Copyable` struct leaks the arrays
    /// that it held (Swift 6.3.1).
    var progress = ChangeProgress()
    /// The distant rules that are tried on what is new in the current text.
    var attempts: [DistantAttempt] = []

    /// - Parameter distantRules: `nil` if only whole texts are looked at.
    init(_ index: KeywordIndex, distantRules: DistantRules?) {
        self.index = index
        self.distantRules = distantRules
        hits = index.prefilter.makeHitBuffer()
        windows = WindowTable(ruleCount: index.rules.count)
        fileWordRules = MarkedRules(ruleCount: index.rules.count)
        narrowings = Array(repeating: nil, count: index.rules.count)
        openings = OpeningFilter(ruleCount: index.rules.count)
        known = KnownParts(keywordCount: distantRules == nil ? nil : index.keywordCount)
        distantKeywords = KeywordSet(count: index.keywordCount)
    }

    /// Forgets the last text.
    mutating func begin() {
        distantKeywords.removeAll()
        runs.reset()
        marks = []
        inherited = nil
        progress = ChangeProgress()
    }

    /// Closes the windows of the current text. What was noted of it besides stays.
    mutating func finish() {
        windows.removeAll()
        fileWordRules.removeAll()
    }

    /// Opens the windows of rules that no keyword sets off.
    ///
    /// - Parameter parts: Of a text that is made from another, what stands near its changes; `nil`: all of it is looked at.
    mutating func openUntriggered(in parts: [Range<Int>]?, of text: UnsafeRawBufferPointer) {
        for rule in index.untriggered where text.count <= index.reaches[rule].longestText {
            // Matches that end further from a change than that were looked at in the text before.
            if let parts, let length = index.rules[rule].shape?.maximumLength, length <= Margins.match {
                for part in parts { windows.insert(part, for: rule) }
            } else {
                windows.insert(0..<text.count, for: rule)
            }
        }
    }

    /// Where the matches of a rule can begin, in order; none for most rules that were set off.
    mutating func places(of rule: Int, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        narrowing(of: rule).restrict(windows.ranges(of: rule), in: text, &runs)
    }

    private mutating func narrowing(of rule: Int) -> RuleNarrowing {
        if let known = narrowings[rule] { return known }
        let made = RuleNarrowing(index.rules[rule])
        narrowings[rule] = made
        return made
    }

    /// What is encoded in the current text.
    mutating func encodedRuns(of text: UnsafeRawBufferPointer) -> EncodedRuns {
        EncodedRuns(text, in: runs.all(in: text)[...])
    }

    /// What is encoded in a part of the current text: one of the neighborhoods that were named.
    mutating func encodedRuns(in part: Range<Int>, of text: UnsafeRawBufferPointer) -> EncodedRuns {
        EncodedRuns(text, in: runs.all(in: part, of: text))
    }
}
