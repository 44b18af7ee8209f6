internal import Bytes
import Findings
internal import Rules

/// SARIF 2.1.0 as GitHub's code scanning wants it: a result an occurrence, in one run. What a comment or the
/// baseline lets pass is there, too, as a suppressed result.
///
/// <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>
struct SARIF {
    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    /// Other places of the same secret that a result names; GitHub refuses a result with more than 1000.
    private static let relatedLimit = 10

    private let result: ScanResult
    private let options: ReportOptions
    private let limits: SARIFLimits
    /// What is reported, and behind it what is suppressed.
    private let findings: [Found]
    private let rules: [Rule]
    private let ruleIndices: [String: Int]
    private let artifacts: SARIFArtifacts

    init(result: ScanResult, options: ReportOptions, limits: SARIFLimits = .gitHub) {
        self.result = result
        self.options = options
        self.limits = limits
        findings =
            result.findings.map { Found(finding: $0, suppression: nil) }
            + result.suppressed.map { Found(finding: $0.finding, suppression: $0) }
        rules = limits.rules(of: findings.map(\.finding))
        ruleIndices = Dictionary(rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        artifacts = SARIFArtifacts(findings.map(\.finding))
    }

    /// A finding, and what keeps it from being reported.
    private struct Found {
        let finding: Finding
        let suppression: SuppressedFinding?
    }

    func bytes() -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("$schema", Self.schema)
            writer.field("version", "2.1.0")
            writer.field("runs", array: CollectionOfOne(())) { writer, _ in writer.object { run(&$0) } }
        }
        writer.endLine()
        return writer.bytes
    }

    private func run(_ writer: inout JSONWriter) {
        writer.field("tool", object: { $0.field("driver", object: driver) })
        // GitHub keeps the alerts of a history scan apart from those of the tree by this category.
        writer.field("automationDetails", object: { $0.field("id", "windsock/\(result.summary.mode.rawValue)/") })
        writer.field("columnKind", "utf16CodeUnits")
        writer.field("redactionTokens", ["…"])
        if let address = result.repository.address {
            writer.field("versionControlProvenance", array: CollectionOfOne(address)) { writer, address in
                writer.object { provenance(address, &$0) }
            }
        }
        artifacts.write(to: &writer)
        var written = 0
        writer.field("results", array: limits.selection(of: findings.map(\.finding))) { writer, place in
            guard writer.bytes.count < limits.size else { return }
            writer.object { self.result(findings[place.finding], place.occurrence, &$0) }
            written += 1
        }
        let total = findings.reduce(0) { $0 + $1.finding.occurrences.count }
        writer.field("invocations", array: CollectionOfOne(())) { writer, _ in
            writer.object { invocation(&$0, omittedResults: total - written, of: total) }
        }
    }

    /// Which repository it is, and at which commit: paths are relative to its root.
    private func provenance(_ address: String, _ writer: inout JSONWriter) {
        writer.field("repositoryUri", address)
        writer.field("revisionId", ifPresent: result.repository.commit)
        writer.field("branch", ifPresent: result.repository.branch)
        writer.field("mappedTo", object: { $0.field("uriBaseId", "%SRCROOT%") })
    }

    private func driver(_ writer: inout JSONWriter) {
        writer.field("name", "windsock")
        writer.field("version", options.toolVersion)
        writer.field("semanticVersion", options.toolVersion)
        if let uri = options.informationURI, uri.isWebAddress { writer.field("informationUri", uri) }
        writer.field("rules", array: rules) { writer, rule in
            writer.object { SARIFRule(rule: rule).write(to: &$0) }
        }
        writer.field("notifications", array: SARIFNotification.allCases) { writer, notification in
            writer.object { notification.describe(to: &$0) }
        }
    }

    private func result(_ found: Found, _ index: Int, _ writer: inout JSONWriter) {
        let finding = found.finding
        let occurrence = finding.occurrences[index]
        let related = finding.occurrences.indices.lazy.filter { $0 != index }.prefix(Self.relatedLimit)
            .map { finding.occurrences[$0] }
        writer.field("ruleId", finding.rule.id)
        if let index = ruleIndices[finding.rule.id] { writer.field("ruleIndex", index) }
        writer.field("level", finding.severity.sarifLevel)
        writer.field(
            "message",
            object: {
                $0.field("text", SARIFMessage.text(finding, at: occurrence, related: Array(related)))
            })
        writer.field("locations", array: CollectionOfOne(occurrence)) { writer, occurrence in
            writer.object { SARIFLocation(occurrence, artifacts).write(to: &$0) }
        }
        let inContainer = occurrence.members.isEmpty ? [] : [occurrence]
        if finding.occurrences.count > 1 || !inContainer.isEmpty {
            writer.field("relatedLocations", array: (related + inContainer).enumerated()) { writer, place in
                let location = SARIFLocation(place.element, artifacts)
                writer.object {
                    if place.offset < related.count {
                        location.writeRelated(to: &$0, id: place.offset + 1)
                    } else {
                        location.writeMember(to: &$0, id: place.offset + 1)
                    }
                }
            }
        }
        writer.field(
            "partialFingerprints",
            object: {
                $0.field("primaryLocationLineHash", lineHash(finding, occurrence))
                $0.field("windsock/v1", finding.fingerprint.description)
            })
        if let suppression = found.suppression {
            writer.field("suppressions", array: CollectionOfOne(suppression)) { writer, suppression in
                writer.object {
                    $0.field("kind", suppression.reason == .inlineDirective ? "inSource" : "external")
                    $0.field("status", "accepted")
                    $0.field("justification", suppression.sentence)
                }
            }
        }
        writer.field("properties", object: { properties(finding, occurrence, &$0) })
    }

    /// A weak secret is not in the hash of its line. Its fingerprint is put in instead, so that an alert that was closed for
    /// one password is not taken for that of the next in the same line.
    private func lineHash(_ finding: Finding, _ occurrence: Occurrence) -> String {
        guard finding.fingerprint.version != .plain, finding.secret.isWeak, !occurrence.lineHash.isEmpty else {
            return occurrence.lineHash
        }
        let parts = occurrence.lineHash.split(separator: ":")
        guard parts.count == 2 else { return occurrence.lineHash }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(parts[0]) \(finding.fingerprint)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\(String(hash, radix: 16)):\(parts[1])"
    }

    private func properties(_ finding: Finding, _ occurrence: Occurrence, _ writer: inout JSONWriter) {
        writer.field("redacted", finding.secret.redacted)
        if !finding.rule.provider.isEmpty {
            writer.field("provider", finding.rule.provider)
            writer.field("provider.certainty", finding.rule.certaintyOfProvider)
        }
        if !finding.opens.isEmpty { writer.field("opens", finding.opens.map { "\($0.what) \($0.name)" }) }
        writer.field("severity", finding.severity.rawValue)
        writer.field("confidence", occurrence.confidence.rawValue)
        writer.field("origin", occurrence.origin.kind)
        writer.field("object", ifPresent: occurrence.origin.object?.description)
        if !occurrence.decoders.isEmpty { writer.field("decoders", occurrence.decoders) }
        if let region = occurrence.decodedRegion { writer.field("decodedRegion", object: { $0.fields(of: region) }) }
        if let isNew = finding.isNew { writer.field("new", isNew) }
        if !finding.remarks.isEmpty { writer.field("remarks", finding.remarks) }
        if let verification = finding.verification {
            writer.field("verification", object: { $0.fields(of: verification) })
        }
        if let image = occurrence.image { writer.field("image", object: { $0.fields(of: image) }) }
        guard let history = occurrence.history else { return }
        if let commit = history.introduced {
            writer.field("commit", commit.id.description)
            writer.field("author", commit.authorName)
            writer.field("authorEmail", commit.authorEmail)
            writer.field("date", Timestamp(seconds: commit.authorTime).dateTime)
        }
        writer.field("removedIn", ifPresent: history.removed?.id.description)
        writer.field("inHead", history.isInHead)
        writer.field("reachability", history.reachability.kind)
        if !history.reachability.names.isEmpty { writer.field("references", history.reachability.names) }
        let now = Timestamp(seconds: result.summary.startTime).seconds
        guard let timeline = Timeline(finding.occurrences, now: now) else { return }
        writer.field("firstCommit", ifPresent: timeline.introduced?.id.description)
        writer.field("lastCommit", ifPresent: timeline.removed?.id.description)
        if let days = timeline.exposedDays { writer.field("exposedDays", days) }
        if !timeline.branches.isEmpty { writer.field("branches", timeline.branches) }
        if !timeline.tags.isEmpty { writer.field("tags", timeline.tags) }
    }

    private func invocation(_ writer: inout JSONWriter, omittedResults: Int, of total: Int) {
        let summary = result.summary
        writer.field("executionSuccessful", summary.isComplete)
        writer.field("startTimeUtc", summary.start.dateTime)
        writer.field("endTimeUtc", summary.end.dateTime)
        var notices = summary.problems.map { (SARIFNotification.notRead, $0.sentence) }
        if summary.wasInterrupted { notices.append((.interrupted, "The scan was interrupted before its end.")) }
        if omittedResults > 0 {
            notices.append((.resultsLeftOut, limits.notice(omitted: omittedResults, of: total)))
        }
        writer.field("toolExecutionNotifications", array: notices) { writer, notice in
            writer.object { notice.0.write(notice.1, to: &$0) }
        }
        writer.field(
            "properties",
            object: {
                $0.field("coverage", summary.coverage)
                $0.field("omitted", summary.omissionCounts)
                $0.field("suppressed", summary.suppressionCounts)
                if !summary.suppression.byFile.isEmpty { $0.field("suppressedBy", summary.suppression.byFile) }
                if !summary.remarks.isEmpty { $0.field("notes", summary.remarks) }
                $0.field("rulesDigest", ifPresent: summary.setting.rulesDigest)
            })
    }
}
