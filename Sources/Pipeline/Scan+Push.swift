import Findings
import ScanSources

extension Scan {
    /// Scans what a push of some branches sends.
    func scanPush(of branches: [PushedBranch], to remote: String?) throws(SourceError) -> ScanResult {
        // Deleting branches sends nothing.
        var combined = ScanResult(
            findings: [], rules: [], summary: ScanSummary(mode: .range, target: request.repository))
        for (index, branch) in branches.filter({ !$0.isDeleted }).enumerated() {
            do throws(SourceError) {
                let result = try scan(branch, to: remote)
                combined = index == 0 ? result : combined.combined(with: result)
            } catch {
                // What the other branches hold is told all the same.
                combined.summary.problems.append(Problem(subject: branch.local, message: error.description))
            }
        }
        return combined
    }

    private func scan(_ branch: PushedBranch, to remote: String?) throws(SourceError) -> ScanResult {
        if !branch.isNew {
            let range = "\(branch.remote)..\(branch.local)"
            do throws(SourceError) {
                return try pipeline.run(
                    RangeSource(repositoryPath: request.repository, range: range), mode: .range, target: range)
            } catch  where error.isUsage {
                throw error
            } catch {
                // The remote's commit was never fetched (a forced push): as if the branch were new.
            }
        }
        return try pipeline.run(
            RangeSource(repositoryPath: request.repository, unpublished: branch.local, remote: remote),
            mode: .range, target: branch.local)
    }
}
