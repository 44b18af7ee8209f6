package import Bytes
package import Findings
package import Git

/// What is found out about a history once its blobs have been read, in one walk over its commits and trees: where the
/// blobs that matter belong, and whether anything is missing.
package struct HistoryAttribution: Sendable {
    private let repositoryPath: String
    private let environment: GitEnvironment
    private let scope: Scope

    private enum Scope {
        /// Blobs of some commits; `nil`: of all.
        case commits([ObjectID]?)
        /// Those of a history.
        case history(ObjectInventory, Completeness, RepositoryState?)
        /// Those of a history that is as it was when it was last scanned.
        case snapshot(HistorySnapshot, places: [ObjectID: BlobHistory])
    }

    /// Whether, and how, it is asked what is missing.
    enum Completeness: Sendable {
        case unasked
        /// - Parameter shallow: Commits whose parents are known to be left out.
        case asked(shallow: Set<ObjectID>)
    }

    /// What was found out.
    package struct Outcome: Sendable {
        /// Those of the blobs, commits and tags that were asked about that are in the database.
        package internal(set) var histories: [ObjectID: BlobHistory] = [:]
        /// Objects that are missing, or damaged.
        package internal(set) var problems: [Problem] = []
        /// Stores of which it is now known what is missing that they name; see `ScanCache`.
        var asked: ObjectInventory?
        /// For each object that is missing one that names it.
        var gaps: [ObjectID] = []
        /// For the next scan, if the repository stays as it is.
        var snapshot: HistorySnapshot?

        /// A cache that is told so where little is missing: next time, only what is new is asked.
        package func settled(_ cache: ScanCache) -> ScanCache {
            var settled = cache
            asked?.settle(&settled, gaps: gaps)
            return settled
        }

        /// A cache that is also told what the scan found out, so that the next one need not find it out again as long as
        /// the repository stays as it is. To be called only where nothing went wrong but what `problems` say.
        ///
        /// - Parameters:
        ///   - pending: What was not clean.
        ///   - namesArePending: Whether the names of references are to be scanned again.
        ///   - knownCount: How many objects are clean.
        ///   - binaryCount: How many blobs are binary.
        package func settled(
            _ cache: ScanCache, pending: [RememberedItem], namesArePending: Bool, knownCount: Int, binaryCount: Int
        ) -> ScanCache {
            var settled = settled(cache)
            guard var snapshot, pending.count <= HistorySnapshot.largestPendingCount else { return settled }
            snapshot.knownCount = knownCount
            snapshot.binaryCount = binaryCount
            snapshot.pending = pending
            snapshot.namesArePending = namesArePending
            settled.keep(snapshot)
            return settled
        }
    }

    /// Asks about blobs of commits.
    ///
    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - commits: The commits that matter; `nil`: all of the database.
    ///   - environment: The variables of git; by default those of the process.
    package init(
        repositoryPath: String, commits: [ObjectID]? = nil, environment: GitEnvironment = .ofProcess()
    ) {
        self.repositoryPath = repositoryPath
        self.environment = environment
        scope = .commits(commits)
    }

    /// - Parameter state: For a snapshot to be made of what is found out; `nil` if there is to be none.
    init(
        repositoryPath: String, _ inventory: ObjectInventory, _ completeness: Completeness, state: RepositoryState?,
        _ environment: GitEnvironment
    ) {
        self.repositoryPath = repositoryPath
        self.environment = environment
        scope = .history(inventory, completeness, state)
    }

    init(
        repositoryPath: String, _ snapshot: HistorySnapshot, places: [ObjectID: BlobHistory],
        _ environment: GitEnvironment
    ) {
        self.repositoryPath = repositoryPath
        self.environment = environment
        scope = .snapshot(snapshot, places: places)
    }

    /// Finds where blobs belong, and what is missing.
    ///
    /// - Parameters:
    ///   - blobs: Blobs; commits and tags whose messages matter may be among them.
    ///   - jobs: How many threads may read packs.
    package func attribute(_ blobs: Set<ObjectID>, jobs: Int = 1) throws(SourceError) -> Outcome {
        if blobs.isEmpty, !asksForMissing { return Outcome() }
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            switch scope {
            case .commits(let commits): return try attribute(blobs, to: commits, repository, jobs)
            case .history(let inventory, let completeness, let state):
                return try attribute(blobs, inventory, completeness, state, repository, jobs)
            case .snapshot(let snapshot, let places):
                return try attribute(blobs, snapshot, places, repository, jobs)
            }
        } catch {
            throw SourceError(error, attempt: "find where in the history secrets are in", subject: repositoryPath)
        }
    }

    private var asksForMissing: Bool {
        switch scope {
        case .commits: false
        case .history(let inventory, .asked, let state): !inventory.unsettled.isEmpty || state != nil
        case .history(_, .unasked, _): false
        case .snapshot(let snapshot, _): snapshot.missingCount > 0
        }
    }

    /// Small histories are read faster than packs are planned.
    private static let packedThreshold = 100

    /// If more is missing, as in a partial clone, all is asked again the next time.
    private static let largestGapCount = 500

    private func attribute(
        _ blobs: Set<ObjectID>, to commits: [ObjectID]?, _ repository: Repository, _ jobs: Int
    ) throws(GitError) -> Outcome {
        let inventory = commits == nil ? ObjectInventory(repository) : nil
        let commits = commits ?? inventory?.commits ?? []
        var packed = inventory?.packed
        if packed == nil, commits.count > Self.packedThreshold {
            packed = PackedObjects(folders: repository.objectDirectories)
        }
        let walk = HistoryWalk(repository, packed: packed, jobs: jobs)
        return Outcome(histories: try walk.run(placing: blobs, in: commits).histories)
    }

    private func attribute(
        _ blobs: Set<ObjectID>, _ inventory: ObjectInventory, _ completeness: Completeness,
        _ state: RepositoryState?, _ repository: Repository, _ jobs: Int
    ) throws(GitError) -> Outcome {
        var packed = inventory.packed
        if packed == nil, !blobs.isEmpty, inventory.commits.count > Self.packedThreshold {
            packed = PackedObjects(folders: repository.objectDirectories)
        }
        var check: HistoryWalk.Check?
        if case .asked(let shallow) = completeness, !inventory.unsettled.isEmpty {
            check = HistoryWalk.Check(inventory: inventory, shallow: shallow)
        }
        let walk = HistoryWalk(repository, packed: packed, jobs: jobs, check: check)
        let found = try walk.run(placing: blobs, in: inventory.commits)
        var outcome = Outcome(histories: found.histories)
        let missing = found.missing.list.prefix(ProblemSummary.namedCount).map {
            HistorySnapshot.Missing(id: $0.id, namedBy: $0.namedBy)
        }
        if let state, found.failures.isEmpty {
            outcome.snapshot = try snapshot(state, found, missing, inventory, repository)
        }
        guard let check else { return outcome }
        outcome.problems = try problems(found, missing, inventory, repository)
        // In a shallow clone the commits at its boundary name parents that are missing, and may not for ever.
        let isEnough = found.missing.count <= Self.largestGapCount && found.failures.isEmpty && check.shallow.isEmpty
        if isEnough {
            outcome.asked = inventory
            outcome.gaps = found.missing.list.map(\.namedBy)
        }
        return outcome
    }

    private func snapshot(
        _ state: RepositoryState, _ found: HistoryWalk.Outcome, _ missing: [HistorySnapshot.Missing],
        _ inventory: ObjectInventory, _ repository: Repository
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
            state: state.digest, commitCount: inventory.commits.count, knownCount: 0, binaryCount: 0,
            missing: missing, missingCount: found.missing.count, places: known)
    }

    /// Where blobs belong as a snapshot has it; what it does not have is found out anew.
    private func attribute(
        _ blobs: Set<ObjectID>, _ snapshot: HistorySnapshot, _ places: [ObjectID: BlobHistory],
        _ repository: Repository,
        _ jobs: Int
    ) throws(GitError) -> Outcome {
        var outcome = Outcome(histories: places.filter { blobs.contains($0.key) })
        outcome.problems = ProblemSummary.problems(
            missing: snapshot.missing, of: snapshot.missingCount, inPartialClone: try repository.isPartialClone)
        if outcome.histories.count < blobs.count {
            outcome.histories = try attribute(blobs, to: nil, repository, jobs).histories
        }
        return outcome
    }

    private func problems(
        _ found: HistoryWalk.Outcome, _ missing: [HistorySnapshot.Missing], _ inventory: ObjectInventory,
        _ repository: Repository
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
