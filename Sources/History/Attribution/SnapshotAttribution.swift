import Bytes
internal import Git
internal import ScanSources

/// Tells where objects belong in a history that is as it was when it was last scanned.
struct SnapshotAttribution: AttributionMethod {
    let snapshot: HistorySnapshot
    /// Where objects belong as the snapshot has it.
    let places: [ObjectID: BlobHistory]

    var asksForMore: Bool { snapshot.missingCount > 0 }

    func attribute(
        _ objects: Set<ObjectID>, in repository: Repository, jobs: Int
    ) throws(GitError) -> AttributionOutcome {
        var outcome = AttributionOutcome(histories: places.filter { objects.contains($0.key) })
        outcome.problems = ProblemSummary.problems(
            missing: snapshot.missing, of: snapshot.missingCount, inPartialClone: try repository.isPartialClone)
        if outcome.histories.count < objects.count {
            // What the snapshot does not have is found out anew.
            let all = CommitAttribution(commits: nil)
            outcome.histories = try all.attribute(objects, in: repository, jobs: jobs).histories
        }
        return outcome
    }
}
