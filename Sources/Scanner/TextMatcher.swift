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
    let keys = KeyReader()
    private let scores = KnownScores()
    /// Matches that are judged by their names, and are less sure, are not looked for.
    private let leastConfidence: Confidence
    /// Of the current text.
    private var place = Place(path: nil)
    /// Rules that this thread has already asked the engine for.
    private var compiled: [CompiledRule?]
    /// Only where the scan is to be explained.
    private let recorder: MatchRecorder?

    private(set) var matches: [Match] = []
    /// With distant rules: matches that only what stands around them keeps from being findings.
    private(set) var undecided: [Match] = []
    private(set) var skipped: [SkippedRegion] = []
    /// What rules of the current text know not to be a secret: a checksum is wrong, a provider publishes it as a sample.
    private var refuted: [Range<Int>: Refutation] = [:]
    /// Matches that an allow-list lets pass: no findings, and not to be shown beside one either.
    private(set) var allowed: [Match] = []

    /// - Parameters:
    ///   - distantRules: `nil` if only whole texts are looked at.
    ///   - leastConfidence: What is judged by its name, and less sure, is left out.
    init(
        engine: ScanEngine, distantRules: DistantRules? = nil, leastConfidence: Confidence = .low,
        recorder: MatchRecorder? = nil
    ) {
        self.leastConfidence = leastConfidence
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
    /// Signs of escapes in the text last matched.
    var marks: EscapeMarks { candidates.marks }
    /// With distant rules: those of their keywords that stand in the text last matched.
    var distantKeywords: KeywordSet { candidates.distantKeywords }

    /// Fills `matches` and `skipped` for a text.
    ///
    /// - Parameters:
    ///   - path: `nil` if it is not known yet: conditions on the path are then taken to hold.
    ///   - places: Where only there may be something; `nil`: anywhere.
    mutating func match(_ text: UnsafeRawBufferPointer, path: String?, near places: PlacesOfInterest? = nil) {
        begin(Place(path: path))
        candidates.begin()
        recorder?.begin(text, path: path)
        candidates.findKeywords(in: 0..<text.count, of: text)
        let isToldByPath = path.map { candidates.findKeywords(inPath: $0, of: text) } ?? false
        candidates.openUntriggered(in: nil, of: text)
        // What a path says, a scan without one has not heard.
        if let places, !isToldByPath { candidates.keepWindows(near: places, of: text) }
        finish(text)
    }

    /// Forgets what the last text gave.
    mutating func begin(_ place: Place) {
        self.place = place
        matches.removeAll(keepingCapacity: true)
        undecided.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
        refuted.removeAll(keepingCapacity: true)
        allowed.removeAll(keepingCapacity: true)
    }

    /// Tries the rules where they may match.
    mutating func finish(_ text: UnsafeRawBufferPointer) {
        let (rules, judged) = (candidates.windows.rules(), candidates.index.judgedRules)
        for rule in rules where !judged.contains(rule) { run(rule, text) }
        // What a rule that knows the form has refuted is no secret whatever its name.
        for rule in judged where !candidates.windows.ranges(of: rule).isEmpty { run(rule, text) }
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

    private mutating func run(_ index: Int, _ text: UnsafeRawBufferPointer) {
        // Most rules that are set off end here: nothing that is long enough stands in their windows.
        let places = candidates.places(of: index, in: text)
        guard !places.isEmpty else { return }
        let rule = compiledRule(index)
        do {
            var surroundings = try rule.decision.surroundings(
                text, at: &place, holdsFileWord: candidates.fileWordRules.contains(index), explains: recorder != nil,
                keys, patterns.matcher)
            (surroundings.scores, surroundings.leastConfidence) = (scores, leastConfidence)
            // To explain what is refused its matches have to be known.
            if surroundings.refusal != nil, recorder == nil { return }
            if rule.isJudged { return try judge(index, rule.decision, places, surroundings) }
            guard let pattern = patterns.pattern(of: index, rule.pattern) else { return }
            var search = PatternSearch(of: rule, index, pattern, in: text)
            for window in places {
                search.enter(window)
                while let found = try patterns.next(in: &search) {
                    if isFull { return giveUp(index, at: found.whole) }
                    let match = Match(rule: index, whole: found.whole, secret: found.secret, confidence: .low)
                    try decide(match, rule.decision, surroundings)
                }
            }
        } catch {
            let range = candidates.windows.ranges(of: index).first ?? 0..<0
            skipped.append(SkippedRegion(rule: index, range: range, reason: "\(error)"))
        }
    }

    /// Asks about all that is assigned to names that hold the rule's keywords.
    private mutating func judge(
        _ index: Int, _ decision: Decision, _ places: [Range<Int>], _ surroundings: Surroundings
    ) throws(MatchFailure) {
        var reader = AssignmentReader(surroundings.text)
        for place in places {
            reader.read(at: place)
            if reader.found.count > Self.maximumAssignments { break }
        }
        patterns.noteCandidates(reader.found.count, of: index)
        for assignment in reader.found {
            if isFull { return giveUp(index, at: assignment.whole) }
            let match = Match(
                rule: index, whole: assignment.whole, secret: assignment.value, confidence: .low,
                assignment: assignment)
            try decide(match, decision, surroundings)
        }
        if let last = reader.found.last, reader.found.count > Self.maximumAssignments {
            giveUp(index, at: last.whole)
        }
    }

    /// So many matches of one text are no leaks of anybody's, but a list of millions, or a bomb: time and memory for all of them would
    /// have no bound. What is given up is said.
    private static let maximumMatches = 25_000
    private static let maximumAssignments = 100_000
    private var isFull: Bool { matches.count + undecided.count + allowed.count >= Self.maximumMatches }

    private mutating func giveUp(_ rule: Int, at range: Range<Int>) {
        let reason = "the text holds more than \(Self.maximumMatches) matches, and the rest was not looked for"
        skipped.append(SkippedRegion(rule: rule, range: range, reason: reason))
    }

    private mutating func decide(
        _ match: Match, _ decision: Decision, _ surroundings: Surroundings
    ) throws(MatchFailure) {
        var trace = surroundings.asked
        var verdict = try decision.decide(match, in: surroundings, patterns.matcher, &trace)
        if match.assignment != nil { verdict = doubted(match, verdict) ?? verdict }
        recorder?.note(match.rule, match.secret, trace, verdict)
        var match = match
        let mayRefute = match.assignment == nil && decision.isFor(surroundings)
        switch verdict {
        case .stands(let confidence):
            match.confidence = confidence
            matches.append(match)
        case .dropped(let reason, _):
            if mayRefute { noteRefuted(match, reason) }
            if reason == .allowlist { allowed.append(match) }
            guard candidates.distantRules != nil, reason.isOfSurroundings else { return }
            match.confidence = decision.rule.confidence
            undecided.append(match)
        case .silenced(let confidence, let silence):
            if mayRefute { noteRefuted(match, .allowlist) }
            match.confidence = confidence
            match.silence = silence
            // Where only is asked what is to be read whole, it is: what settings let pass is counted there.
            if candidates.distantRules != nil { matches.append(match) } else { allowed.append(match) }
        }
    }

    /// Keeps what a rule says against a value; that it is none goes before that people make such up.
    private mutating func noteRefuted(_ match: Match, _ reason: DropReason) {
        guard reason.refutesSecret || reason == .password else { return }
        let isMadeUp = !reason.refutesSecret
        if let known = refuted[match.secret], isMadeUp || !known.isMadeUp { return }
        refuted[match.secret] = Refutation(rule: match.rule, isMadeUp: isMadeUp)
    }

    /// What a rule that knows the form of a value has said against it; `nil`: nothing.
    private func doubted(_ match: Match, _ verdict: Decision.Verdict) -> Decision.Verdict? {
        guard let refutation = refuted[match.secret] else { return nil }
        if case .dropped = verdict { return nil }
        if case .silenced(_, let silence) = verdict, refutation.isMadeUp { return .silenced(.low, by: silence) }
        // A password that people make up opens something somewhere, and is worth a look at the most.
        return refutation.isMadeUp
            ? .stands(.low) : .dropped(.structure, detail: "\(engine.rules[refutation.rule].id) says so")
    }

    /// What a rule has said against a value.
    private struct Refutation {
        let rule: Int
        /// Not that it is none, only that people make such up.
        let isMadeUp: Bool
    }

    /// Whether a match that moved with its surroundings, or without them, is a finding where it stands now.
    ///
    /// - Parameter distantKeywords: Those of the whole text.
    mutating func isFinding(
        _ match: Match, in text: UnsafeRawBufferPointer, distantKeywords: KeywordSet
    ) throws(MatchFailure) -> Bool {
        let decision = compiledRule(match.rule).decision
        let holdsFileWord = candidates.distantRules?.holdsFileWord(of: match.rule, distantKeywords) ?? false
        var unknown = Place(path: nil)
        var surroundings = try decision.surroundings(
            text, at: &unknown, holdsFileWord: holdsFileWord, explains: false, keys, patterns.matcher)
        surroundings.scores = scores
        var trace = surroundings.asked
        let verdict = try decision.decide(match, in: surroundings, patterns.matcher, &trace)
        return if case .dropped = verdict { false } else { true }
    }
}
