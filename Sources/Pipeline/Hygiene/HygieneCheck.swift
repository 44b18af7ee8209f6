package import Findings
package import Rules
package import ScanSources
internal import Scanner

/// Looks for habits that leak keys: in the files that are tracked or could be, and in what a scan has found.
package struct HygieneCheck: Sendable {
    /// How long a secret may stand before it is old, in seconds.
    package static let oldAge = 90 * 86_400

    private let enabled: [HygieneRule: Rule]
    private let settings: ScanSettings
    /// Seconds since 1970-01-01 00:00 UTC.
    private let now: Double

    /// More is no file that somebody writes settings into.
    private static let maximumSize = 1 << 20

    /// - Parameters:
    ///   - rules: Those of the scan: what is not among them is not looked for.
    ///   - now: Seconds since 1970-01-01 00:00 UTC.
    package init(rules: [Rule], settings: ScanSettings, now: Double) {
        enabled = Dictionary(
            uniqueKeysWithValues: rules.compactMap { rule in HygieneRule(rawValue: rule.id).map { ($0, rule) } })
        self.settings = settings
        self.now = now
    }

    /// Adds hygiene findings to a result.
    ///
    /// - Parameter source: The files that are tracked, or present and not ignored.
    /// - Throws: `SourceError` when the files cannot be listed at all.
    package func check(_ result: inout ScanResult, _ source: some ScanSource) throws(SourceError) {
        var places: [Key: [Occurrence]] = [:]
        try inspectFiles(source, &places)
        for finding in result.findings { inspect(finding, &places) }
        let findings = places.compactMap { key, occurrences in finding(key, occurrences) }
        result.hygiene = findings.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            return (left.rule.id, left.secret.revealed) < (right.rule.id, right.secret.revealed)
        }
    }

    private struct Key: Hashable {
        var rule: HygieneRule
        var secret: Secret
    }

    private func finding(_ key: Key, _ occurrences: [Occurrence]) -> Finding? {
        guard let rule = enabled[key.rule], rule.severity >= settings.minimumSeverity else { return nil }
        let fingerprint = Fingerprint(ruleID: rule.id, secret: key.secret)
        if settings.baseline?.contains(fingerprint) == true { return nil }
        return Finding(
            rule: rule, severity: rule.severity, confidence: rule.confidence, fingerprint: fingerprint,
            secret: key.secret, occurrences: occurrences)
    }

    // MARK: Files

    private func inspectFiles(_ source: some ScanSource, _ places: inout [Key: [Occurrence]]) throws(SourceError) {
        let plan = try source.plan()
        let reader = try source.makeReader()
        for item in plan.items {
            guard let path = item.path?.description else { continue }
            let kind = SecretFileKind(path: path)
            let isWorkflow = WorkflowPrints.isWorkflow(path)
            guard kind != nil || isWorkflow else { continue }
            do throws(ReadFailure) {
                try reader.read(item, maximumSize: Self.maximumSize) { bytes in
                    if let kind, kind.holdsSecrets(bytes) { note(file: path, &places) }
                    if isWorkflow { note(prints: WorkflowPrints.lines(in: bytes), path, &places) }
                }
            } catch {
                // A scan of the files says what could not be read; this one only adds to it.
                continue
            }
        }
    }

    private func note(file path: String, _ places: inout [Key: [Occurrence]]) {
        let region = Occurrence.Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
        places[Key(rule: .secretFile, secret: Secret(visible: path)), default: []].append(
            Occurrence(path: path, origin: .file, region: region, confidence: .medium, lineHash: "", snippet: ""))
    }

    private func note(
        prints lines: [WorkflowPrints.Line], _ path: String, _ places: inout [Key: [Occurrence]]
    ) {
        for line in lines {
            let region = Occurrence.Region(
                startLine: line.number, startColumn: 1, endLine: line.number, endColumn: 1 + line.text.utf16.count)
            places[Key(rule: .workflowPrint, secret: Secret(visible: line.expression)), default: []].append(
                Occurrence(
                    path: path, origin: .file, region: region, confidence: .medium, lineHash: "", snippet: line.text))
        }
    }

    // MARK: Findings

    private func inspect(_ finding: Finding, _ places: inout [Key: [Occurrence]]) {
        // What is public by design may be in a browser, and may be old.
        guard finding.severity >= .medium, !finding.secret.isVisible else { return }
        for occurrence in finding.occurrences {
            if let name = BrowserVariable.name(before: finding.secret, in: occurrence.snippet) {
                places[Key(rule: .browserExposed, secret: Secret(visible: name)), default: []].append(occurrence)
            }
            guard let history = occurrence.history, history.isInHead, let introduced = history.introduced,
                now - Double(introduced.authorTime) > Double(Self.oldAge)
            else { continue }
            places[Key(rule: .oldSecret, secret: finding.secret), default: []].append(occurrence)
        }
    }
}
