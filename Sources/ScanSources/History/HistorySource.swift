import Findings
package import Git

/// Everything a repository remembers: each object of its database, reachable or not, alternates included.
///
/// Blobs come in the order of the packs, each once, without a path: the plan's attribution finds the path and the
/// commit of those that matter, and what is missing.
package struct HistorySource: ScanSource {
    private let repositoryPath: String
    private let environment: GitEnvironment
    private let selection: HistorySelection
    private let cacheKey: ScanCache.Key?
    private let needsReading: @Sendable ([RememberedItem]) -> Set<Int>
    private let verifiesObjects: Bool

    /// - Parameters:
    ///   - repositoryPath: The repository, or a folder in it.
    ///   - selection: The part of the history that is meant.
    ///   - cacheKey: What the scan depends on; objects that a scan of the same key found clean are left out of the plan,
    ///     and the plan has the cache, for the scan to note what it finds. `nil`: there is no cache.
    ///   - needsReading: Is given the objects in which the last scan found something, if nothing has changed since, and says
    ///     which of them have to be read again, by index. The plan says what was found in the others. By default all are.
    ///   - verifiesObjects: Whether the content of every object is compared with its id; see `verifyHashes`.
    ///   - environment: The variables of git; by default those of the process.
    package init(
        repositoryPath: String, selection: HistorySelection = HistorySelection(), cacheKey: ScanCache.Key? = nil,
        needsReading: @escaping @Sendable ([RememberedItem]) -> Set<Int> = { Set($0.indices) },
        verifiesObjects: Bool = false, environment: GitEnvironment = .ofProcess()
    ) {
        self.repositoryPath = repositoryPath
        self.selection = selection
        self.cacheKey = cacheKey
        self.needsReading = needsReading
        self.verifiesObjects = verifiesObjects
        self.environment = environment
    }

    package func plan() throws(SourceError) -> ScanPlan {
        do throws(GitError) {
            return try plan(Repository.open(at: repositoryPath, environment: environment))
        } catch {
            throw SourceError(error, attempt: "scan the history of", subject: repositoryPath)
        }
    }

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

    private func plan(_ repository: Repository) throws(GitError) -> ScanPlan {
        let root = repository.workingDirectory ?? repository.gitDirectory
        var plan = ScanPlan(rootDescription: "the history of \(root)", repositoryRoot: root)
        plan.cache = cacheKey.map { ScanCache.open(gitDirectory: repository.commonDirectory, key: $0) }
        var state: RepositoryState?
        if plan.cache != nil, selection.isEverything {
            // What cannot be read is named by whoever needs it; nothing is kept of such a repository.
            state = try? RepositoryState(repository)
        }
        if let state, let snapshot = plan.cache?.snapshot, snapshot.state == state.digest,
            add(snapshot, try SnapshotPlaces(state, repository), repository, to: &plan)
        {
            return plan
        }
        var inventory = ObjectInventory(repository, cache: plan.cache)
        let numbers = inventory.takeNumbers()
        plan.problems += ProblemSummary.problems(inventory.listingFailures)
        plan.problems += ProblemSummary.problems(inventory.failures)
        var itemNumbers: [UInt32]?
        if selection.isEverything {
            try addEverything(inventory, state, repository, to: &plan)
            itemNumbers = numbers.map { self.numbers(of: plan.items, $0, inventory) }
        } else {
            plan.attribution = HistoryAttribution(
                repositoryPath: repositoryPath, inventory, .unasked, state: nil, environment)
            try addSelected(inventory, repository, to: &plan)
        }
        plan.verifiesObjects = verifiesObjects
        plan.packed = inventory.packed.map { PackedItems(plan, in: $0, numbers: itemNumbers) }
        return plan
    }

    /// For each of the items that are everything, in the order in which `addEverything` adds them, its number in the packs.
    private func numbers(
        of items: [ScanItem], _ numbers: ObjectInventory.Numbers, _ inventory: ObjectInventory
    ) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(items.count)
        let rest = { (count: Int, numbers: [UInt32]) in repeatElement(PackedItems.none, count: count - numbers.count) }
        result += rest(items.count - inventory.newTags.count - inventory.newCommits.count - inventory.blobs.count, [])
        result += numbers.tags
        result += rest(inventory.newTags.count, numbers.tags)
        result += numbers.commits
        result += rest(inventory.newCommits.count, numbers.commits)
        result += numbers.blobs
        result += rest(inventory.blobs.count, numbers.blobs)
        return result
    }

    /// What an earlier scan left to do, in a repository that has stayed as it was.
    ///
    /// - Returns: False, and nothing is added, if the repository has been damaged since.
    private func add(
        _ snapshot: HistorySnapshot, _ places: SnapshotPlaces, _ repository: Repository, to plan: inout ScanPlan
    ) -> Bool {
        let pending = snapshot.pendingItems
        let wanted = needsReading(pending)
        let read = pending.indices.filter { pending[$0].detections == nil || wanted.contains($0) }.map { pending[$0] }
        guard let histories = places.histories(snapshot, of: Set(read.compactMap(\.id))) else { return false }
        if snapshot.namesArePending {
            plan.items.append(ScanItem(path: nil, origin: .referenceNames, size: nil))
        }
        for item in read {
            plan.recollection.found[plan.items.count] = item.detections
            // Of most of them it is known where they belong: they need not be scanned without a path first.
            let path: PathBytes? = if case .blob(let id) = item.origin { histories[id]?.paths.first } else { nil }
            plan.items.append(ScanItem(path: path, origin: item.origin, size: nil))
        }
        plan.recollection.leftOut = pending.indices.filter { pending[$0].detections != nil && !wanted.contains($0) }
            .map { pending[$0] }
        plan.commitCount = snapshot.commitCount
        plan.knownCount = snapshot.knownCount
        plan.knownBinaryCount = snapshot.binaryCount
        plan.attribution = HistoryAttribution(
            repositoryPath: repositoryPath, snapshot, places: histories, environment)
        addSubmodules(of: repository, to: &plan)
        return true
    }

    private func addEverything(
        _ inventory: ObjectInventory, _ state: RepositoryState?, _ repository: Repository, to plan: inout ScanPlan
    ) throws(GitError) {
        plan.commitCount = inventory.commits.count
        plan.items.reserveCapacity(inventory.blobs.count + inventory.newCommits.count + inventory.newTags.count + 1)
        try addReferences(of: repository, inventory, to: &plan)
        plan.items += inventory.newTags.lazy.map { ScanItem(path: nil, origin: .tagMessage($0), size: nil) }
        plan.items += inventory.newCommits.lazy.map { ScanItem(path: nil, origin: .commitMessage($0), size: nil) }
        plan.items += inventory.blobs.lazy.map { ScanItem(path: nil, origin: .blob($0.id), size: $0.size) }
        plan.knownBinaryCount = inventory.binaryBlobs.count
        plan.knownCount =
            inventory.cleanBlobs.count + inventory.commits.count - inventory.newCommits.count + inventory.tags.count
            - inventory.newTags.count
        try addGaps(inventory, state, repository, to: &plan)
        addSubmodules(of: repository, to: &plan)
    }

    private func addSelected(
        _ inventory: ObjectInventory, _ repository: Repository, to plan: inout ScanPlan
    ) throws(GitError) {
        let selected = try SelectedObjects(selection, inventory, repository)
        plan.commitCount = selected.commits.count
        // In the order of the inventory, which packs like.
        let tags = inventory.newTags.filter(selected.tags.contains)
        let commits = inventory.newCommits.filter(selected.commits.contains)
        plan.items += tags.map { ScanItem(path: nil, origin: .tagMessage($0), size: nil) }
        plan.items += commits.map { ScanItem(path: nil, origin: .commitMessage($0), size: nil) }
        for blob in inventory.blobs where selected.blobs.contains(blob.id) {
            plan.items.append(ScanItem(path: nil, origin: .blob(blob.id), size: blob.size))
        }
        plan.knownBinaryCount = inventory.binaryBlobs.count(where: selected.blobs.contains)
        plan.knownCount =
            inventory.cleanBlobs.count(where: selected.blobs.contains) + selected.commits.count - commits.count
            + selected.tags.count - tags.count
        plan.problems += ProblemSummary.problems(selected.failures)
        try addGaps(selected, inventory, repository, to: &plan)
    }

    /// What the selected commits hold and this clone has not.
    private func addGaps(
        _ selected: SelectedObjects, _ inventory: ObjectInventory, _ repository: Repository, to plan: inout ScanPlan
    ) throws(GitError) {
        if !selected.missingParents.isEmpty {
            plan.problems.append(
                Problem(
                    subject: selected.missingParents.count == 1
                        ? "1 commit" : "\(selected.missingParents.count) commits",
                    message: "earlier commits of the selection are not in this clone",
                    advice: repository.isShallow ? "git fetch --unshallow" : "git fetch --refetch"))
        }
        let missing = selected.blobs.filter { !inventory.contains($0) && !MissingObjects.builtIn.contains($0) }
        guard !missing.isEmpty else { return }
        let isPartial = try repository.isPartialClone
        plan.problems.append(
            Problem(
                subject: missing.count == 1 ? "1 object" : "\(missing.count) objects",
                message: isPartial
                    ? "this is a partial clone: they were left out of it"
                    : "the objects are missing, \(missing.min().map(\.description) ?? "") among them",
                advice: isPartial
                    ? "git fetch --refetch --no-filter"
                    : "`git fetch --refetch` or a fresh clone brings back what the remote still has"))
    }

    private func addReferences(
        of repository: Repository, _ inventory: ObjectInventory, to plan: inout ScanPlan
    ) throws(GitError) {
        let references = try repository.references()
        if !references.names.isEmpty {
            plan.items.append(ScanItem(path: nil, origin: .referenceNames, size: nil))
        }
        let dangling = references.references.filter { !inventory.contains($0.target) }.map {
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
        _ inventory: ObjectInventory, _ state: RepositoryState?, _ repository: Repository, to plan: inout ScanPlan
    ) throws(GitError) {
        let shallow = try repository.shallowCommits()
        if !shallow.isEmpty {
            plan.problems.append(
                Problem(
                    subject: shallow.count == 1 ? "commit \(shallow[0])" : "\(shallow.count) commits",
                    message: "this is a shallow clone: what came before is not in it",
                    advice: "git fetch --unshallow"))
        }
        let completeness = HistoryAttribution.Completeness.asked(shallow: Set(shallow))
        var inventory = inventory
        if plan.cache == nil { inventory.forgetBlobs() }
        // Of what already went wrong a snapshot could not tell.
        plan.attribution = HistoryAttribution(
            repositoryPath: repositoryPath, inventory, completeness, state: plan.problems.isEmpty ? state : nil,
            environment)
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
