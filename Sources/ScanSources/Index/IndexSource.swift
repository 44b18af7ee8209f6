package import Git

/// Exactly what the index would commit: the entries that differ from HEAD.
///
/// On an unborn branch that is everything. In a conflict each side is read. A path that is only announced
/// (`git add --intent-to-add`) has no content yet.
package struct IndexSource: ScanSource {
    private let repositoryPath: String
    private let environment: GitEnvironment

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - environment: `GIT_INDEX_FILE` and its relatives; by default those of the process.
    package init(repositoryPath: String, environment: GitEnvironment = .ofProcess()) {
        self.repositoryPath = repositoryPath
        self.environment = environment
    }

    package func plan() throws(SourceError) -> Plan {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            if repository.isBare, environment.indexFile == nil {
                throw GitError(
                    operation: "read the index of", subject: repository.gitDirectory, kind: .other,
                    message: "a bare repository has no index")
            }
            let changes = try StagedChanges(repository)
            let root = repository.workingDirectory ?? repository.gitDirectory
            return Plan(items: changes.items, omissions: changes.omissions, root: root)
        } catch {
            throw SourceError(error, attempt: "scan the index of", subject: repositoryPath)
        }
    }

    package func makeReader() throws(SourceError) -> any BlobReader {
        do throws(GitError) {
            return try SourceReader(repository: .open(at: repositoryPath, environment: environment))
        } catch {
            throw SourceError(error, attempt: "scan the index of", subject: repositoryPath)
        }
    }
}
