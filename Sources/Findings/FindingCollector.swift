internal import Bytes
package import Rules

/// Gathers detections of many blobs into findings: one a secret.
package struct FindingCollector {
    private struct Key: Hashable {
        var rule: Int
        var secret: Secret
    }

    private let rules: [Rule]
    private let isAllowed: (_ commit: String, _ rule: Int) -> Bool
    private var occurrences: [Key: [Occurrence]] = [:]
    /// Secrets that a directive in the text suppressed somewhere.
    package private(set) var suppressedInline: Set<Fingerprint> = []
    /// Secrets that came with a commit that an allow-list names.
    package private(set) var suppressedByCommit: Set<Fingerprint> = []

    /// - Parameter isAllowed: Whether an allow-list of a rule names a commit.
    package init(rules: [Rule], isAllowed: @escaping (_ commit: String, _ rule: Int) -> Bool = { _, _ in false }) {
        self.rules = rules
        self.isAllowed = isAllowed
    }

    package mutating func add(
        _ detection: Detection, path: String, origin: Origin, history: Occurrence.History?
    ) {
        if detection.isSuppressedInline {
            suppressedInline.insert(Fingerprint(ruleID: rules[detection.ruleIndex].id, secret: detection.secret))
            return
        }
        if let commit = history?.introduced?.id.description, isAllowed(commit, detection.ruleIndex) {
            suppressedByCommit.insert(Fingerprint(ruleID: rules[detection.ruleIndex].id, secret: detection.secret))
            return
        }
        occurrences[Key(rule: detection.ruleIndex, secret: detection.secret), default: []].append(
            Occurrence(
                path: path, origin: origin, region: detection.region, confidence: detection.confidence,
                lineHash: detection.lineHash, snippet: detection.snippet, decoders: detection.decoders,
                history: history))
    }

    /// All findings, the gravest first.
    package func findings() -> [Finding] {
        merged().map { key, places in
            let rule = rules[key.rule]
            return Finding(
                rule: rule, severity: rule.severity, confidence: places.map(\.confidence).max() ?? rule.confidence,
                fingerprint: Fingerprint(ruleID: rule.id, secret: key.secret), secret: key.secret,
                occurrences: places.sorted(by: Self.precedes))
        }.sorted(by: Self.precedes)
    }

    /// A secret that a provider's rule knows in one place is the same secret where only a weaker rule found it.
    private func merged() -> [Key: [Occurrence]] {
        var best: [Secret: Key] = [:]
        for key in occurrences.keys {
            guard let known = best[key.secret] else {
                best[key.secret] = key
                continue
            }
            if explainsBetter(key, than: known) { best[key.secret] = key }
        }
        var result: [Key: [Occurrence]] = [:]
        for (key, places) in occurrences {
            result[best[key.secret].flatMap { isWeak(key) ? $0 : nil } ?? key, default: []] += places
        }
        return result
    }

    /// A rule that does not name a provider, or that took the secret for what it is at medium confidence only.
    private func isWeak(_ key: Key) -> Bool { rank(key) < 2 }

    private func explainsBetter(_ key: Key, than other: Key) -> Bool {
        rank(key) != rank(other) ? rank(key) > rank(other) : rules[key.rule].id < rules[other.rule].id
    }

    private func rank(_ key: Key) -> Int {
        if rules[key.rule].provider.isEmpty { return 0 }
        return rules[key.rule].confidence == .high ? 2 : 1
    }

    private static func precedes(_ left: Occurrence, _ right: Occurrence) -> Bool {
        if left.path != right.path { return left.path < right.path }
        if left.region.startLine != right.region.startLine { return left.region.startLine < right.region.startLine }
        if left.region.startColumn != right.region.startColumn {
            return left.region.startColumn < right.region.startColumn
        }
        // Files have no object, and there is one file of a path.
        return (left.origin.object ?? .zero) < (right.origin.object ?? .zero)
    }

    private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.confidence != right.confidence { return left.confidence > right.confidence }
        guard let first = left.occurrences.first, let second = right.occurrences.first else { return false }
        if precedes(first, second) { return true }
        if precedes(second, first) { return false }
        return left.fingerprint < right.fingerprint
    }
}
