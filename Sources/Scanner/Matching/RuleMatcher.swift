internal import PCRE2
import Rules

/// Runs the patterns of rules where they are to be tried. One a thread; memory is reused.
struct RuleMatcher: ~Copyable {
    /// A place that a pattern matched.
    struct Found {
        var whole: Range<Int>
        /// Lies in it; not empty.
        var secret: Range<Int>
    }

    let matcher = Matcher()
    /// For each rule, once it was asked for: to ask a rule for its own takes a lock, which all threads take.
    private var patterns: [Pattern?]
    /// For each rule, the work so far, of all texts.
    private(set) var work: [MatchingWork]

    init(ruleCount: Int) {
        patterns = Array(repeating: nil, count: ruleCount)
        work = Array(repeating: MatchingWork(), count: ruleCount)
    }

    /// The compiled pattern of a rule; `nil` if it does not compile.
    mutating func pattern(of rule: Int, _ source: LazyPattern?) -> Pattern? {
        if let pattern = patterns[rule] { return pattern }
        patterns[rule] = source?.pattern()
        return patterns[rule]
    }

    /// Counts candidates that no pattern found.
    mutating func noteCandidates(_ count: Int, of rule: Int) { work[rule].candidates += count }

    /// The next match that begins in the window of a search, with the secret in it; `nil` if there is none.
    mutating func next(in search: inout PatternSearch) throws(MatchFailure) -> Found? {
        let (rule, end) = (search.rule, search.window.upperBound)
        while search.position <= end {
            let found = try matcher.firstMatch(
                of: search.pattern, in: search.subject, from: search.position, beginningBy: end)
            work[rule].calls += 1
            work[rule].bytes += (found?.lowerBound ?? end) - search.position + 1
            // `\K` can make a match that begins in the window seem to begin behind it.
            guard let whole = found, whole.lowerBound <= end else { return nil }
            work[rule].candidates += 1
            let secret = matcher.range(ofGroup: search.group ?? matcher.firstParticipatingGroup()) ?? whole
            search.position = max(whole.lowerBound + 1, secret.upperBound)
            if !secret.isEmpty { return Found(whole: whole, secret: secret) }
        }
        return nil
    }
}
