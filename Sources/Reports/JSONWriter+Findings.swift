internal import Bytes
import Findings
internal import Rules

/// The parts that JSON and JSON Lines share; `Documentation/json.md` describes them for readers.
extension JSONWriter {
    /// The version of the form. A reader may rely on what this names; fields may be added under the same name.
    static let schema = "windsock/1"

    /// - Parameter now: The time of the scan in seconds since 1970, until when secrets that are still there were exposed.
    mutating func fields(of finding: Finding, showingSecret: Bool, now: Int) {
        field("rule", finding.rule.id)
        field("description", finding.rule.explanation)
        field("provider", finding.rule.provider)
        if !finding.rule.provider.isEmpty { field("provider.certainty", finding.rule.certaintyOfProvider) }
        if !finding.opens.isEmpty {
            field("opens", array: finding.opens) { writer, opened in
                writer.object {
                    $0.field("what", opened.what)
                    $0.field("name", opened.name)
                }
            }
        }
        field("tags", finding.rule.tags)
        field("severity", finding.severity.rawValue)
        field("confidence", finding.confidence.rawValue)
        field("fingerprint", finding.fingerprint.description)
        field("redacted", finding.secret.redacted)
        if showingSecret { field("secret", finding.secret.revealed) }
        if let isNew = finding.isNew { field("new", isNew) }
        if !finding.remarks.isEmpty { field("remarks", finding.remarks) }
        if let stored = finding.stored {
            field("state", stored.state)
            field("repositories", stored.repositories)
            field("firstSeen", Timestamp(seconds: stored.firstSeen).dateTime)
        }
        if let verification = finding.verification {
            field("verification", object: { $0.fields(of: verification) })
        }
        field("remediation", finding.rule.steps)
        field("references", finding.rule.references)
        field("occurrences", array: finding.occurrences) { writer, occurrence in
            writer.object { $0.fields(of: occurrence) }
        }
        if let timeline = Timeline(finding.occurrences, now: now) {
            field("timeline", object: { $0.fields(of: timeline) })
        }
    }

    mutating func fields(of repository: SourceRepository) {
        field("address", ifPresent: repository.address)
        field("commit", ifPresent: repository.commit)
        field("branch", ifPresent: repository.branch)
    }

    private mutating func fields(of timeline: Timeline) {
        if let commit = timeline.introduced { field("introduced", object: { $0.fields(of: commit) }) }
        if let commit = timeline.removed { field("removed", object: { $0.fields(of: commit) }) }
        field("inHead", timeline.isInHead)
        field("reachability", timeline.reachability.kind)
        field("paths", timeline.paths)
        field("branches", timeline.branches)
        field("tags", timeline.tags)
        if let days = timeline.exposedDays { field("exposedDays", days) }
    }

    /// - Parameter findings: How many findings of which severity the report has.
    mutating func fields(of summary: ScanSummary, findings: [Severity: Int]) {
        field("mode", summary.mode.rawValue)
        field("target", summary.target)
        field("complete", summary.isComplete)
        field("interrupted", summary.wasInterrupted)
        field("findings", findings.values.reduce(0, +))
        field(
            "findingsBySeverity",
            object: { writer in
                for severity in Severity.allCases.reversed() {
                    writer.field(severity.rawValue, findings[severity, default: 0])
                }
            })
        field("files", summary.filesScanned)
        field("blobs", summary.blobsScanned)
        field("bytes", summary.bytesScanned)
        field("commits", summary.commitCount)
        field("known", summary.knownCount)
        field("readSingly", summary.readSingly)
        field("omitted", summary.omissionCounts)
        field("suppressed", summary.suppressionCounts)
        if !summary.suppression.byFile.isEmpty { field("suppressedBy", summary.suppression.byFile) }
        if !summary.remarks.isEmpty { field("notes", summary.remarks) }
        field("rulesDigest", ifPresent: summary.setting.rulesDigest)
        field("start", summary.start.dateTime)
        field("durationSeconds", seconds: summary.duration)
        field("problems", array: summary.problems) { writer, problem in
            writer.object {
                $0.field("subject", problem.subject)
                $0.field("message", problem.message)
                $0.field("advice", ifPresent: problem.advice)
            }
        }
        if !summary.setting.parts.isEmpty {
            field("parts", array: summary.setting.parts) { writer, part in writer.object { $0.fields(of: part) } }
        }
    }

    private mutating func fields(of part: CoveredPart) {
        field("source", part.source)
        field("start", Timestamp(seconds: part.start).dateTime)
        field("milliseconds", part.milliseconds)
        field("files", part.files)
        field("blobs", part.blobs)
        field("bytes", part.bytes)
        field("commits", part.commits)
        field("known", part.known)
        field("readSingly", part.readSingly)
        field("omitted", part.omitted)
        field("suppressed", part.suppressed)
    }

    private mutating func fields(of occurrence: Occurrence) {
        field("path", occurrence.path)
        if !occurrence.members.isEmpty {
            field("container", occurrence.file)
            field("members", occurrence.members)
        }
        field("origin", occurrence.origin.kind)
        field("object", ifPresent: occurrence.origin.object?.description)
        if !occurrence.otherObjects.isEmpty { field("otherObjects", occurrence.otherObjects.map(\.description)) }
        fields(of: occurrence.region)
        field("confidence", occurrence.confidence.rawValue)
        field("lineHash", occurrence.lineHash)
        field("snippet", occurrence.snippet)
        field("decoders", occurrence.decoders)
        if let region = occurrence.decodedRegion { field("decodedRegion", object: { $0.fields(of: region) }) }
        if let image = occurrence.image { field("image", object: { $0.fields(of: image) }) }
        if let history = occurrence.history { field("history", object: { $0.fields(of: history) }) }
    }

    /// The lines and columns of a range of text.
    mutating func fields(of region: Occurrence.Region) {
        field("startLine", region.startLine)
        field("startColumn", region.startColumn)
        field("endLine", region.endLine)
        field("endColumn", region.endColumn)
    }

    private mutating func fields(of history: Occurrence.History) {
        if let commit = history.introduced { field("introduced", object: { $0.fields(of: commit) }) }
        if let commit = history.removed { field("removed", object: { $0.fields(of: commit) }) }
        field("inHead", history.isInHead)
        field("reachability", history.reachability.kind)
        field("references", history.reachability.names)
        field("referenceCount", history.counts.references)
        field("branches", history.branches)
        field("branchCount", history.counts.branches)
        field("tags", history.tags)
        field("tagCount", history.counts.tags)
        field("otherPaths", history.otherPaths)
    }

    private mutating func fields(of commit: Occurrence.Commit) {
        field("commit", commit.id.description)
        field("authorName", commit.authorName)
        field("authorEmail", commit.authorEmail)
        field("authorTime", Timestamp(seconds: commit.authorTime).dateTime)
        field("summary", commit.summary)
    }
}
