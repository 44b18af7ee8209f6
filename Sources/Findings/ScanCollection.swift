package import Bytes
package import Rules

/// What one scan or several have come to, before it is judged what is reported.
///
/// Several are merged before thresholds and the baseline are asked: a secret that is sure in one repository is sure,
/// and a rule that names a provider in one of them knows the secret in all.
package struct ScanCollection {
    /// Why the matches of an item were reported or dropped.
    private struct Explained {
        var item: ItemExplanation
        var path: String
        var object: ObjectID?

        /// What is explained once; `nil` for what is no git object.
        var place: Place? { object.map { Place(object: $0, path: path) } }
    }

    private struct Place: Hashable {
        let object: ObjectID
        let path: String
    }

    private let rules: [Rule]
    package var findings: FindingCollector
    /// Counts, problems and what else there is to say of the coverage. What is suppressed is counted in the result.
    package var summary: ScanSummary
    /// Objects that were looked at; `nil` unless they are to be listed.
    package var objects: [ScannedObject]?
    /// Comments that let nothing pass, or are none: where they stand, and what is wrong with them as the snippet.
    package var complaints: [Occurrence] = []
    /// `nil` unless matches are to be explained.
    private var explained: [Explained]?

    /// - Parameter explains: Whether the result says of each match what became of it.
    package init(rules: [Rule], findings: FindingCollector, summary: ScanSummary, explains: Bool = false) {
        self.rules = rules
        self.findings = findings
        self.summary = summary
        explained = explains ? [] : nil
    }

    /// Adds why the matches of an item were reported or dropped, if that is asked for.
    ///
    /// - Parameter object: The git object that the item is, if it is one.
    package mutating func add(_ item: ItemExplanation, path: String, object: ObjectID?) {
        explained?.append(Explained(item: item, path: path, object: object))
    }

    /// Adds all of another collection, which is of a scan with the same rules.
    package mutating func merge(_ other: ScanCollection) {
        findings.merge(other.findings)
        summary.merge(other.summary)
        complaints += other.complaints
        if let more = other.objects { objects = (objects ?? []) + more }
        guard let more = other.explained else { return }
        // The same object is judged, and explained, under each of its paths.
        let known = Set((explained ?? []).compactMap(\.place))
        explained = (explained ?? []) + more.filter { $0.place.map(known.contains) != true }
    }

    /// Puts all that was found below a folder: that of a repository that lies at a path of another.
    package mutating func prefix(with folder: String) {
        findings.prefix(with: folder)
        for index in complaints.indices { complaints[index].path = "\(folder)/\(complaints[index].path)" }
        for index in summary.problems.indices {
            summary.problems[index].subject = "\(folder): \(summary.problems[index].subject)"
        }
        summary.target = folder
        explained = explained?.map { Explained(item: $0.item, path: "\(folder)/\($0.path)", object: $0.object) }
    }

    /// Judges what is reported.
    package func result(_ selection: Selection) -> ScanResult {
        var explanations = ExplanationCollector(rules: rules)
        for explained in explained ?? [] { explanations.add(explained.item, path: explained.path) }
        var summary = summary
        var known: [Finding] = []
        var reported = selection.selected(
            of: findings.findings(), counting: &summary.suppression, isTraced: explained != nil
        ) { finding, trace, reason in
            if explained != nil { explanations.note(finding, trace, droppedBy: reason?.dropReason) }
            if reason == .baseline { known.append(finding) }
        }
        for index in reported.indices { reported[index].remarks += findings.remarks(on: reported[index]) }
        reported.makeFingerprints()
        explanations.note(allowedByCommit: findings.suppressedByCommit)
        for key in findings.suppressedByCommit {
            summary.suppression.add(1, for: .allowlist, by: findings.filesOfCommits[key])
        }
        for (file, secrets) in findings.silences.byFile {
            // Where a file has set the threshold, too, both together must not hide that it lets something pass.
            for silenced in secrets.values
            where !selection.isBelowThreshold(silenced.severity, silenced.confidence)
                || selection.thresholdFile != nil && silenced.confidence > .low
            {
                summary.suppression.add(1, for: silenced.reason, by: file)
            }
        }
        summary.suppression.add(findings.suppressedInline.count, for: .inlineDirective)
        let merged = reported.map { $0.joiningVersions() }
        var result = ScanResult(
            findings: merged.sorted { $0.precedes($1) }, rules: rules, summary: summary)
        result.suppressed = known.map { finding in
            SuppressedFinding(
                finding: finding.joiningVersions(), reason: .baseline,
                justification: selection.baseline?.reason(for: finding) ?? "")
        }
        result.suppressed += findings.allowedFindings().filter { !selection.isBelowThreshold($0.finding) }
            .map { $0.joiningVersions() }
        if explained != nil { result.explanations = explanations.result() }
        result.objects = objects.map(Self.unique)
        result.complaints = complaints
        return result
    }

    /// Each object once, by id.
    private static func unique(_ objects: [ScannedObject]) -> [ScannedObject] {
        var seen: Set<String> = []
        return objects.filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }
}
