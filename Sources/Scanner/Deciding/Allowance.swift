import Bytes
import Findings
internal import PCRE2
import Rules

/// The sixth question, is it allowed: by an allow-list of the rule or of the configuration.
///
/// A comment in the text is asked the same, once for a blob, where its comments are known (`InlineDirectives.answer`).
struct Allowance: Sendable {
    /// Those that are part of the rules, and then those of somebody's settings: what these let pass is counted.
    private let lists: [CompiledAllowlist]

    /// - Parameter shared: Those of all rules; they may name the rules that they are for.
    init(_ rule: Rule, _ shared: [Allowlist]) {
        let global = shared.filter { $0.targetRules.isEmpty || $0.targetRules.contains(rule.id) }
        let all = (rule.allowlists + global).map(CompiledAllowlist.init)
        lists = all.filter { $0.origin == nil } + all.filter { $0.origin != nil }
    }

    var patterns: [LazyPattern] { lists.flatMap(\.patterns) }

    /// The first list that allows a candidate.
    ///
    /// - Throws: `MatchFailure` where a pattern of a list is given up.
    func list(
        for candidate: Candidate, path: String?, _ matcher: Matcher, _ trace: inout Trace
    ) throws(MatchFailure) -> CompiledAllowlist? {
        let subject = CompiledAllowlist.Subject(
            text: candidate.text, match: candidate.whole, secret: candidate.secret, path: path)
        for list in lists where try list.allows(subject, matcher: matcher) { return list }
        if !lists.isEmpty { trace.pass(.allowlist) }
        return nil
    }

    /// Whether a list allows whatever a commit brought.
    ///
    /// - Parameter commit: 40 hex digits.
    func allows(commit: String) -> Bool { list(allowing: commit) != nil }

    /// The first list that allows whatever a commit brought.
    func list(allowing commit: String) -> CompiledAllowlist? { lists.first { $0.allows(commit: commit) } }

    /// The settings that let a file as such pass.
    ///
    /// - Throws: `MatchFailure` where a pattern of a list is given up.
    func origin(silencing path: String, _ matcher: Matcher) throws(MatchFailure) -> Allowlist.Origin? {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        let subject = CompiledAllowlist.Subject(text: nothing, match: 0..<0, secret: 0..<0, path: path)
        for list in lists where list.origin != nil && !list.patterns.isEmpty {
            if try list.allows(subject, matcher: matcher) { return list.origin }
        }
        return nil
    }

    /// Whether a list allows a file as such: nothing is known of it but its path.
    ///
    /// - Throws: `MatchFailure` where a pattern of a list is given up.
    func allows(path: String, _ matcher: Matcher) throws(MatchFailure) -> Bool {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        let subject = CompiledAllowlist.Subject(text: nothing, match: 0..<0, secret: 0..<0, path: path)
        for list in lists where try list.allows(subject, matcher: matcher) { return true }
        return false
    }
}
