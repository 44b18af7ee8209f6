import Bytes
internal import Git

/// A way to find out where objects belong in a history.
protocol AttributionMethod: Sendable {
    /// Whether there is something to find out even where no object is asked about: what is missing, as a rule.
    var asksForMore: Bool { get }

    /// Finds where objects belong.
    ///
    /// - Parameters:
    ///   - objects: Blobs; commits and tags whose messages matter may be among them.
    ///   - repository: The repository that has them.
    ///   - jobs: How many threads may read packs.
    func attribute(
        _ objects: Set<ObjectID>, in repository: Repository, jobs: Int
    ) throws(GitError) -> AttributionOutcome
}

extension AttributionMethod {
    /// The packs to read commits and trees from; small histories are read faster than packs are planned.
    ///
    /// - Parameter known: Those that are planned already.
    func packs(of repository: Repository, commitCount: Int, known: PackedObjects?) -> PackedObjects? {
        if let known { return known }
        return commitCount > smallHistory ? PackedObjects(folders: repository.objectDirectories) : nil
    }

    /// In commits.
    private var smallHistory: Int { 100 }
}
