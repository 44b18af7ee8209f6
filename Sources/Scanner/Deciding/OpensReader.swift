internal import Bytes
import Findings
internal import PCRE2
import Rules

/// Finds beside a secret what it opens, as its rule says how.
struct OpensReader: Sendable {
    private let patterns: [(what: String, pattern: LazyPattern)]

    /// How far to either side it is looked for: lines, and bytes where they are long.
    private static let lines = 6
    private static let reach = 1024
    /// The longest name, in bytes.
    private static let longest = 128
    /// Places that a pattern matches, at the most: the nearest of them counts.
    private static let attempts = 32

    /// - Returns: `nil` for a rule that does not say how.
    init?(_ rule: Rule) {
        let opens = rule.opens
        guard !opens.isEmpty else { return nil }
        patterns = opens.map { ($0.what, LazyPattern($0.regex)) }
    }

    /// - Parameters:
    ///   - secret: Its place.
    ///   - secrets: Those of the text: no name is a part of one.
    /// - Returns: In order, for each pattern at most one: what stands nearest.
    func opened(
        by secret: Range<Int>, in text: UnsafeRawBufferPointer, besides secrets: [Range<Int>], _ matcher: Matcher
    ) -> [Opened] {
        let window = Self.window(around: secret, in: text)
        var result: [Opened] = []
        for (what, pattern) in patterns {
            guard let pattern = pattern.pattern() else { continue }
            var best: (distance: Int, name: Range<Int>)?
            for name in Self.names(pattern, in: window, of: text, matcher) {
                guard !name.overlaps(secret), !secrets.contains(where: { $0.overlaps(name) }),
                    Self.isName(text.slice(name))
                else { continue }
                let distance =
                    name.upperBound <= secret.lowerBound
                    ? secret.lowerBound - name.upperBound : name.lowerBound - secret.upperBound
                if best.map({ distance < $0.distance }) ?? true { best = (distance, name) }
            }
            if let best {
                result.append(Opened(what: what, name: String(decoding: text.slice(best.name), as: UTF8.self)))
            }
        }
        return Set(result).sorted()
    }

    private static func names(
        _ pattern: Pattern, in window: Range<Int>, of text: UnsafeRawBufferPointer, _ matcher: Matcher
    ) -> [Range<Int>] {
        let subject = text.slice(window)
        var names: [Range<Int>] = []
        var start = 0
        while start <= subject.count, names.count < attempts,
            let whole = try? matcher.firstMatch(of: pattern, in: subject, from: start)
        {
            let name = matcher.range(ofGroup: matcher.firstParticipatingGroup()) ?? whole
            if !name.isEmpty { names.append(name.lowerBound + window.lowerBound..<name.upperBound + window.lowerBound) }
            start = max(whole.upperBound, whole.lowerBound + 1)
        }
        return names
    }

    private static func window(around secret: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int> {
        let own = SourceLines.own(of: secret, in: text, reach: reach)
        var window = own
        for line in SourceLines.above(own.lowerBound, in: text, downTo: max(0, own.lowerBound - reach)).prefix(lines) {
            window = min(window.lowerBound, line.lowerBound)..<window.upperBound
        }
        for line in SourceLines.below(own.upperBound, in: text, upTo: min(text.count, own.upperBound + reach))
            .prefix(lines)
        {
            window = window.lowerBound..<max(window.upperBound, line.upperBound)
        }
        return window
    }

    /// Whether it is a name as people give them: of hosts, accounts, projects, and addresses without a user.
    private static func isName(_ name: UnsafeRawBufferPointer) -> Bool {
        (1...longest).contains(name.count)
            && name.allSatisfy { byte in
                byte.isAlphanumeric || [.period, .hyphen, .underscore, .colon, .slash, .atSign].contains(byte)
            }
    }
}
