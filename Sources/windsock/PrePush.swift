import Pipeline
import ScanSources
import Scanner

/// What a push would send: pre-commit tells it in variables, git itself in lines on standard input.
struct PrePush {
    let repository: String

    /// A branch that is pushed: what it is here, and what it was on the remote.
    private struct Update {
        var local: String
        var remote: String
    }

    func run(_ pipeline: ScanPipeline) throws(SourceError) -> ScanResult {
        var combined: ScanResult?
        for update in try updates() where !Self.isZero(update.local) {
            let result = try run(pipeline, update)
            combined = combined.map { $0.combined(with: result) } ?? result
        }
        // Deleting branches sends nothing.
        return combined ?? ScanResult(findings: [], rules: [], summary: ScanSummary(mode: "range", target: repository))
    }

    private func run(_ pipeline: ScanPipeline, _ update: Update) throws(SourceError) -> ScanResult {
        if Self.isZero(update.remote) {
            return try pipeline.run(
                RangeSource(repositoryPath: repository, unpublished: update.local), mode: "range", target: update.local)
        }
        let range = "\(update.remote)..\(update.local)"
        do throws(SourceError) {
            return try pipeline.run(
                RangeSource(repositoryPath: repository, range: range), mode: "range", target: range)
        } catch {
            // The remote's commit was never fetched (a forced push): all that no known remote branch has.
            return try pipeline.run(
                RangeSource(repositoryPath: repository, unpublished: update.local), mode: "range", target: update.local)
        }
    }

    private static func isZero(_ id: String) -> Bool { id.allSatisfy { $0 == "0" } }

    private func updates() throws(SourceError) -> [Update] {
        if let from = Environment.value("PRE_COMMIT_FROM_REF"), let to = Environment.value("PRE_COMMIT_TO_REF") {
            return [Update(local: to, remote: from)]
        }
        var result: [Update] = []
        // "<local ref> <local oid> <remote ref> <remote oid>", githooks(5).
        while let line = readLine() {
            let fields = line.split(separator: " ")
            guard fields.count == 4 else {
                throw SourceError(
                    attempt: "read the pushed references from", subject: "standard input",
                    message: "a line does not have the four fields that git gives a pre-push hook",
                    advice: "Use --pre-push as a pre-push hook, or name the commits with --range")
            }
            result.append(Update(local: String(fields[1]), remote: String(fields[3])))
        }
        return result
    }
}

extension ScanResult {
    /// Both results in one, each secret once.
    fileprivate func combined(with other: ScanResult) -> ScanResult {
        var result = self
        for finding in other.findings {
            if let index = result.findings.firstIndex(where: { $0.fingerprint == finding.fingerprint }) {
                let known = Set(result.findings[index].occurrences)
                result.findings[index].occurrences += finding.occurrences.filter { !known.contains($0) }
            } else {
                result.findings.append(finding)
            }
        }
        result.summary.filesScanned += other.summary.filesScanned
        result.summary.blobsScanned += other.summary.blobsScanned
        result.summary.bytesScanned += other.summary.bytesScanned
        result.summary.commitCount += other.summary.commitCount
        result.summary.omitted.merge(other.summary.omitted, uniquingKeysWith: +)
        result.summary.suppressed.merge(other.summary.suppressed, uniquingKeysWith: +)
        result.summary.problems += other.summary.problems
        result.summary.target += ", \(other.summary.target)"
        return result
    }
}
