public import Git

/// Everything a repository remembers: each object of its database, reachable or not, alternates included.
///
/// Blobs come in the order of the packs, each once, without a path: `HistoryAttribution` finds the path and the
/// commit of those that matter.
public struct HistorySource: ScanSource {
    private let repositoryPath: String
    private let environment: GitEnvironment
    private let looksForMissingObjects: Bool

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - looksForMissingObjects: Whether each tree is read to see whether what it names is there. Without it,
    ///     a history with lost objects looks complete.
    ///   - environment: The variables of git; by default those of the process.
    public init(
        repositoryPath: String, looksForMissingObjects: Bool = true, environment: GitEnvironment = .ofProcess()
    ) {
        self.repositoryPath = repositoryPath
        self.looksForMissingObjects = looksForMissingObjects
        self.environment = environment
    }

    public func plan() throws(SourceError) -> ScanPlan {
        do throws(GitError) {
            return try plan(Repository.open(at: repositoryPath, environment: environment))
        } catch {
            throw SourceError(error, attempt: "scan the history of", subject: repositoryPath)
        }
    }

    public func makeReader() throws(SourceError) -> any BlobReader {
        do throws(GitError) {
            return try SourceReader(repository: .open(at: repositoryPath, environment: environment))
        } catch {
            throw SourceError(error, attempt: "scan the history of", subject: repositoryPath)
        }
    }

    private func plan(_ repository: Repository) throws(GitError) -> ScanPlan {
        let root = repository.workingDirectory ?? repository.gitDirectory
        var plan = ScanPlan(rootDescription: "the history of \(root)", repositoryRoot: root)
        let packed = PackedObjects(folders: repository.objectDirectories)
        let inventory = try ObjectInventory(repository, packed: packed)
        plan.commitCount = inventory.commits.count
        plan.items.reserveCapacity(inventory.blobs.count + inventory.commits.count + inventory.tags.count + 1)

        try addReferences(of: repository, inventory, to: &plan)
        plan.items += inventory.tags.lazy.map { ScanItem(path: nil, origin: .tagMessage($0), size: nil) }
        plan.items += inventory.commits.lazy.map { ScanItem(path: nil, origin: .commitMessage($0), size: nil) }
        plan.items += inventory.blobs.lazy.map { ScanItem(path: nil, origin: .blob($0.id), size: $0.size) }

        plan.problems += ProblemSummary.problems(inventory.listingFailures)
        plan.problems += ProblemSummary.problems(inventory.failures)
        try addGaps(inventory, repository, to: &plan)
        addSubmodules(of: repository, to: &plan)
        plan.packed = PackedItems(plan, in: packed)
        return plan
    }

    private func addReferences(
        of repository: Repository, _ inventory: ObjectInventory, to plan: inout ScanPlan
    ) throws(GitError) {
        let references = try repository.references()
        if !references.names.isEmpty {
            plan.items.append(ScanItem(path: nil, origin: .referenceNames, size: nil))
        }
        let dangling = references.references.filter { !inventory.ids.contains($0.target) }.map {
            GitError(
                operation: "resolve the reference", subject: $0.name, kind: .notFound,
                message: "its object \($0.target) is missing")
        }
        plan.problems += (references.failures + dangling).map {
            Problem($0, advice: "`git fetch` may bring it back; `git update-ref -d \($0.subject)` removes it")
        }
    }

    /// What a shallow clone, a partial clone or an accident left out.
    private func addGaps(
        _ inventory: ObjectInventory, _ repository: Repository, to plan: inout ScanPlan
    ) throws(GitError) {
        let shallow = try repository.shallowCommits()
        if !shallow.isEmpty {
            plan.problems.append(
                Problem(
                    subject: shallow.count == 1 ? "commit \(shallow[0])" : "\(shallow.count) commits",
                    message: "this is a shallow clone: what came before is not in it",
                    advice: "git fetch --unshallow"))
        }
        guard looksForMissingObjects else { return }
        let connections = Connections(inventory, shallow: Set(shallow), repository)
        let unreadable = Set(inventory.failures.map(\.subject))
        // A damaged object is named once, and a commit or blob that cannot be read will be when its turn comes.
        let readLater = Set(inventory.commits.lazy.map(\.description)).union(inventory.tags.lazy.map(\.description))
        plan.problems += ProblemSummary.problems(
            connections.failures.filter { !unreadable.contains($0.subject) && !readLater.contains($0.subject) })
        guard !connections.missing.isEmpty else { return }
        if try repository.isPartialClone {
            plan.problems.append(
                Problem(
                    subject: "\(connections.missing.count) objects",
                    message: "this is a partial clone: they were left out of it",
                    advice: "`git fetch --refetch --no-filter` brings all;"
                        + " `git rev-list --objects --all --missing=print` lists them"))
        } else {
            plan.problems += ProblemSummary.problems(missing: connections.missing)
        }
    }

    /// Submodules are repositories of their own; which there are is a matter of HEAD.
    private func addSubmodules(of repository: Repository, to plan: inout ScanPlan) {
        do throws(GitError) {
            let files = try TreeFiles(ofHead: repository)
            plan.omissions += files.omissions.filter { $0.reason == .submodule }
        } catch {
            plan.problems.append(Problem(error, subject: "HEAD"))
        }
    }
}
