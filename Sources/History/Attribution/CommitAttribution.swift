import Bytes
internal import Git

/// Finds where objects belong among some commits; it is not asked what is missing.
struct CommitAttribution: AttributionMethod {
    /// `nil`: all commits of the database.
    let commits: [ObjectID]?

    var asksForMore: Bool { false }

    func attribute(
        _ objects: Set<ObjectID>, in repository: Repository, jobs: Int
    ) throws(GitError) -> AttributionOutcome {
        let inventory = commits == nil ? ObjectInventory(repository) : nil
        let commits = commits ?? inventory?.commits ?? []
        let packed = packs(of: repository, commitCount: commits.count, known: inventory?.packed)
        let walk = HistoryWalk(repository, packed: packed, jobs: jobs)
        return AttributionOutcome(histories: try walk.run(placing: objects, in: commits).histories)
    }
}
