internal import Findings
internal import Git
package import ScanSources

/// Plans the scan of a history that is opened: first it tells what the last scan found, then it makes a plan for one who
/// says what of that is to be read again.
package struct HistoryPlanner {
    /// The objects in which the last scan found something, if nothing has changed since; otherwise there are none.
    package let remembered: [RememberedItem]

    let repository: Repository
    let repositoryPath: String
    let environment: GitEnvironment
    let cache: ScanCache?
    /// The state that a snapshot is made of, or was made of; `nil` where none is kept.
    let state: RepositoryState?
    private let selection: HistorySelection
    private let verifiesObjects: Bool
    /// What the last scan found out, if nothing has changed since.
    private let snapshot: HistorySnapshot?

    init(
        _ repository: Repository, repositoryPath: String, selection: HistorySelection, cacheKey: CacheKey?,
        verifiesObjects: Bool, environment: GitEnvironment
    ) {
        self.repository = repository
        self.repositoryPath = repositoryPath
        self.selection = selection
        self.verifiesObjects = verifiesObjects
        self.environment = environment
        // What the cache notes are packs and files of objects, which git alone reads there.
        let cache = (repository.isServed ? nil : cacheKey).map {
            ScanCache.open(gitDirectory: repository.commonDirectory, key: $0)
        }
        self.cache = cache
        state = cache != nil && selection.isEverything ? Self.state(of: repository) : nil
        let isAsItWas = state.map { $0.digest == cache?.snapshot?.state } ?? false
        snapshot = isAsItWas ? cache?.snapshot : nil
        remembered = snapshot?.pendingItems ?? []
    }

    private static func state(of repository: Repository) -> RepositoryState? {
        do throws(GitError) {
            return try RepositoryState(repository)
        } catch {
            // What cannot be read is named by whoever needs it; nothing is kept of such a repository.
            return nil
        }
    }

    /// Lists what there is to scan.
    ///
    /// - Parameter wanted: Which of `remembered` are to be read again, by index; of the others the plan says what was
    ///   found in them. `nil`: all.
    package func plan(readingAgain wanted: Set<Int>? = nil) throws(SourceError) -> HistoryPlan {
        do throws(GitError) {
            if let snapshot, let state {
                let places = try SnapshotPlaces(state, repository)
                if let plan = plan(from: snapshot, placedBy: places, readingAgain: wanted) { return plan }
            }
            return try planFromObjects()
        } catch {
            throw SourceError(error, attempt: "scan the history of", subject: repositoryPath)
        }
    }

    private func planFromObjects() throws(GitError) -> HistoryPlan {
        var inventory = ObjectInventory(repository, cache: cache)
        let numbers = inventory.takeNumbers()
        var contents = emptyContents
        contents.problems += ProblemSummary.problems(inventory.listingProblems)
        contents.problems += ProblemSummary.problems(inventory.failures)
        var plan: HistoryPlan
        var itemNumbers: [UInt32]?
        if selection.isEverything {
            plan = try self.plan(everythingOf: inventory, contents)
            itemNumbers = numbers.map { self.numbers(of: plan.contents.items, $0, in: inventory) }
        } else {
            plan = try self.plan(selection, of: inventory, contents)
        }
        plan.cache = cache
        plan.verifiesObjects = verifiesObjects
        plan.packed = inventory.packed.map { PackedItems(plan.contents.items, in: $0, numbers: itemNumbers) }
        return plan
    }

    /// A plan of nothing yet.
    var emptyContents: Plan { Plan(root: repository.workingDirectory ?? repository.gitDirectory) }

    func attribution(by method: some AttributionMethod) -> HistoryAttribution {
        HistoryAttribution(repositoryPath: repositoryPath, environment: environment, method: method)
    }

    /// Adds the submodules, which are repositories of their own; which there are is a matter of HEAD.
    func addSubmodules(to contents: inout Plan) {
        do throws(GitError) {
            let files = try TreeFiles(ofHead: repository)
            contents.omissions += files.omissions.filter { $0.reason == .submodule }
        } catch {
            contents.problems.append(Problem(error, subject: "HEAD"))
        }
    }
}
