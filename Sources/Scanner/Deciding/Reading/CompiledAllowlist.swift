import Bytes
internal import PCRE2
import Rules

/// An allow-list made ready for matching.
struct CompiledAllowlist: Sendable {
    fileprivate let list: Allowlist
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
        let commit: String?
    }

    func allows(_ subject: Subject, matcher: Matcher) throws(MatchFailure) -> Bool {
        var verdicts: [Bool] = []
        if !regexes.isEmpty {
            verdicts.append(try matches(regexes, text: target(subject), matcher: matcher))
        }
        if !paths.isEmpty { verdicts.append(try subject.path.matches(paths, matcher: matcher)) }
        if !list.commits.isEmpty {
            verdicts.append(subject.commit.map { commit in list.commits.contains { commit.hasPrefix($0) } } ?? false)
        }
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
}

extension String? {
    /// Whether one of the patterns matches this path; an unknown path matches none.
    func matches(_ patterns: [LazyPattern], matcher: Matcher) throws(MatchFailure) -> Bool {
        guard let path = self else { return false }
        let bytes = Array(path.utf8)
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

extension CompiledAllowlist {
    /// Whether the list allows whatever a commit brought.
    func allows(commit: String) -> Bool {
        let isEnough = list.condition == .any || list.regexes.isEmpty && list.paths.isEmpty && list.stopwords.isEmpty
        return isEnough && list.commits.contains { commit.hasPrefix($0) }
    }

    /// Whether the list allows a file as such: nothing is known of it but its path.
    func allows(path: String, matcher: Matcher) throws(MatchFailure) -> Bool {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        return try allows(
            Subject(text: nothing, match: 0..<0, secret: 0..<0, path: path, commit: nil), matcher: matcher)
    }
}
