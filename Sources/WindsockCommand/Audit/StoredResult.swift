import Findings
import Reports
import Rules
import Store

/// What of a store is told.
struct StoredSelection: Sendable {
    /// Keys of repositories; `nil`: all.
    var repositories: Set<String>?
    var minimumSeverity = Severity.low
    var minimumConfidence = Confidence.low
    /// What counts as found: secrets of these states; `nil`: open ones, and the others are told as decided.
    var states: Set<Decision.State>?
    /// Only secrets that are called so; `nil`: all.
    var fingerprints: Set<Fingerprint>?
}

/// A store as the result of a scan, which every report is written from.
///
/// Where there are several repositories, paths begin with the name of theirs.
struct StoredResult {
    private let content: StoreContent
    private let selection: StoredSelection
    /// Those that are told of, by number.
    private let repositories: [Int: StoredRepository]
    /// By number.
    private let names: [Int: String]
    /// Decides which decisions are in force.
    private let today: CalendarDay

    init(
        _ content: StoreContent, _ selection: StoredSelection = StoredSelection(), today: CalendarDay = .today
    ) {
        self.today = today
        self.content = content
        self.selection = selection
        let told = content.repositories.filter { selection.repositories?.contains($0.value.key) ?? true }
        repositories = told
        let counts = Dictionary(told.values.map { ($0.name, 1) }, uniquingKeysWith: +)
        // Two of one name are told by their pages or paths.
        names = told.mapValues { counts[$0.name] == 1 ? $0.name : $0.key }
    }

    /// The findings that are there, in the order of all reports.
    ///
    /// - Parameter target: What the summary calls it.
    func result(of target: String) -> ScanResult {
        var result = ScanResult(findings: [], rules: [], summary: summary(of: target))
        for secret in content.secrets where selection.fingerprints?.contains(secret.fingerprint) ?? true {
            guard var finding = finding(secret) else { continue }
            let state = secret.decision?.state(on: today) ?? .open
            if let states = selection.states {
                finding.remarks += secret.decision.map { ["\($0.sentence)"] } ?? []
                if states.contains(state) { result.findings.append(finding) }
            } else if let decision = secret.decision, state != .open {
                result.suppressed.append(
                    SuppressedFinding(finding: finding, reason: .decision, justification: decision.sentence))
                result.summary.suppression.add(1, for: .decision)
                result.summary.setting.notes += notes(finding, decision)
            } else {
                finding.remarks += remarks(secret.decision)
                result.findings.append(finding)
            }
        }
        result.findings.sort { $0.precedes($1) }
        result.suppressed.sort { $0.finding.precedes($1.finding) }
        var rules: [String: Rule] = [:]
        for finding in result.findings + result.suppressed.map(\.finding) { rules[finding.rule.id] = finding.rule }
        result.rules = rules.values.sorted { $0.id < $1.id }
        if repositories.count == 1, let only = repositories.values.first { result.repository = only.source }
        return result
    }

    // MARK: Secrets

    /// `nil` for one that is nowhere any more, or is not told.
    private func finding(_ secret: StoredSecret) -> Finding? {
        guard secret.severity >= selection.minimumSeverity, secret.confidence >= selection.minimumConfidence else {
            return nil
        }
        let sightings = secret.sightings.filter { !$0.isGone && repositories[$0.repository] != nil }
        guard !sightings.isEmpty else { return nil }
        var places: [Occurrence] = []
        var seen: Set<Occurrence> = []
        for sighting in sightings {
            for place in sighting.occurrences {
                let named = named(place, in: sighting.repository)
                // An audit and a scan of one repository see the same.
                if seen.insert(named).inserted { places.append(named) }
            }
        }
        guard !places.isEmpty else { return nil }
        var finding = Finding(
            rule: secret.rule, severity: secret.severity, confidence: secret.confidence,
            secret: Secret(visible: secret.redacted), identity: SecretIdentity(known: secret.fingerprint),
            occurrences: places.sorted { $0.precedes($1) })
        finding.verification = secret.verification
        finding.remarks = remarks(sightings) + [secret.annotation?.sentence].compactMap { $0 }
        finding.stored = StoredFacts(
            repositories: Set(sightings.compactMap { names[$0.repository] }).sorted(),
            state: (secret.decision?.state(on: today) ?? .open).rawValue, firstSeen: Int(secret.firstSeen))
        return finding
    }

    private func named(_ place: Occurrence, in repository: Int) -> Occurrence {
        // An address says by itself whose it is.
        guard repositories.count > 1, place.origin != .address, let name = names[repository] else { return place }
        var copy = place
        copy.path = "\(name)/\(place.path)"
        return copy
    }

    /// Who lets it pass: an audit shows that, and does not obey.
    private func remarks(_ sightings: [StoredSecret.Sighting]) -> [String] {
        var remarks: [String] = []
        for sighting in sightings {
            guard let silence = sighting.silence else { continue }
            let sentence = silence.reason.sentence(silence.justification)
            let place = repositories.count > 1 ? names[sighting.repository].map { "\($0): " } ?? "" : ""
            let remark = place + sentence
            if !remarks.contains(remark) { remarks.append(remark) }
        }
        return remarks
    }

    // MARK: Decisions

    /// What there is to say of an open one that was decided before.
    private func remarks(_ decision: Decision?) -> [String] {
        guard let decision else { return [] }
        if decision.isOver(on: today) { return ["was \(decision.sentence); that is over"] }
        return decision.isAutomatic ? ["open again: \(decision.reason)"] : []
    }

    /// What is about to end, and what somebody calls rotated while everybody still gets it with HEAD.
    private func notes(_ finding: Finding, _ decision: Decision) -> [String] {
        let name = "\(finding.fingerprint) (\(finding.rule.id))"
        var notes: [String] = []
        if let until = decision.until, until.days(since: today) <= Selection.soon {
            let days = until.days(since: today)
            notes.append(
                "\(name) is \(decision.sentence): \(days == 0 ? "today is the last day" : "\(days) days are left")")
        }
        if decision.state == .rotated, !finding.isGone { notes.append("\(name) is rotated and still in HEAD") }
        return notes
    }

    // MARK: Coverage

    private func summary(of target: String) -> ScanSummary {
        var summary = ScanSummary(mode: .audit, target: target)
        var parts: [CoveredPart] = []
        for (number, repository) in repositories.sorted(by: { $0.value.key < $1.value.key }) {
            for run in repository.runs {
                var part = run.summary
                let name = names[number] ?? repository.name
                for index in part.problems.indices where part.problems[index].subject != repository.key {
                    part.problems[index].subject = "\(name): \(part.problems[index].subject)"
                }
                part.setting.notes = part.setting.notes.map { "\(name): \($0)" }
                // What is let pass is told beside the finding.
                part.suppression = SuppressionCounts()
                summary.merge(part)
                parts.append(
                    CoveredPart(part, source: "\(repository.key) \(part.mode.rawValue) \(run.location)"))
            }
        }
        summary.target = target
        // A report of a store is merged with others.
        summary.setting.parts = CoveredPart.latest(parts)
        let digests = Set(repositories.values.flatMap(\.runs).compactMap(\.summary.setting.rulesDigest))
        summary.setting.rulesDigest = digests.count == 1 ? digests.first : nil
        return summary
    }
}
