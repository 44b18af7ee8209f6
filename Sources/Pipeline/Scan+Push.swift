import Findings
import ScanSources

extension Scan {
    /// Scans what a push of some branches sends.
    func scanPush(
        of branches: [PushedBranch], to publication: RangeSource.Publication
    ) throws(SourceError) -> ScanCollection {
        var collected: ScanCollection?
        var problems: [Problem] = []
        // Deleting branches sends nothing.
        for branch in branches where !branch.isDeleted {
            do throws(SourceError) {
                let collection = try scan(branch, to: publication)
                if collected == nil { collected = collection } else { collected?.merge(collection) }
            } catch {
                // What the other branches hold is told all the same.
                problems.append(Problem(subject: branch.local, message: error.description))
            }
        }
        var result = collected ?? pipeline.nothing(mode: .range, target: request.repository)
        result.summary.problems += problems
        return result
    }

    private func scan(
        _ branch: PushedBranch, to publication: RangeSource.Publication
    ) throws(SourceError) -> ScanCollection {
        if !branch.isNew {
            let range = "\(branch.remote)..\(branch.local)"
            do throws(SourceError) {
                return try pipeline.collect(
                    RangeSource(repositoryPath: request.repository, range: range), mode: .range, target: range)
            } catch  where error.isUsage {
                throw error
            } catch {
                // The remote's commit was never fetched (a forced push): as if the branch were new.
            }
        }
        return try pipeline.collect(
            RangeSource(repositoryPath: request.repository, unpublished: branch.local, to: publication),
            mode: .range, target: branch.local)
    }
}
