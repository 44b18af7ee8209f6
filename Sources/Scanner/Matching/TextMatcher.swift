internal import CLiteralSearch
internal import PCRE2
import Rules

/// Runs all rules over one text: prefilter, windows, patterns, filters. One a thread; memory is reused.
final class TextMatcher {
    private let engine: ScanEngine
    private let matcher: Matcher
    private let hits: UnsafeMutableBufferPointer<windsock_hit>
    /// For each rule, where to try it in the current text.
    private var windows: [WindowList]
    /// Rules that were set off in the current text, so that only their windows need clearing.
    private var active: [Int] = []
    private var isActive: [Bool]
    private var runs = TokenRuns()
    private var isGeneratedFile = false
    /// Rules that this thread has already asked the engine for.
    private var compiled: [CompiledRule?]
    /// Rules one of whose file words stands in the current text.
    private var hasFileWord: [Bool]
    /// Only where the scan is to be explained.
    private let recorder: MatchRecorder?

    private(set) var matches: [Match] = []
    private(set) var skipped: [SkippedRegion] = []
    /// Whether any keyword stands in the text last matched.
    private(set) var sawKeyword = false

    init(engine: ScanEngine, recorder: MatchRecorder? = nil) {
        self.engine = engine
        self.recorder = recorder
        matcher = Matcher()
        hits = engine.prefilter.makeHitBuffer()
        windows = Array(repeating: WindowList(), count: engine.rules.count)
        isActive = Array(repeating: false, count: engine.rules.count)
        compiled = Array(repeating: nil, count: engine.rules.count)
        hasFileWord = isActive
    }

    deinit { hits.deallocate() }

    /// Fills `matches` and `skipped` for a text.
    ///
    /// - Parameter path: `nil` if it is not known yet: conditions on the path are then taken to hold.
    func match(_ text: UnsafeRawBufferPointer, path: String?) {
        matches.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
        runs.reset()
        recorder?.begin(text, path: path)
        setWindows(text)
        if let path { setOffByPath(path, text) }
        isGeneratedFile = !active.isEmpty && path.map(GeneratedFileFilter.isGenerated) == true
        for index in engine.untriggered { activate(index, 0..<text.count) }
        active.sort()
        for index in active {
            run(index, text, path)
            windows[index].removeAll()
            isActive[index] = false
            hasFileWord[index] = false
        }
        active.removeAll(keepingCapacity: true)
    }

    private func activate(_ rule: Int, _ window: Range<Int>) {
        if !isActive[rule] {
            isActive[rule] = true
            active.append(rule)
        }
        windows[rule].insert(window)
    }

    private func setWindows(_ text: UnsafeRawBufferPointer) {
        sawKeyword = false
        engine.prefilter.forEachHit(in: text, buffer: hits) { offset, keyword in
            sawKeyword = true
            for trigger in engine.triggers[keyword] { setOff(trigger, at: offset, text) }
        }
    }

    @inline(__always)
    private func setOff(_ trigger: ScanEngine.Trigger, at offset: Int, _ text: UnsafeRawBufferPointer) {
        let rule = trigger.rule
        if trigger.isFileWord {
            if isActive[rule] && hasFileWord[rule] { return }
            hasFileWord[rule] = true
            activate(rule, 0..<text.count)
            return
        }
        switch engine.reaches[rule] {
        case .text: activate(rule, 0..<text.count)
        case .around(let before, let behind):
            activate(rule, max(0, offset - before)..<min(text.count, offset + behind))
        case .line:
            // A hit on a line that is in a window already costs nothing: long lines are walked once.
            if let last = windows[rule].ranges.last, last.contains(offset) { return }
            activate(rule, text.lineStart(of: offset)..<text.lineEnd(of: offset))
        }
    }

    /// A path that says what a rule's file words say makes the rule look at the whole text.
    private func setOffByPath(_ path: String, _ text: UnsafeRawBufferPointer) {
        var path = path
        path.withUTF8 { bytes in
            engine.prefilter.forEachHit(in: UnsafeRawBufferPointer(bytes), buffer: hits) { _, keyword in
                for trigger in engine.triggers[keyword] where trigger.speaksInPaths {
                    activate(trigger.rule, 0..<text.count)
                }
            }
        }
    }

    private func compiledRule(_ index: Int) -> CompiledRule {
        if let rule = compiled[index] { return rule }
        let rule = engine.compiledRule(index)
        compiled[index] = rule
        return rule
    }

    private func run(_ index: Int, _ text: UnsafeRawBufferPointer, _ path: String?) {
        let rule = compiledRule(index)
        do {
            let refusal = try refusal(of: rule, path)
            // To explain what is refused its matches have to be known.
            if refusal != nil, recorder == nil { return }
            guard let pattern = rule.pattern?.pattern() else { return }
            let pathMatches = try rule.context.map { try path == nil || path.matches($0.paths, matcher: matcher) }
            let surroundings = ContextJudge.Surroundings(
                text: text, path: path, holdsFileWord: hasFileWord[index], pathMatches: pathMatches ?? false)
            for window in searchedRanges(rule, index, text) {
                try search(pattern, rule, index, window, surroundings, refusal)
            }
        } catch {
            skipped.append(SkippedRegion(rule: index, range: windows[index].ranges.first ?? 0..<0, reason: "\(error)"))
        }
    }

    /// Why a rule is not asked about this file at all.
    private func refusal(of rule: CompiledRule, _ path: String?) throws(MatchFailure) -> DropReason? {
        if let wanted = rule.path, path != nil, try !path.matches([wanted], matcher: matcher) { return .path }
        return isGeneratedFile && rule.rule.isSilentInGeneratedFiles ? .generatedFile : nil
    }

    private func searchedRanges(_ rule: CompiledRule, _ index: Int, _ text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let ranges = windows[index].ranges
        guard let shape = rule.rule.shape, TokenRuns.narrows(shape) else { return ranges }
        return runs.restrict(ranges, to: shape, in: text)
    }

    /// Bytes past a window that a match may reach or look at, besides its longest length.
    private static let margin = 256
    /// What is taken for the longest length of a pattern that has none.
    private static let unboundedReach = 65536

    private func search(
        _ pattern: Pattern, _ rule: CompiledRule, _ index: Int, _ window: Range<Int>,
        _ surroundings: ContextJudge.Surroundings, _ refusal: DropReason?
    ) throws(MatchFailure) {
        let text = surroundings.text
        let reach = min(rule.rule.shape?.maximumLength ?? Self.unboundedReach, Self.unboundedReach) + Self.margin
        let subject = text.slice(0..<min(text.count, window.upperBound + reach))
        var start = window.lowerBound
        while start <= window.upperBound {
            guard let whole = try matcher.firstMatch(of: pattern, in: subject, from: start),
                whole.lowerBound <= window.upperBound
            else { return }
            let secret = secretRange(whole, rule)
            start = max(whole.lowerBound + 1, secret.upperBound)
            if secret.isEmpty { continue }
            switch try judge(rule, whole, secret, surroundings, refusal) {
            case .success(let confidence):
                matches.append(Match(rule: index, whole: whole, secret: secret, confidence: confidence))
                recorder?.note(index, secret, .reported)
            case .failure(let dropped):
                recorder?.note(index, secret, .dropped(dropped.reason, detail: dropped.detail))
            }
        }
    }

    private func secretRange(_ whole: Range<Int>, _ rule: CompiledRule) -> Range<Int> {
        let group = rule.rule.secretGroup ?? matcher.firstParticipatingGroup()
        return matcher.range(ofGroup: group) ?? whole
    }

    private struct Dropped: Error {
        var reason: DropReason
        /// What there is to say of this place in particular.
        var detail: String?
    }

    /// Cheap tests first: counts of characters, entropy, placeholders, context, allow-lists.
    private func judge(
        _ rule: CompiledRule, _ whole: Range<Int>, _ secret: Range<Int>, _ surroundings: ContextJudge.Surroundings,
        _ refusal: DropReason?
    ) throws(MatchFailure) -> Result<Confidence, Dropped> {
        if let refusal { return .failure(Dropped(reason: refusal)) }
        let value = surroundings.text.slice(secret)
        let statistics = CharacterStatistics(value)
        if let reason = ValueFilter.judge(value, statistics, rule.rule) { return .failure(Dropped(reason: reason)) }
        var confidence = rule.rule.confidence
        if let context = rule.context {
            switch context.judge(secret, in: surroundings, providers: engine.providers) {
            case .direct: break
            case .nearby: confidence = rule.rule.context?.nearby ?? confidence.lowered
            case .dropped(let reason): return .failure(Dropped(reason: reason))
            }
        }
        let subject = CompiledAllowlist.Subject(
            text: surroundings.text, match: whole, secret: secret, path: surroundings.path, commit: nil)
        for list in rule.allowlists where try list.allows(subject, matcher: matcher) {
            return .failure(Dropped(reason: .allowlist, detail: list.name))
        }
        return .success(confidence)
    }
}
