import Findings
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
        // Deleting branches sends nothing.
        var combined = ScanResult(findings: [], rules: [], summary: ScanSummary(mode: .range, target: repository))
        for (index, update) in try updates().filter({ !Self.isZero($0.local) }).enumerated() {
            do throws(SourceError) {
                let result = try run(pipeline, update)
                combined = index == 0 ? result : combined.combined(with: result)
            } catch {
                // What the other branches hold is told all the same.
                combined.summary.problems.append(
                    Problem(subject: update.local, message: error.description))
            }
        }
        return combined
    }

    private func run(_ pipeline: ScanPipeline, _ update: Update) throws(SourceError) -> ScanResult {
        if !Self.isZero(update.remote) {
            let range = "\(update.remote)..\(update.local)"
            do throws(SourceError) {
                return try pipeline.run(
                    RangeSource(repositoryPath: repository, range: range), mode: .range, target: range)
            } catch  where error.isUsage {
                throw error
            } catch {
                // The remote's commit was never fetched (a forced push): as if the branch were new.
            }
        }
        return try pipeline.run(
            RangeSource(
                repositoryPath: repository, unpublished: update.local,
                remote: Environment.value("PRE_COMMIT_REMOTE_NAME")),
            mode: .range, target: update.local)
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
        // pre-commit has read the lines itself, and names no range where the first commit of all is pushed.
        if result.isEmpty, Environment.value("PRE_COMMIT") != nil {
            return [Update(local: Environment.value("PRE_COMMIT_LOCAL_BRANCH") ?? "HEAD", remote: "0")]
        }
        return result
    }
}
