package import Rules

/// Gathers detections of many blobs into findings: one a secret.
package struct FindingCollector {
    /// A secret that a rule has found, whatever it is spelt like.
    package struct Key: Hashable {
        /// Index of the rule.
        package let rule: Int
        /// The value of the secret.
        package let value: Secret

        /// - Parameter secret: As it was found.
        package init(rule: Int, secret: Secret) {
            self.rule = rule
            value = secret.value
        }
    }

    private let rules: [Rule]
    private let key: FingerprintKey?
    private let isAllowed: (_ commit: String, _ rule: Int) -> Bool
    private let fileAllowing: (_ commit: String, _ rule: Int) -> String?
    private var occurrences: [Key: [Occurrence]] = [:]
    /// The literals that each value was found as.
    private var spellings: [Secret: Set<Secret>] = [:]
    /// Whose a secret probably is, where its rule does not say so.
    private var providers: [Key: String] = [:]
    /// What stands beside secrets and says what they open.
    private var opens: [Key: Set<Opened>] = [:]
    /// What stands around secrets whose providers are asked with more than the secret.
    private var surroundings: [Key: Secret] = [:]
    /// Secrets that a directive in the text suppressed somewhere.
    package private(set) var suppressedInline: Set<Key> = []
    /// Where these stand.
    private var allowed: [Key: AllowedPlaces] = [:]
    /// Until when directives have let secrets pass that they do not let pass any more.
    private var endedDirectives: [Key: CalendarDay] = [:]
    /// Secrets that came with a commit that an allow-list names.
    package private(set) var suppressedByCommit: Set<Key> = []
    /// Files whose allow-lists name the commits that such secrets came with.
    package private(set) var filesOfCommits: [Key: String] = [:]
    /// What somebody's settings let pass.
    package private(set) var silences = Silences()

    /// - Parameters:
    ///   - key: A team's, for fingerprints.
    ///   - isAllowed: Whether an allow-list of a rule names a commit.
    ///   - fileAllowing: The file of settings that such a list stands in, if it is in one.
    package init(
        rules: [Rule], key: FingerprintKey? = nil,
        isAllowed: @escaping (_ commit: String, _ rule: Int) -> Bool = { _, _ in false },
        fileAllowing: @escaping (_ commit: String, _ rule: Int) -> String? = { _, _ in nil }
    ) {
        self.rules = rules
        self.key = key
        self.isAllowed = isAllowed
        self.fileAllowing = fileAllowing
    }

    package mutating func add(
        _ detection: Detection, path: String, origin: Origin, history: Occurrence.History?, image: ImagePlace? = nil
    ) {
        let key = Key(rule: detection.ruleIndex, secret: detection.secret)
        var place = Occurrence(
            path: path, members: detection.members, origin: origin, region: detection.region,
            confidence: detection.confidence, lineHash: detection.lineHash, snippet: detection.snippet,
            decoders: detection.decoders, decodedRegion: detection.decodedRegion, history: history)
        place.image = image
        if detection.isSuppressedInline {
            suppressedInline.insert(key)
            allowed[key, default: AllowedPlaces()].add(place, reason: detection.suppressionReason)
            return
        }
        if let commit = history?.introduced?.id.description, isAllowed(commit, detection.ruleIndex) {
            suppressedByCommit.insert(key)
            filesOfCommits[key] = fileAllowing(commit, detection.ruleIndex)
            return
        }
        if let day = detection.allowedUntil { noteEnd(day, of: key) }
        spellings[key.value, default: []].insert(detection.secret)
        note(detection.provider, of: key)
        if !detection.beside.opens.isEmpty { opens[key, default: []].formUnion(detection.beside.opens) }
        if let around = detection.beside.text { surroundings[key] = surroundings[key] ?? around }
        occurrences[key, default: []].append(place)
    }

    /// Counts what somebody's settings let pass.
    package mutating func add(_ detection: SilencedDetection) { silences.add(detection, rules) }

    /// What settings keep a surer rule from saying of a finding, in a sentence without a full stop.
    package func remarks(on finding: Finding) -> [String] {
        silences.claims(to: finding.secret.value).map { claim in
            let fingerprint = fingerprint(of: Key(rule: claim.rule, secret: claim.secret))
            return
                "\(claim.file) keeps \(rules[claim.rule].id) from reporting it with \(claim.confidence.rawValue) confidence, as \(fingerprint)"
        }
    }

    private mutating func noteEnd(_ day: CalendarDay, of key: Key) {
        endedDirectives[key] = endedDirectives[key].map { max($0, day) } ?? day
    }

    /// Of several the first in the alphabet counts, in whatever order they come.
    private mutating func note(_ provider: String?, of key: Key) {
        guard let provider else { return }
        providers[key] = providers[key].map { min($0, provider) } ?? provider
    }

    /// Adds all of another collector, which is of the same rules. A place that both know is one, and the surest.
    package mutating func merge(_ other: FindingCollector) {
        for (key, provider) in other.providers { note(provider, of: key) }
        opens.merge(other.opens) { $0.union($1) }
        suppressedInline.formUnion(other.suppressedInline)
        for (key, day) in other.endedDirectives { noteEnd(day, of: key) }
        surroundings.merge(other.surroundings) { first, _ in first }
        allowed.merge(other.allowed) { $0.merging($1) }
        suppressedByCommit.formUnion(other.suppressedByCommit)
        filesOfCommits.merge(other.filesOfCommits) { first, _ in first }
        silences.merge(other.silences)
        spellings.merge(other.spellings) { $0.union($1) }
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
        allowed = allowed.mapValues { allowed in
            var copy = allowed
            copy.places = copy.places.map { $0.moved(below: folder) }
            return copy
        }
    }

    /// All findings, the gravest first.
    package func findings() -> [Finding] {
        merged().map { key, places in
            let rule = rules[key.rule]
            let spellings = spellings[key.value] ?? []
            var finding = Finding(
                rule: providers[key].map { rule.probably(of: $0, among: rules) } ?? rule, severity: rule.severity,
                confidence: places.map(\.confidence).max() ?? rule.confidence,
                secret: Self.shortest(spellings) ?? key.value,
                identity: SecretIdentity(
                    rule: rule, secret: key.value, spellings: spellings.map(\.bytes), key: self.key),
                occurrences: places.sorted { $0.precedes($1) })
            finding.opens = (opens[key] ?? []).sorted()
            finding.surroundings = surroundings[key]
            if let day = endedDirectives[key] {
                finding.isNew = true
                finding.remarks.append("a comment let it pass until \(day); that is over")
            }
            return finding
        }.sorted { $0.precedes($1) }
    }

    /// What was read where directives let something pass.
    package var allowedOrigins: Set<Origin> { Set(allowed.values.flatMap(\.places).map(\.origin)) }

    /// What directives in the text let pass, the gravest first.
    package func allowedFindings() -> [SuppressedFinding] {
        allowed.compactMap { key, allowed in
            // Of what an earlier scan has read only the number is known.
            let places = allowed.places.filter { !$0.path.isEmpty }
            guard !places.isEmpty else { return nil }
            let rule = rules[key.rule]
            let finding = Finding(
                rule: rule, severity: rule.severity,
                confidence: places.map(\.confidence).max() ?? rule.confidence, secret: key.value,
                identity: SecretIdentity(rule: rule, secret: key.value, key: self.key),
                occurrences: places.sorted { $0.precedes($1) })
            return SuppressedFinding(finding: finding, reason: .inlineDirective, justification: allowed.reason)
        }.sorted { $0.finding.precedes($1.finding) }
    }

    /// What a suppressed secret is called.
    package func fingerprint(of key: Key) -> Fingerprint {
        SecretIdentity(rule: rules[key.rule], secret: key.value, key: self.key).fingerprint
    }

    /// The literal that comes nearest to the value. The value itself may stand nowhere: a backslash may have been meant.
    private static func shortest(_ spellings: Set<Secret>) -> Secret? {
        spellings.min { left, right in
            left.bytes.count != right.bytes.count
                ? left.bytes.count < right.bytes.count : left.bytes.lexicographicallyPrecedes(right.bytes)
        }
    }

    /// A secret that a provider's rule knows in one place is the same secret where only a weaker rule found it.
    private func merged() -> [Key: [Occurrence]] {
        var best: [Secret: Key] = [:]
        for key in occurrences.keys {
            guard let known = best[key.value] else {
                best[key.value] = key
                continue
            }
            if rank(key) > rank(known) { best[key.value] = key }
        }
        var result: [Key: [Occurrence]] = [:]
        for (key, places) in occurrences {
            result[best[key.value].flatMap { rank(key).isWeak ? $0 : nil } ?? key, default: []] += places
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
