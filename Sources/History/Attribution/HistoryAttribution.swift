package import Bytes
package import Git
package import ScanSources

/// What is found out about a history once its blobs have been read, in one walk over its commits and trees: where the
/// blobs that matter belong, and whether anything is missing.
package struct HistoryAttribution: Sendable {
    private let repositoryPath: String
    private let environment: GitEnvironment
    private let method: any AttributionMethod

    init(repositoryPath: String, environment: GitEnvironment, method: some AttributionMethod) {
        self.repositoryPath = repositoryPath
        self.environment = environment
        self.method = method
    }

    /// Asks about objects of commits.
    ///
    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - commits: The commits that matter; `nil`: all of the database.
    ///   - environment: The variables of git; by default those of the process.
    package init(
        repositoryPath: String, commits: [ObjectID]? = nil, environment: GitEnvironment = .ofProcess()
    ) {
        self.init(
            repositoryPath: repositoryPath, environment: environment, method: CommitAttribution(commits: commits))
    }

    /// Asks about objects that the commits of a range add.
    package init(of range: CommittedRange) {
        // Where the range ends in HEAD, its own commits tell all; elsewhere only the whole history does.
        self.init(
            repositoryPath: range.repositoryPath, commits: range.endsInHead ? range.commits : nil,
            environment: range.environment)
    }

    /// Finds where objects belong, and what is missing.
    ///
    /// - Parameters:
    ///   - objects: Blobs; commits and tags whose messages matter may be among them.
    ///   - jobs: How many threads may read packs.
    package func attribute(_ objects: Set<ObjectID>, jobs: Int = 1) throws(SourceError) -> AttributionOutcome {
        if objects.isEmpty, !method.asksForMore { return AttributionOutcome() }
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            return try method.attribute(objects, in: repository, jobs: jobs)
        } catch {
            throw SourceError(error, attempt: "find where in the history secrets are in", subject: repositoryPath)
        }
    }
}
