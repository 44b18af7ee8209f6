internal import Bytes
package import Git
internal import Platform
package import ScanSources

/// Everything a repository remembers: each object of its database, reachable or not, alternates included.
///
/// Blobs come in the order of the packs, each once, without a path: the plan's attribution finds the path and the
/// commit of those that matter, and what is missing.
package struct HistorySource: BlobSource {
    private let repositoryPath: String
    private let selection: HistorySelection
    private let cacheKey: CacheKey?
    private let verifiesObjects: Bool
    private let environment: GitEnvironment

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - selection: The part of the history that is meant.
    ///   - cacheKey: What the scan depends on; objects that a scan of the same key found clean are left out of the plan,
    ///     and the plan has the cache, for the scan to note what it finds. `nil`: there is no cache.
    ///   - verifiesObjects: Whether the content of every object is compared with its id; see `verifyHashes`.
    ///   - environment: The variables of git; by default those of the process.
    package init(
        repositoryPath: String, selection: HistorySelection = HistorySelection(), cacheKey: CacheKey? = nil,
        verifiesObjects: Bool = false, environment: GitEnvironment = .ofProcess()
    ) {
        self.repositoryPath = repositoryPath
        self.selection = selection
        self.cacheKey = cacheKey
        self.verifiesObjects = verifiesObjects
        self.environment = environment
    }

    /// Opens the repository and recalls what the last scan of it found.
    package func open() throws(SourceError) -> HistoryPlanner {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            if verifiesObjects, repository.isServed {
                throw GitError(
                    operation: "compare the objects of", subject: repositoryPath, kind: .program,
                    message: "git itself reads them, since they are not named by SHA-1; `git fsck` compares them")
            }
            return HistoryPlanner(
                repository, repositoryPath: repositoryPath,
                selection: selection, cacheKey: cacheKey, verifiesObjects: verifiesObjects, environment: environment)
        } catch {
            throw SourceError(error, attempt: "scan the history of", subject: repositoryPath)
        }
    }

    /// What tells the repository as it is from what it was and will be, in hex: its objects, references, logs.
    ///
    /// - Returns: `nil` where only git can read the objects, and where they cannot be listed: of such a repository nothing is known.
    package func state() throws(SourceError) -> String? {
        do throws(GitError) {
            let repository = try Repository.open(at: repositoryPath, environment: environment)
            guard !repository.isServed else { return nil }
            let state = try RepositoryState(repository).digest
            // What is damaged and brought again has the name that it had.
            let stamps = repository.objectDirectories.flatMap { Self.stampsOfLooseObjects($0) }
            return (state + stamps).withUnsafeBytes(SHA1.digest).withUnsafeBytes(\.hexadecimal)
        } catch {
            throw SourceError(error, attempt: "look at", subject: repositoryPath)
        }
    }

    /// When something was put into the folders of loose objects last: of each, eight bytes.
    private static func stampsOfLooseObjects(_ folder: String) -> [UInt8] {
        (0..<256).flatMap { number -> [UInt8] in
            var status = stat()
            let name = (number < 16 ? "0" : "") + String(number, radix: 16)
            guard stat("\(folder)/\(name)", &status) == 0 else { return [] }
            let time = status.modificationTime.tv_sec &* 1_000_000_000 &+ status.modificationTime.tv_nsec
            return [UInt8(number)] + withUnsafeBytes(of: UInt64(truncatingIfNeeded: time).bigEndian, Array.init)
        }
    }

    /// Lists what there is to scan; everything in which an earlier scan found something is read again.
    package func plan() throws(SourceError) -> HistoryPlan { try open().plan() }

    package func makeReader() throws(SourceError) -> any BlobReader {
        do throws(GitError) {
            return try SourceReader(repository: .open(at: repositoryPath, environment: environment))
        } catch {
            throw SourceError(error, attempt: "scan the history of", subject: repositoryPath)
        }
    }

    /// From now on, whoever reads an object in this process compares its content with its id.
    package static func verifyHashes() throws(SourceError) {
        do throws(GitError) {
            try ObjectDatabase.verifyHashes(true)
        } catch {
            throw SourceError(error, attempt: "turn on", subject: "the verification of objects")
        }
    }
}
