import Bytes
internal import PCRE2
internal import Platform
package import Rules

/// Measures what patterns cost where they are tried, set against the windows that their rules' keywords open.
package struct PatternTimer {
    /// The worst that was measured of a rule.
    package struct Timing: Sendable {
        package var ruleID: String
        /// CPU time in microseconds for 1,000 bytes of what the rule's matches can take.
        package var microsecondsPerKilobyte: Double
        /// What it was measured on, in words.
        package var text: String
    }

    /// More is slow: with a window in every file that a keyword stands in, this is where a pattern begins to be felt.
    package static let limit = 10.0

    /// The least of so many counts: what else runs on the machine can only make a measurement longer.
    private static let repetitions = 5

    private let matcher = Matcher()

    package init() {}

    /// - Returns: `nil` for a rule without a pattern.
    /// - Throws: `PatternError`, and `MatchFailure` where the pattern is given up: it is worse than slow.
    package func time(_ rule: Rule) throws -> Timing? {
        guard let regex = rule.regex else { return nil }
        let pattern = try Pattern(regex)
        let windows = RuleWindows(rule)
        var worst: Timing?
        let texts = CheckTexts(keywords: rule.triggers)
        for text in texts.all() {
            let cost = try text.bytes.withUnsafeBytes { try self.cost(of: pattern, rule, windows, in: $0) }
            if cost > worst?.microsecondsPerKilobyte ?? -1 {
                worst = Timing(ruleID: rule.id, microsecondsPerKilobyte: cost, text: text.name)
            }
        }
        return worst
    }

    private func cost(
        of pattern: Pattern, _ rule: Rule, _ windows: RuleWindows, in text: UnsafeRawBufferPointer
    ) throws -> Double {
        let opened = windows.opened(in: text)
        let searched = windows.searched(in: text)
        let bytes = opened.reduce(0) { $0 + $1.count }
        guard bytes > 0 else { return 0 }
        var least = Double.infinity
        for _ in 0..<Self.repetitions {
            let start = Self.processorTime()
            for window in searched { try search(pattern, of: rule, window, in: text) }
            least = min(least, Self.processorTime() - start)
        }
        return least * 1e9 / Double(bytes)
    }

    private func search(
        _ pattern: Pattern, of rule: Rule, _ window: Range<Int>, in text: UnsafeRawBufferPointer
    ) throws(MatchFailure) {
        let subject = subject(window, rule, text)
        var start = window.lowerBound
        while start <= window.upperBound,
            let match = try matcher.firstMatch(of: pattern, in: subject, from: start, beginningBy: window.upperBound),
            match.lowerBound <= window.upperBound
        {
            start = max(match.lowerBound + 1, match.upperBound)
        }
    }

    private func subject(
        _ window: Range<Int>, _ rule: Rule, _ text: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        text.slice(0..<min(text.count, window.upperBound + Margins.behindWindow(of: rule)))
    }

    /// Seconds that this thread has computed.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
