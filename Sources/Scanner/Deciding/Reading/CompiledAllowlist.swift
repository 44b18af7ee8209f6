import Bytes
internal import PCRE2
import Rules

/// An allow-list made ready for matching.
struct CompiledAllowlist: Sendable {
    private let list: Allowlist
    private let regexes: [LazyPattern]
    private let paths: [LazyPattern]
    private let stopwords: [[UInt8]]

    init(_ list: Allowlist) {
        self.list = list
        regexes = list.regexes.map(LazyPattern.init)
        paths = list.paths.map(LazyPattern.init)
        stopwords = list.stopwords.map { Array($0.utf8) }
    }

    var patterns: [LazyPattern] { regexes + paths }

    /// What its author calls it; its patterns might hold a secret.
    var name: String? { list.description.isEmpty ? nil : list.description }

    /// What a match offers to be judged by.
    struct Subject {
        let text: UnsafeRawBufferPointer
        let match: Range<Int>
        let secret: Range<Int>
        let path: String?
    }

    /// The file of settings that it stands in.
    var origin: Allowlist.Origin? { list.origin }

    func allows(_ subject: Subject, matcher: Matcher) throws(MatchFailure) -> Bool {
        guard let origin = list.origin else { return try holds(subject, matcher: matcher) }
        guard let path = subject.path else {
            // It speaks for a folder, and nobody knows whether this is in it.
            return origin.folder.isEmpty ? try holds(subject, matcher: matcher) : false
        }
        guard let own = origin.path(path) else { return false }
        return try holds(
            Subject(text: subject.text, match: subject.match, secret: subject.secret, path: own), matcher: matcher)
    }

    private func holds(_ subject: Subject, matcher: Matcher) throws(MatchFailure) -> Bool {
        var verdicts: [Bool] = []
        if !regexes.isEmpty {
            verdicts.append(try matches(regexes, text: target(subject), matcher: matcher))
        }
        if !paths.isEmpty { verdicts.append(try subject.path?.matches(any: paths, matcher) ?? false) }
        // Which commit brought it is not known while a text is looked at.
        if !list.commits.isEmpty { verdicts.append(false) }
        if !stopwords.isEmpty {
            let secret = subject.text.slice(subject.secret)
            verdicts.append(stopwords.contains { secret.containsCaseless($0) })
        }
        switch list.condition {
        case .any: return verdicts.contains(true)
        case .all: return !verdicts.isEmpty && !verdicts.contains(false)
        }
    }

    private func target(_ subject: Subject) -> UnsafeRawBufferPointer {
        switch list.target {
        case .secret: return subject.text.slice(subject.secret)
        case .match: return subject.text.slice(subject.match)
        case .line:
            let start = subject.text.lineStart(of: subject.match.lowerBound)
            return subject.text.slice(start..<subject.text.lineEnd(of: subject.match.upperBound))
        }
    }

    private func matches(
        _ patterns: [LazyPattern], text: UnsafeRawBufferPointer, matcher: Matcher
    ) throws(MatchFailure) -> Bool {
        for lazy in patterns {
            guard let pattern = lazy.pattern() else { continue }
            if try matcher.firstMatch(of: pattern, in: text) != nil { return true }
        }
        return false
    }

    /// Whether the list allows whatever a commit brought.
    func allows(commit: String) -> Bool {
        let isEnough = list.condition == .any || list.regexes.isEmpty && list.paths.isEmpty && list.stopwords.isEmpty
        return isEnough && list.commits.contains { commit.hasPrefix($0) }
    }
}

extension String {
    /// Whether one of the patterns matches this path.
    ///
    /// - Throws: `MatchFailure` where one is given up.
    func matches(any patterns: [LazyPattern], _ matcher: Matcher) throws(MatchFailure) -> Bool {
        let bytes = Array(utf8)
        // `withUnsafeBytes` rethrows without the error's type.
        let result: Result<Bool, MatchFailure> = bytes.withUnsafeBytes { buffer in
            Result { () throws(MatchFailure) in
                for lazy in patterns {
                    guard let pattern = lazy.pattern() else { continue }
                    if try matcher.firstMatch(of: pattern, in: buffer) != nil { return true }
                }
                return false
            }
        }
        return try result.get()
    }
}
