public import Git

/// Tells of blobs when they came into the history, under which paths, when they went, and who still reaches them.
///
/// All blobs are settled in one walk over all commits, so ask for all of them at once.
public struct HistoryAttribution: Sendable {
    private let repositoryPath: String
    private let commits: [ObjectID]?
    private let packed: PackedObjects?
    private let environment: GitEnvironment

    private static let packedThreshold = 100

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - commits: All commits of the database, if known (`ScanPlan.commitIDs`): it saves listing the objects.
    ///   - packed: The packed items of the history's plan, if there are any: it saves finding out what the packs have.
    ///   - environment: The variables of git; by default those of the process.
    public init(
        repositoryPath: String, commits: [ObjectID]? = nil, packed: PackedItems? = nil,
        environment: GitEnvironment = .ofProcess()
    ) {
        self.repositoryPath = repositoryPath
        self.commits = commits
        self.packed = packed?.objects
        self.environment = environment
    }

    /// Looks up blobs, and commits and tags whose messages matter. Each gets an answer, if only that nothing leads to it.
    public func attribute(_ blobs: Set<ObjectID>) throws(SourceError) -> [ObjectID: BlobHistory] {
        if blobs.isEmpty { return [:] }
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            let inventory = commits == nil ? try ObjectInventory(repository) : nil
            let commits = commits ?? inventory?.commits ?? []
            var packed = packed ?? inventory?.packed
            // Small histories are read faster than packs are planned.
            if packed == nil, commits.count > Self.packedThreshold {
                packed = PackedObjects(folders: repository.objectDirectories)
            }
            var search = try AttributionSearch(blobs, commits, repository, packed: packed)
            return try search.run()
        } catch {
            throw SourceError(error, attempt: "find out about blobs in the history of", subject: repositoryPath)
        }
    }
}
