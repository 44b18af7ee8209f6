import Bytes
import Findings
internal import PCRE2
import Rules

/// Runs all rules over one text: where to try them, what their patterns match there, and whether that is a finding. One a
/// thread; memory is reused.
///
/// No class: each access to a property of one is checked at run time, which took 5 % of a history's scan.
struct TextMatcher: ~Copyable {
    let engine: ScanEngine
    var candidates: CandidateFinder
    var patterns: RuleMatcher
    private var isGeneratedFile = false
    /// What the file's path says of its kind, once a generic rule has asked.
    private var fileKind: DropReason??
    /// Rules that this thread has already asked the engine for.
    private var compiled: [CompiledRule?]
    /// Only where the scan is to be explained.
    private let recorder: MatchRecorder?

    private(set) var matches: [Match] = []
    /// With distant rules: matches that only what stands around them keeps from being findings.
    private(set) var undecided: [Match] = []
    private(set) var skipped: [SkippedRegion] = []

    /// - Parameter distantRules: `nil` if only whole texts are looked at.
    init(engine: ScanEngine, distantRules: DistantRules? = nil, recorder: MatchRecorder? = nil) {
        self.engine = engine
        self.recorder = recorder
        candidates = CandidateFinder(engine.index, distantRules: distantRules)
        patterns = RuleMatcher(ruleCount: engine.rules.count)
        compiled = Array(repeating: nil, count: engine.rules.count)
    }

    /// For each rule, what matching has taken so far.
    var work: [MatchingWork] { patterns.work }
    /// Whether any keyword stands in the text last matched.
    var sawKeyword: Bool { candidates.sawKeyword }
    /// With distant rules: those of their keywords that stand in the text last matched.
    var distantKeywords: KeywordSet { candidates.distantKeywords }

    /// Fills `matches` and `skipped` for a text.
    ///
    /// - Parameter path: `nil` if it is not known yet: conditions on the path are then taken to hold.
    mutating func match(_ text: UnsafeRawBufferPointer, path: String?) {
        begin()
        candidates.begin()
        recorder?.begin(text, path: path)
        candidates.findKeywords(in: 0..<text.count, of: text)
        if let path { candidates.findKeywords(inPath: path, of: text) }
        isGeneratedFile = !candidates.windows.isEmpty && path.map(GeneratedFileFilter.isGenerated) == true
        finish(text, path)
    }

    /// Forgets what the last text gave.
    mutating func begin() {
        matches.removeAll(keepingCapacity: true)
        undecided.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
        isGeneratedFile = false
        fileKind = nil
    }

    /// Tries the rules where they may match.
    mutating func finish(_ text: UnsafeRawBufferPointer, _ path: String?) {
        candidates.openUntriggered(text)
        for rule in candidates.windows.rules() { run(rule, text, path) }
        candidates.finish()
    }

    /// What is encoded in the text that was matched last.
    mutating func encodedRuns(of text: UnsafeRawBufferPointer) -> EncodedRuns { candidates.encodedRuns(of: text) }

    /// What is encoded in a part of the text that was matched last: one of the neighborhoods that were named.
    mutating func encodedRuns(in part: Range<Int>, of text: UnsafeRawBufferPointer) -> EncodedRuns {
        candidates.encodedRuns(in: part, of: text)
    }

    private mutating func compiledRule(_ index: Int) -> CompiledRule {
        if let rule = compiled[index] { return rule }
        let rule = engine.compiledRule(index)
        compiled[index] = rule
        return rule
    }

    private mutating func run(_ index: Int, _ text: UnsafeRawBufferPointer, _ path: String?) {
        // Most rules that are set off end here: nothing that is long enough stands in their windows.
        let places = candidates.places(of: index, in: text)
        guard !places.isEmpty else { return }
        let rule = compiledRule(index)
        do {
            let refusal = try refusal(of: rule, path)
            // To explain what is refused its matches have to be known.
            if refusal != nil, recorder == nil { return }
            guard let pattern = patterns.pattern(of: index, rule.pattern) else { return }
            let surroundings = try surroundings(
                of: rule, text, path, holdsFileWord: candidates.fileWordRules.contains(index))
            var search = PatternSearch(of: rule.rule, index, pattern, in: text)
            for place in places {
                search.enter(place)
                while let found = try patterns.next(in: &search) {
                    try judge(found.whole, found.secret, of: rule, index, surroundings, refusal)
                }
            }
        } catch {
            let range = candidates.windows.ranges(of: index).first ?? 0..<0
            skipped.append(SkippedRegion(rule: index, range: range, reason: "\(error)"))
        }
    }

    private mutating func judge(
        _ whole: Range<Int>, _ secret: Range<Int>, of rule: CompiledRule, _ index: Int,
        _ surroundings: ContextJudge.Surroundings, _ refusal: DropReason?
    ) throws(MatchFailure) {
        switch try judge(rule, whole, secret, surroundings, refusal) {
        case .success(let confidence):
            matches.append(Match(rule: index, whole: whole, secret: secret, confidence: confidence))
            recorder?.note(index, secret, .reported)
        case .failure(let dropped):
            recorder?.note(index, secret, .dropped(dropped.reason, detail: dropped.detail))
            guard candidates.distantRules != nil, dropped.reason.isOfSurroundings else { return }
            undecided.append(Match(rule: index, whole: whole, secret: secret, confidence: rule.rule.confidence))
        }
    }

    /// Why a rule is not asked about this file at all.
    private mutating func refusal(of rule: CompiledRule, _ path: String?) throws(MatchFailure) -> DropReason? {
        if let wanted = rule.path, path != nil, try !path.matches([wanted], matcher: patterns.matcher) { return .path }
        if isGeneratedFile, rule.rule.isSilentInGeneratedFiles { return .generatedFile }
        guard let path, rule.rule.specificity == 0 else { return nil }
        return kind(ofFile: path)
    }

    private mutating func kind(ofFile path: String) -> DropReason? {
        if let fileKind { return fileKind }
        let kind = FileKindFilter.judge(path)
        fileKind = .some(kind)
        return kind
    }

    private func surroundings(
        of rule: CompiledRule, _ text: UnsafeRawBufferPointer, _ path: String?, holdsFileWord: Bool
    ) throws(MatchFailure) -> ContextJudge.Surroundings {
        let paths = rule.context?.paths ?? []
        var pathMatches = !paths.isEmpty
        if pathMatches, path != nil { pathMatches = try path.matches(paths, matcher: patterns.matcher) }
        return ContextJudge.Surroundings(
            text: text, path: path, holdsFileWord: holdsFileWord, pathMatches: pathMatches)
    }

    /// Whether a match that moved with its surroundings, or without them, is a finding where it stands now.
    ///
    /// - Parameter distantKeywords: Those of the whole text.
    mutating func isFinding(
        _ match: Match, in text: UnsafeRawBufferPointer, distantKeywords: KeywordSet
    ) throws(MatchFailure) -> Bool {
        let rule = compiledRule(match.rule)
        let holdsFileWord = candidates.distantRules?.holdsFileWord(of: match.rule, distantKeywords) ?? false
        let surroundings = try surroundings(of: rule, text, nil, holdsFileWord: holdsFileWord)
        return if case .success = try judge(rule, match.whole, match.secret, surroundings, nil) { true } else { false }
    }
}
