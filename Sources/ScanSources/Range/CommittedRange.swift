package import Bytes
package import Findings
package import Git

/// The commits of a range, and what is known of where its blobs belong.
package struct CommittedRange: Sendable {
    /// The repository, or a folder in it, as it was named.
    package let repositoryPath: String
    /// The variables of git that it was opened with.
    package let environment: GitEnvironment
    /// Newest first by commit time.
    package let commits: [ObjectID]
    /// Whether HEAD's commit is one of them.
    package let endsInHead: Bool
    /// For each blob the commit of the range that brought it.
    package internal(set) var introductions: [ObjectID: Occurrence.Commit] = [:]
}
