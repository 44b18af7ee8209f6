import Bytes
import Findings
internal import Git
internal import ScanSources

/// Finds where objects belong in all of a history, and, if it is asked, what is missing.
struct DatabaseAttribution: AttributionMethod {
    let inventory: ObjectInventory
    /// Commits whose parents are known to be left out; `nil`: it is not asked what is missing.
    let shallow: Set<ObjectID>?
    /// For a snapshot to be made of what is found out; `nil` if there is to be none.
    let state: RepositoryState?

    var asksForMore: Bool { shallow != nil && (!inventory.unchecked.isEmpty || state != nil) }

    /// If more is missing, as in a partial clone, all is asked again the next time.
    private static let largestGapCount = 500

    func attribute(
        _ objects: Set<ObjectID>, in repository: Repository, jobs: Int
    ) throws(GitError) -> AttributionOutcome {
        let packed =
            objects.isEmpty
            ? inventory.packed
            : packs(of: repository, commitCount: inventory.commits.count, known: inventory.packed)
        var check: HistoryWalk.Check?
        if let shallow, !inventory.unchecked.isEmpty {
            check = HistoryWalk.Check(inventory: inventory, shallow: shallow)
        }
        let walk = HistoryWalk(repository, packed: packed, jobs: jobs, check: check)
        let found = try walk.run(placing: objects, in: inventory.commits)
        var outcome = AttributionOutcome(histories: found.histories)
        let missing = Array(found.missing.list.prefix(ProblemSummary.namedCount))
        if let state, found.failures.isEmpty {
            outcome.snapshot = try snapshot(of: repository, state: state, found: found, missing: missing)
        }
        guard let check else { return outcome }
        outcome.problems = try problems(found: found, missing: missing, in: repository)
        // In a shallow clone the commits at its boundary name parents that are missing, and may not for ever.
        let isEnough = found.missing.count <= Self.largestGapCount && found.failures.isEmpty && check.shallow.isEmpty
        if isEnough {
            outcome.checked = inventory
            outcome.gaps = found.missing.list.map(\.namedBy)
        }
        return outcome
    }

    private func snapshot(
        of repository: Repository, state: RepositoryState, found: HistoryWalk.Outcome, missing: [MissingObject]
    ) throws(GitError) -> HistorySnapshot? {
        // What the references of one moment say of the objects of another is not to be told of.
        guard try RepositoryState(repository).digest == state.digest else { return nil }
        let names = try SnapshotPlaces(state, repository)
        var known: [HistorySnapshot.Place] = []
        for (id, history) in found.histories.sorted(by: { $0.key < $1.key }) {
            guard let place = names.place(id, history) else { return nil }
            known.append(place)
        }
        return HistorySnapshot(
            state: state.digest, commitCount: inventory.commits.count, known: KnownCounts(), missing: missing,
            missingCount: found.missing.count, places: known)
    }

    private func problems(
        found: HistoryWalk.Outcome, missing: [MissingObject], in repository: Repository
    ) throws(GitError) -> [Problem] {
        // A damaged object is named once, and a commit or blob that cannot be read is when its turn comes.
        var failures = found.failures
        if !failures.isEmpty {
            let namedElsewhere = Set(inventory.failures.map(\.subject)).union(
                (inventory.commits + inventory.tags).lazy.map(\.description))
            failures.removeAll { namedElsewhere.contains($0.subject) }
        }
        return ProblemSummary.problems(failures)
            + ProblemSummary.problems(
                missing: missing, of: found.missing.count, inPartialClone: try repository.isPartialClone)
    }
}
