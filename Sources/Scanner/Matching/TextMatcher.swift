import Bytes
internal import CLiteralSearch
import Findings
internal import PCRE2
import Rules

/// Runs all rules over one text: prefilter, windows, patterns, filters. One a thread; memory is reused.
///
/// No class: each access to a property of one is checked at run time, which took 5 % of a history's scan.
struct TextMatcher: ~Copyable {
    let engine: ScanEngine
    let matcher: Matcher
    let hits: UnsafeMutableBufferPointer<windsock_hit>
    /// For each keyword of the prefilter, the rules that it sets off.
    let triggers: ListTable<ScanEngine.Trigger>
    /// For each rule, where to try it in the current text. No array: it would be asked at each keyword whether it is shared.
    let windows: UnsafeMutableBufferPointer<WindowList>
    /// Rules that were set off in the current text, so that only their windows need clearing.
    var active: [Int] = []
    let isActive: UnsafeMutableBufferPointer<Bool>
    var runs = TokenRuns()
    /// Of the current text.
    var place = Place(path: nil)
    /// Rules that this thread has already asked the engine for.
    private var compiled: [CompiledRule?]
    /// Their patterns: to ask a rule for its own takes a lock, which all threads take.
    private var patterns: [Pattern?]
    /// For each rule, once it was asked for.
    private var requiredWords: [RequiredWords?]
    /// Rules one of whose file words stands in the current text.
    let hasFileWord: UnsafeMutableBufferPointer<Bool>
    /// These rules, so that only they need clearing.
    var named: [Int] = []
    var openings: Openings
    let known: KnownParts
    /// Only where the scan is to be explained.
    private let recorder: MatchRecorder?

    /// What is kept for blobs that are made from this one; `nil` if there are none.
    let farRules: FarRules?
    /// The far keywords of a text's base: what they say of the whole text was looked at there.
    var inherited: KeywordSet?
    /// The far rules that are tried on what is new in the current text.
    var farTries: [FarTry] = []
    /// What is new in the lines that are looked at.
    var changes: ArraySlice<Range<Int>> = []
    /// Whether these are parts of lines.
    var isTorn = false

    private(set) var matches: [Match] = []
    /// With far rules: matches that only what stands around them keeps from being findings.
    private(set) var undecided: [Match] = []
    /// With far rules: those of their keywords that stand in the text last matched.
    var farKeywords: KeywordSet
    private(set) var skipped: [SkippedRegion] = []
    /// Whether any keyword stands in the text last matched.
    var sawKeyword = false
    /// For each rule, the work so far, of all texts.
    private(set) var work: [MatchingWork]

    init(engine: ScanEngine, farRules: FarRules? = nil, recorder: MatchRecorder? = nil) {
        self.engine = engine
        self.farRules = farRules
        self.recorder = recorder
        farKeywords = KeywordSet(count: engine.triggers.count)
        matcher = Matcher()
        hits = engine.prefilter.makeHitBuffer()
        triggers = ListTable(engine.triggers)
        windows = .allocate(capacity: engine.rules.count)
        windows.initialize(repeating: WindowList())
        isActive = .allocate(capacity: engine.rules.count)
        isActive.initialize(repeating: false)
        hasFileWord = .allocate(capacity: engine.rules.count)
        hasFileWord.initialize(repeating: false)
        compiled = Array(repeating: nil, count: engine.rules.count)
        patterns = Array(repeating: nil, count: engine.rules.count)
        requiredWords = Array(repeating: nil, count: engine.rules.count)
        work = Array(repeating: MatchingWork(), count: engine.rules.count)
        openings = Openings(ruleCount: engine.rules.count)
        known = KnownParts(keywordCount: farRules == nil ? nil : engine.keywords.count)
    }

    deinit {
        hits.deallocate()
        windows.deinitialize()
        windows.deallocate()
        isActive.deallocate()
        hasFileWord.deallocate()
    }

    /// Fills `matches` and `skipped` for a text.
    ///
    /// - Parameter path: `nil` if it is not known yet: conditions on the path are then taken to hold.
    mutating func match(_ text: UnsafeRawBufferPointer, path: String?) {
        begin()
        recorder?.begin(text, path: path)
        setWindows(text, in: 0..<text.count)
        if let path { setOffByPath(path, text) }
        place = Place(path: path)
        finish(text)
    }

    mutating func begin() {
        matches.removeAll(keepingCapacity: true)
        undecided.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
        farKeywords.removeAll()
        runs.reset()
        sawKeyword = false
    }

    mutating func finish(_ text: UnsafeRawBufferPointer) {
        for index in engine.untriggered { activate(index, 0..<text.count) }
        active.sort()
        for index in active {
            run(index, text)
            windows[index].removeAll()
            isActive[index] = false
        }
        active.removeAll(keepingCapacity: true)
        for rule in named { hasFileWord[rule] = false }
        named.removeAll(keepingCapacity: true)
    }

    /// What is encoded in the text that was matched last.
    mutating func encodedRuns(of text: UnsafeRawBufferPointer) -> EncodedRuns {
        EncodedRuns(text, in: runs.all(in: text)[...])
    }

    /// What is encoded in a part of the text that was matched last: one of those that were named as near.
    mutating func encodedRuns(in part: Range<Int>, of text: UnsafeRawBufferPointer) -> EncodedRuns {
        EncodedRuns(text, in: runs.all(in: part, of: text))
    }

    private mutating func compiledRule(_ index: Int) -> CompiledRule {
        if let rule = compiled[index] { return rule }
        let rule = engine.compiledRule(index)
        compiled[index] = rule
        return rule
    }

    private mutating func pattern(_ index: Int, _ rule: CompiledRule) -> Pattern? {
        if let pattern = patterns[index] { return pattern }
        patterns[index] = rule.pattern?.pattern()
        return patterns[index]
    }

    private mutating func run(_ index: Int, _ text: UnsafeRawBufferPointer) {
        // Most rules that are set off end here: nothing that is long enough stands in their windows.
        let ranges = searchedRanges(index, text)
        guard !ranges.isEmpty else { return }
        let rule = compiledRule(index)
        do {
            let surroundings = try rule.decision.surroundings(
                text, at: &place, holdsFileWord: hasFileWord[index], explains: recorder != nil, matcher)
            // To explain what is refused its matches have to be known.
            if surroundings.refusal != nil, recorder == nil { return }
            guard let pattern = pattern(index, rule) else { return }
            // A match may reach into the next window.
            var searched = 0
            for window in ranges {
                searched = try search(pattern, rule, index, window, from: searched, surroundings)
            }
        } catch {
            skipped.append(SkippedRegion(rule: index, range: windows[index].ranges.first ?? 0..<0, reason: "\(error)"))
        }
    }

    /// Whether a match that moved with its surroundings, or without them, is a finding where it stands now.
    ///
    /// - Parameter farKeywords: Those of the whole text.
    mutating func isFinding(
        _ match: Match, in text: UnsafeRawBufferPointer, farKeywords: KeywordSet
    ) throws(MatchFailure) -> Bool {
        let rule = compiledRule(match.rule)
        let holdsFileWord = farRules?.fileWords[match.rule]?.contains(where: farKeywords.contains) ?? false
        var unknown = Place(path: nil)
        let surroundings = try rule.decision.surroundings(
            text, at: &unknown, holdsFileWord: holdsFileWord, explains: false, matcher)
        var trace = surroundings.asked
        let verdict = try rule.decision.decide(
            whole: match.whole, secret: match.secret, in: surroundings, matcher, &trace)
        return if case .stands = verdict { true } else { false }
    }

    private mutating func searchedRanges(_ index: Int, _ text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let ranges = windows[index].ranges
        guard let shape = engine.rules[index].shape else { return ranges }
        let parts = TokenRuns.narrows(shape) ? runs.restrict(ranges, to: shape, in: text) : ranges
        if parts.isEmpty { return parts }
        if requiredWords[index] == nil { requiredWords[index] = RequiredWords(engine.rules[index], shape) }
        return requiredWords[index]?.restrict(parts, in: text) ?? parts
    }

    /// Bytes past a window that a match may reach or look at, besides its longest length.
    private static let margin = 256
    /// What is taken for the longest length of a pattern that has none.
    private static let unboundedReach = 65536

    /// Bytes past a window that a match of a rule may reach.
    static func reach(behind rule: Rule) -> Int { reach(of: rule.shape) + margin }

    /// The longest match of a pattern, in bytes, or what is taken for it.
    static func reach(of shape: PatternShape?) -> Int { min(shape?.maximumLength ?? unboundedReach, unboundedReach) }

    /// Returns where to go on: nothing that begins earlier is another match.
    private mutating func search(
        _ pattern: Pattern, _ rule: CompiledRule, _ index: Int, _ window: Range<Int>, from searched: Int,
        _ surroundings: Surroundings
    ) throws(MatchFailure) -> Int {
        let text = surroundings.text
        let subject = text.slice(0..<min(text.count, window.upperBound + Self.reach(behind: rule.rule)))
        var start = max(window.lowerBound, searched)
        while start <= window.upperBound {
            let found = try matcher.firstMatch(of: pattern, in: subject, from: start, beginningBy: window.upperBound)
            work[index].calls += 1
            work[index].bytes += (found?.lowerBound ?? window.upperBound) - start + 1
            // `\K` can make a match that begins in the window seem to begin behind it.
            guard let whole = found, whole.lowerBound <= window.upperBound else { break }
            work[index].candidates += 1
            let secret = secretRange(whole, rule)
            start = max(whole.lowerBound + 1, secret.upperBound)
            if secret.isEmpty { continue }
            var trace = surroundings.asked
            let verdict = try rule.decision.decide(whole: whole, secret: secret, in: surroundings, matcher, &trace)
            recorder?.note(index, secret, trace, verdict)
            switch verdict {
            case .stands(let confidence):
                matches.append(Match(rule: index, whole: whole, secret: secret, confidence: confidence))
            case .dropped(let reason, _):
                guard farRules != nil, reason.isOfSurroundings else { continue }
                undecided.append(Match(rule: index, whole: whole, secret: secret, confidence: rule.rule.confidence))
            }
        }
        return max(start, searched)
    }

    private func secretRange(_ whole: Range<Int>, _ rule: CompiledRule) -> Range<Int> {
        let group = rule.rule.secretGroup ?? matcher.firstParticipatingGroup()
        return matcher.range(ofGroup: group) ?? whole
    }
}
