package import Findings
internal import PCRE2
package import Rules

/// Rules without a pattern for the content: the file itself is what they find, whatever is in it. One a thread; not
/// `Sendable`.
package final class PathRules {
    private let engine: ScanEngine
    private let matcher = Matcher()

    package init(engine: ScanEngine) { self.engine = engine }

    /// A detection for each rule that a path fits.
    ///
    /// - Parameter path: Relative, `/` between components.
    package func detections(_ path: String) -> [Detection] {
        engine.index.pathRules.filter { isFound(engine.compiledRule($0), path) }.map { index in
            Detection(
                ruleIndex: index, secret: Secret(visible: path), confidence: engine.rules[index].confidence,
                region: Occurrence.Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1), lineHash: "",
                snippet: "", decoders: [], isSuppressedInline: false)
        }
    }

    /// The settings that let all that a rule finds at a path pass; `nil`: none do.
    package func origin(silencing ruleID: String, at path: String) -> Allowlist.Origin? {
        guard let index = engine.rules.firstIndex(where: { $0.id == ruleID }) else { return nil }
        do throws(MatchFailure) {
            return try engine.compiledRule(index).decision.allowance.origin(silencing: path, matcher)
        } catch {
            // What cannot be told is told of.
            return nil
        }
    }

    private func isFound(_ rule: CompiledRule, _ path: String) -> Bool {
        guard let pattern = rule.decision.path else { return false }
        do throws(MatchFailure) {
            guard try path.matches(any: [pattern], matcher) else { return false }
            return try !rule.decision.allowance.allows(path: path, matcher)
        } catch {
            // A path is short: a pattern that gives up on it does not say that it fits.
            return false
        }
    }
}
