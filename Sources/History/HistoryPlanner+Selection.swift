import Findings
internal import Git
internal import ScanSources

extension HistoryPlanner {
    /// Plans a scan of a part of the history.
    ///
    /// - Parameter contents: What is to be added to.
    func plan(
        _ selection: HistorySelection, of inventory: ObjectInventory, _ contents: Plan
    ) throws(GitError) -> HistoryPlan {
        let method = DatabaseAttribution(inventory: inventory, shallow: nil, state: nil)
        var plan = HistoryPlan(contents: contents, attribution: attribution(by: method))
        let selected = try SelectedObjects(selection, inventory, repository)
        plan.contents.commitCount = selected.commits.count
        // In the order of the inventory, which packs like.
        let tags = inventory.tagsToScan.filter(selected.tags.contains)
        let commits = inventory.commitsToScan.filter(selected.commits.contains)
        plan.contents.items += tags.map { ScanItem(path: nil, origin: .tagMessage($0), size: nil) }
        plan.contents.items += commits.map { ScanItem(path: nil, origin: .commitMessage($0), size: nil) }
        for blob in inventory.blobs where selected.blobs.contains(blob.id) {
            plan.contents.items.append(ScanItem(path: nil, origin: .blob(blob.id), size: blob.size))
        }
        plan.known = KnownCounts(
            clean: inventory.cleanBlobs.count(where: selected.blobs.contains) + selected.commits.count - commits.count
                + selected.tags.count - tags.count,
            binary: inventory.binaryBlobs.count(where: selected.blobs.contains))
        plan.contents.problems += ProblemSummary.problems(selected.failures)
        try addGaps(selected, inventory, to: &plan.contents)
        return plan
    }

    /// Tells what the selected commits hold and this clone has not.
    private func addGaps(
        _ selected: SelectedObjects, _ inventory: ObjectInventory, to contents: inout Plan
    ) throws(GitError) {
        if !selected.missingParents.isEmpty {
            contents.problems.append(
                Problem(
                    subject: selected.missingParents.count == 1
                        ? "1 commit" : "\(selected.missingParents.count) commits",
                    message: "earlier commits of the selection are not in this clone",
                    advice: repository.isShallow ? "git fetch --unshallow" : "git fetch --refetch"))
        }
        let missing = selected.blobs.filter { !inventory.contains($0) && !MissingObjects.builtIn.contains($0) }
        guard !missing.isEmpty else { return }
        let isPartial = try repository.isPartialClone
        contents.problems.append(
            Problem(
                subject: missing.count == 1 ? "1 object" : "\(missing.count) objects",
                message: isPartial
                    ? "this is a partial clone: they were left out of it"
                    : "the objects are missing, \(missing.min().map(\.description) ?? "") among them",
                advice: isPartial
                    ? "git fetch --refetch --no-filter"
                    : "`git fetch --refetch` or a fresh clone brings back what the remote still has"))
    }
}
