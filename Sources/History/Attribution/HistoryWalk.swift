import Bytes
internal import Git

/// Reads the commits and trees of a history, each once, for both that is asked of them: whether what they name is there,
/// and where blobs belong.
struct HistoryWalk {
    private let repository: Repository
    private let packed: PackedObjects?
    private let jobs: Int
    /// Of which objects it is asked whether what they name is there; `nil`: of none.
    private let check: Check?

    struct Check {
        let inventory: ObjectInventory
        /// Commits whose parents are known to be left out.
        let shallow: Set<ObjectID>
    }

    /// What came of it.
    struct Outcome {
        var histories: [ObjectID: BlobHistory] = [:]
        var missing = MissingObjects()
        /// Objects that were asked and could not be read.
        var failures: [GitError] = []
    }

    init(_ repository: Repository, packed: PackedObjects?, jobs: Int, check: Check? = nil) {
        self.repository = repository
        self.packed = packed
        self.jobs = jobs
        self.check = check
    }

    /// - Parameters:
    ///   - blobs: The blobs, commits and tags that are to be placed in the history.
    ///   - commits: The history.
    func run(placing blobs: Set<ObjectID>, in commits: [ObjectID]) throws(GitError) -> Outcome {
        var outcome = Outcome()
        if blobs.isEmpty, check == nil { return outcome }
        // Where no blob is looked for, only what is new is asked.
        let asked = blobs.isEmpty ? check?.inventory.unchecked.commits ?? [] : commits
        let reading = CommitReading(asked, repository, packed: packed)
        let trees = readTrees(leadingTo: blobs, reading.numbers)
        if let check {
            checkCommits(reading, check, &outcome)
            checkTags(check, &outcome)
            outcome.missing.add(trees.missing)
            outcome.failures += reading.failures + trees.failures
        }
        guard !blobs.isEmpty else { return outcome }
        var search = try AttributionSearch(
            for: blobs, among: CommitGraph(reading), BlobLocations(trees), of: repository)
        outcome.histories = try search.run()
        return outcome
    }

    // MARK: Trees

    /// More trees of packs are not read one by one.
    private static let largestSingleCount = 500

    private func readTrees(leadingTo blobs: Set<ObjectID>, _ numbers: ObjectNumbers) -> TreeGraph {
        var graph = TreeGraph(to: blobs, numbers, repository)
        guard let check else {
            graph.readPacks(jobs: jobs, exists: nil, wants: nil)
            return graph
        }
        let inventory = check.inventory
        let exists = { @Sendable (id: ObjectID) in inventory.contains(id) }
        // Packs that are planned for the sake of blobs alone hold nothing unchecked that is not listed, too.
        let isUnchecked = inventory.unchecked.packedTrees
        // Where few are unchecked, it is not asked of all that lead to blobs.
        let areFewUnchecked = inventory.unchecked.packedTreeCount <= Self.largestSingleCount
        let asksOfAll = blobs.isEmpty || !areFewUnchecked
        graph.readPacks(
            jobs: jobs, exists: asksOfAll ? exists : nil,
            wants: blobs.isEmpty ? { @Sendable in isUnchecked[Int($0)] } : nil)
        // What is left: loose trees, and those of packs that could not be read as such.
        for tree in isUnchecked.indices where isUnchecked[tree] && !(asksOfAll && graph.isRead(UInt32(tree))) {
            graph.read(UInt32(tree), exists: exists)
        }
        for id in inventory.unchecked.trees {
            let tree = graph.number(of: id)
            if !(asksOfAll && graph.isRead(tree)) { graph.read(tree, exists: exists) }
        }
        // Of trees in packs only what is new is looked up. Read whole, those that name what is missing tell the same
        // whether they are asked alone or with all others.
        let namers = Set(graph.missing.list.map(\.namedBy))
        if namers.count <= Self.largestSingleCount {
            for id in namers.sorted() { graph.read(graph.number(of: id), exists: exists) }
        }
        return graph
    }

    // MARK: Commits and tags

    private func checkCommits(_ reading: CommitReading, _ check: Check, _ outcome: inout Outcome) {
        let numbers = reading.numbers
        let unchecked = check.inventory.unchecked.commits
        // All of them, mostly.
        let asked = unchecked.count < check.inventory.commits.count ? Set(unchecked) : nil
        for (index, commit) in reading.commits.enumerated() {
            let tree = reading.tree(index)
            let isComplete = numbers.isPacked(tree) && reading.parents(index).allSatisfy(numbers.isPacked)
            if isComplete { continue }
            let id = numbers.id(commit)
            if let asked, !asked.contains(id) { continue }
            note(numbers.id(tree), namedBy: id, by: check, &outcome)
            if !check.shallow.contains(id) {
                for parent in reading.parents(index) { note(numbers.id(parent), namedBy: id, by: check, &outcome) }
            }
        }
    }

    private func checkTags(_ check: Check, _ outcome: inout Outcome) {
        for id in check.inventory.unchecked.tags {
            do throws(GitError) {
                note(try repository.tag(id).target, namedBy: id, by: check, &outcome)
            } catch {
                outcome.failures.append(error)
            }
        }
    }

    private func note(_ id: ObjectID, namedBy parent: ObjectID, by check: Check, _ outcome: inout Outcome) {
        if !check.inventory.contains(id) { outcome.missing.note(id, namedBy: parent) }
    }
}
