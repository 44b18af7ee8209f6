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
                decodedRegion: detection.decodedRegion, history: history))
    }

    /// Adds all of another collector, which is of the same rules. A place that both know is one, and the surest.
    package mutating func merge(_ other: FindingCollector) {
        suppressedInline.formUnion(other.suppressedInline)
        suppressedByCommit.formUnion(other.suppressedByCommit)
        for (key, places) in other.occurrences {
            var known = occurrences[key, default: []]
            var numbers = Dictionary(known.enumerated().map { ($1.place, $0) }, uniquingKeysWith: { first, _ in first })
            for place in places {
                if let number = numbers[place.place] {
                    known[number].confidence = max(known[number].confidence, place.confidence)
                } else {
                    numbers[place.place] = known.count
                    known.append(place)
                }
            }
            occurrences[key] = known
        }
    }

    /// Puts every place below a folder.
    package mutating func prefix(with folder: String) {
        occurrences = occurrences.mapValues { places in places.map { $0.moved(below: folder) } }
    }

    /// All findings, the gravest first.
    package func findings() -> [Finding] {
        merged().map { key, places in
            let rule = rules[key.rule]
            return Finding(
                rule: rule, severity: rule.severity, confidence: places.map(\.confidence).max() ?? rule.confidence,
                fingerprint: Fingerprint(ruleID: rule.id, secret: key.secret), secret: key.secret,
                occurrences: places.sorted { $0.precedes($1) })
        }.sorted { $0.precedes($1) }
    }

    /// A secret that a provider's rule knows in one place is the same secret where only a weaker rule found it.
    private func merged() -> [Key: [Occurrence]] {
        var best: [Secret: Key] = [:]
        for key in occurrences.keys {
            guard let known = best[key.secret] else {
                best[key.secret] = key
                continue
            }
            if rank(key) > rank(known) { best[key.secret] = key }
        }
        var result: [Key: [Occurrence]] = [:]
        for (key, places) in occurrences {
            result[best[key.secret].flatMap { rank(key).isWeak ? $0 : nil } ?? key, default: []] += places
        }
        return result
    }

    private func rank(_ key: Key) -> ClaimRank { ClaimRank(anywhereBy: rules[key.rule]) }
}

extension Occurrence {
    /// The place as seen from the repository that has this one's in a folder.
    fileprivate func moved(below folder: String) -> Occurrence {
        var copy = self
        copy.path = "\(folder)/\(path)"
        if let paths = history?.otherPaths { copy.history?.otherPaths = paths.map { "\(folder)/\($0)" } }
        return copy
    }
}
