import Bytes
import Findings
internal import Git
internal import ScanSources

extension HistoryPlanner {
    /// Plans a scan of all that is not known to be clean.
    ///
    /// - Parameter contents: What is to be added to.
    func plan(everythingOf inventory: ObjectInventory, _ contents: Plan) throws(GitError) -> HistoryPlan {
        var contents = contents
        contents.commitCount = inventory.commits.count
        contents.items.reserveCapacity(
            inventory.blobs.count + inventory.commitsToScan.count + inventory.tagsToScan.count + 1)
        try addReferences(to: &contents, inventory)
        contents.items += inventory.tagsToScan.lazy.map { ScanItem(path: nil, origin: .tagMessage($0), size: nil) }
        contents.items += inventory.commitsToScan.lazy.map {
            ScanItem(path: nil, origin: .commitMessage($0), size: nil)
        }
        contents.items += inventory.blobs.lazy.map { ScanItem(path: nil, origin: .blob($0.id), size: $0.size) }
        let shallow = try repository.shallowCommits()
        addBoundary(shallow, to: &contents)
        var asked = inventory
        if cache == nil { asked.forgetBlobs() }
        // Of what already went wrong a snapshot could not tell.
        let method = DatabaseAttribution(
            inventory: asked, shallow: Set(shallow), state: contents.problems.isEmpty ? state : nil)
        addSubmodules(to: &contents)
        var plan = HistoryPlan(contents: contents, attribution: attribution(by: method))
        plan.known = KnownCounts(
            clean: inventory.cleanBlobs.count + inventory.commits.count - inventory.commitsToScan.count
                + inventory.tags.count - inventory.tagsToScan.count,
            binary: inventory.binaryBlobs.count)
        return plan
    }

    /// For each of the items that are everything, in the order in which they are added above, its number in the packs.
    func numbers(of items: [ScanItem], _ numbers: PackedNumbers, in inventory: ObjectInventory) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(items.count)
        let objects = inventory.tagsToScan.count + inventory.commitsToScan.count + inventory.blobs.count
        // What is before the objects are the names of references.
        for (count, numbers) in [
            (items.count - objects, []), (inventory.tagsToScan.count, numbers.tags),
            (inventory.commitsToScan.count, numbers.commits), (inventory.blobs.count, numbers.blobs),
        ] {
            result += numbers
            result += repeatElement(PackedItems.none, count: count - numbers.count)
        }
        return result
    }

    private func addReferences(to contents: inout Plan, _ inventory: ObjectInventory) throws(GitError) {
        let references = try repository.references()
        if !references.names.isEmpty {
            contents.items.append(ScanItem(path: nil, origin: .referenceNames, size: nil))
        }
        let dangling = references.references.filter { !inventory.contains($0.target) }.map {
            GitError(
                operation: "resolve the reference", subject: $0.name, kind: .notFound,
                message: "its object \($0.target) is missing")
        }
        contents.problems += (references.failures + dangling).map {
            Problem($0, advice: "`git fetch` may bring it back; `git update-ref -d \($0.subject)` removes it")
        }
    }

    /// Tells what a shallow clone left out.
    private func addBoundary(_ shallow: [ObjectID], to contents: inout Plan) {
        guard !shallow.isEmpty else { return }
        var problem = Problem(
            subject: shallow.count == 1 ? "commit \(shallow[0])" : "\(shallow.count) commits",
            message: "this is a shallow clone: what came before is not in it", advice: "git fetch --unshallow")
        problem.isLasting = true
        contents.problems.append(problem)
    }
}
