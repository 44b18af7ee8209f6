import Bytes
import Findings
internal import PCRE2
import Rules

/// The sixth question, is it allowed: by an allow-list of the rule or of the configuration.
///
/// A comment in the text is asked the same, once for a blob, where its comments are known (`InlineDirectives.suppress`).
struct Allowance: Sendable {
    private let lists: [CompiledAllowlist]

    /// - Parameter shared: Those of all rules; they may name the rules that they are for.
    init(_ rule: Rule, _ shared: [Allowlist]) {
        let global = shared.filter { $0.targetRules.isEmpty || $0.targetRules.contains(rule.id) }
        lists = (rule.allowlists + global).map(CompiledAllowlist.init)
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
    func allows(commit: String) -> Bool { lists.contains { $0.allows(commit: commit) } }

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

extension InlineDirectives {
    /// Whether a comment allows what a rule found in a range: on its line, on the line before, or around a block.
    ///
    /// - Parameter names: The id of the rule, and those that it had before.
    mutating func suppress(_ names: [String], range: Range<Int>) -> Bool {
        let line = line(of: range)
        if Self.allows(line, Words.directives, names) { return true }
        if let previous = previousLine(of: range), Self.allows(previous, Words.nextLineDirectives, names) {
            return true
        }
        return isInDisabledBlock(range)
    }

    private static func allows(_ line: UnsafeRawBufferPointer, _ directives: [StaticString], _ names: [String]) -> Bool
    {
        guard directives.contains(where: { line.containsCaseless($0) }) else { return false }
        let text = String(decoding: line, as: UTF8.self).lowercased()
        let isOther = directives.contains { !"\($0)".hasPrefix(Words.ownDirective) && text.contains("\($0)") }
        let isForNextLine = directives.contains { "\($0)" == Words.ownDirective + Words.nextLineSuffix }
        return isOther || ownAllows(text, forNextLine: isForNextLine, names)
    }

    /// `windsock:allow RULE reason` is for that rule alone, if what follows is the id of a rule; without an id it is for all.
    private static func ownAllows(_ text: String, forNextLine: Bool, _ names: [String]) -> Bool {
        text.ranges(of: Words.ownDirective).contains { range in
            var rest = text[range.upperBound...]
            guard rest.hasPrefix(Words.nextLineSuffix) == forNextLine else { return false }
            if forNextLine { rest = rest.dropFirst(Words.nextLineSuffix.count) }
            let word = rest.drop { $0 == " " || $0 == ":" }.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            // Rule ids are of several words; a reason's first word is hardly ever hyphenated.
            guard word.contains("-"), word.count > 3 else { return true }
            return names.contains { $0.lowercased() == word }
        }
    }
}
