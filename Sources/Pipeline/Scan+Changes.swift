import Bytes
package import Findings
import Git
import ScanSources

extension Scan {
    /// Notes of each place whether it stands on a line that a change has made: that of the CI job, of the range, or of what
    /// is not committed yet. Where there is no change to speak of, nothing is noted.
    package func noteChangedLines(in result: inout ScanResult) {
        guard !result.findings.isEmpty, let change = change() else { return }
        do throws(GitError) {
            var before = try CommittedBefore(change.repository, commits: change.bases)
            let tip = try change.tip.map { commit throws(GitError) in try change.repository.commitLinks(commit).tree }
            for finding in result.findings.indices {
                let secret = result.findings[finding].secret
                for index in result.findings[finding].occurrences.indices {
                    let place = result.findings[finding].occurrences[index]
                    result.findings[finding].occurrences[index].isOnChangedLine =
                        place.isPart(ofTree: tip, before) && !before.holds(secret, at: place)
                }
            }
        } catch {
            // Nothing is lost but an order.
            return
        }
    }

    /// What a change starts from, and where it ends; `nil`: in what is not committed.
    private struct Change {
        let repository: Repository
        let bases: [ObjectID]
        let tip: ObjectID?
    }

    private func change() -> Change? {
        do {
            switch request.subject {
            case .history, .push, .standardInput, .text, .patch, .image, .package: return nil
            case .staged, .uncommitted:
                let repository = try Repository.open(at: request.repository)
                return Change(repository: repository, bases: [try repository.head.commit].compactMap { $0 }, tip: nil)
            case .files:
                let repository = try Repository.open(at: request.repository)
                return Change(repository: repository, bases: try CIJob.detect().bases(in: repository), tip: nil)
            case .job:
                let (repository, job) = (try Repository.open(at: request.repository), try CIJob.detect())
                return Change(
                    repository: repository, bases: try job.bases(in: repository), tip: try job.tip(in: repository))
            case .range(let range): return try change(of: range)
            }
        } catch {
            return nil
        }
    }

    private func change(of range: String) throws(GitError) -> Change {
        let repository = try Repository.open(at: request.repository)
        switch try repository.resolveRange(range) {
        case .reachable(let tip): return Change(repository: repository, bases: [], tip: tip)
        case .difference(let base, let tip), .symmetricDifference(let base, let tip):
            return Change(repository: repository, bases: [base], tip: tip)
        case .unpublished(let tip, let published): return Change(repository: repository, bases: published, tip: tip)
        }
    }
}

extension Occurrence {
    /// Whether a tree has what was read, at the same path. What is no object is the file as it is now.
    fileprivate func isPart(ofTree tree: ObjectID?, _ trees: CommittedBefore) -> Bool {
        guard let object = origin.blob else { return origin.message == nil }
        guard let tree else { return true }
        guard let found = trees.blob(PathBytes(file), in: tree) else { return false }
        return found == object || otherObjects.contains(found)
    }
}
