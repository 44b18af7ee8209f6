package import Rules

/// Why the matches of one item were reported or dropped.
package struct ItemExplanation: Sendable {
    /// Index in the plan.
    package var item: Int
    /// As in `Detection.members`.
    package var members: [String]
    package var places: [Explanation]
    /// By rule: how often each of its keywords stands in the item.
    package var unmatched: [Int: [String: Int]]

    package init(item: Int, members: [String] = [], places: [Explanation], unmatched: [Int: [String: Int]]) {
        self.item = item
        self.members = members
        self.places = places
        self.unmatched = unmatched
    }
}

/// Gathers the explanations of many blobs, and adds what only the whole scan knows: thresholds, the baseline, and that
/// another rule knows the same secret elsewhere.
package struct ExplanationCollector {
    private struct Unmatched {
        var keywords: Set<String> = []
        var hits = 0
        var files = 0
    }

    private struct Fate {
        var ruleID: String
        /// What the finding was asked and passed.
        var passed: [DropReason]
        /// `nil`: reported.
        var reason: DropReason?
    }

    private let rules: [Rule]
    private var places: [Explanation] = []
    private var unmatched: [Int: Unmatched] = [:]
    private var matched: Set<String> = []
    private var fates: [Secret: [Fate]] = [:]
    private var allowedByCommit: Set<FindingCollector.Key> = []
    private let indices: [String: Int]

    package init(rules: [Rule]) {
        self.rules = rules
        indices = Dictionary(rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package mutating func add(_ item: ItemExplanation, path: String) {
        for place in item.places {
            var place = place
            place.path = path
            matched.insert(place.ruleID)
            places.append(place)
        }
        for (rule, hits) in item.unmatched {
            unmatched[rule, default: Unmatched()].keywords.formUnion(hits.keys)
            unmatched[rule, default: Unmatched()].hits += hits.values.reduce(0, +)
            unmatched[rule, default: Unmatched()].files += 1
        }
    }

    /// Notes what became of a finding.
    ///
    /// - Parameters:
    ///   - trace: What it was asked.
    ///   - reason: Why it is not reported; `nil` if it is.
    package mutating func note(_ finding: Finding, _ trace: Trace, droppedBy reason: DropReason?) {
        fates[finding.secret.value, default: []].append(
            Fate(ruleID: finding.rule.id, passed: trace.passed, reason: reason))
    }

    /// Notes secrets that came with a commit that an allow-list names.
    package mutating func note(allowedByCommit secrets: Set<FindingCollector.Key>) {
        allowedByCommit.formUnion(secrets)
    }

    package func result() -> ScanExplanations {
        let unmatched = unmatched.filter { !matched.contains(rules[$0.key].id) }.map { rule, seen in
            ScanExplanations.Unmatched(
                ruleID: rules[rule].id, keywords: seen.keywords.sorted(), hits: seen.hits, files: seen.files)
        }
        return ScanExplanations(
            places: places.map(settled).sorted(by: Self.precedes), unmatched: unmatched.sorted { $0.ruleID < $1.ruleID }
        )
    }

    private func settled(_ place: Explanation) -> Explanation {
        guard place.isReported else { return place }
        let fates = fates[place.secret.value] ?? []
        var place = place
        if let own = fates.first(where: { $0.ruleID == place.ruleID }) {
            for filter in own.passed { place.ask(filter, drops: false) }
            if let reason = own.reason { place.drop(by: reason) }
        } else if isAllowedByCommit(place) {
            place.drop(by: .allowlist, detail: "it names the commit that brought it")
        } else if let other = fates.first {
            place.drop(by: .overlap, detail: "the same secret is known as \(other.ruleID) from another place")
        }
        return place
    }

    private func isAllowedByCommit(_ place: Explanation) -> Bool {
        guard !allowedByCommit.isEmpty, let rule = indices[place.ruleID] else { return false }
        return allowedByCommit.contains(FindingCollector.Key(rule: rule, secret: place.secret))
    }

    private static func precedes(_ left: Explanation, _ right: Explanation) -> Bool {
        if left.path != right.path { return left.path < right.path }
        return (left.region.startLine, left.region.startColumn, left.ruleID)
            < (right.region.startLine, right.region.startColumn, right.ruleID)
    }
}
