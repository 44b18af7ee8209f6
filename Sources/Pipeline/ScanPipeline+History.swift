import Bytes
import Findings
import Git
import ScanSources
import Scanner

/// What was found in a history, and what the history said of it.
struct HistoryCollection {
    /// By index in the plan.
    var paths: [Int: String] = [:]
    /// What was found under these paths.
    var found: [ItemOutcome] = []
    /// `nil` if the history could not be asked.
    var outcome: HistoryAttribution.Outcome?
}

extension ScanPipeline {
    /// Asks the history about blobs that hold something, and looks at them again under the path they had.
    func collectHistory(
        _ tally: inout WorkerTally, _ plan: inout ScanPlan, _ source: some ScanSource, _ target: String,
        _ attribution: HistoryAttribution, into collector: inout FindingCollector
    ) throws(SourceError) -> HistoryCollection {
        let explained = tally.explanations.lazy.filter { !$0.places.isEmpty }.map(\.item)
        let judged = itemsJudgedByPath(plan)
        let items = Set(tally.outcomes.map(\.item)).union(explained).union(tally.suspects).union(judged)
        var histories: [ObjectID: BlobHistory] = [:]
        var outcome: HistoryAttribution.Outcome?
        do throws(SourceError) {
            // What people wrote into a message belongs to its commit as much as the files do.
            let objects = items.compactMap { plan.items[$0].origin.object }
            let found = try attribution.attribute(Set(objects), jobs: settings.jobs)
            histories = found.histories
            plan.problems += found.problems
            outcome = found
        } catch {
            // Findings without their history are better than none.
            let problem = Problem(subject: target, message: error.description)
            tally.problems.append((plan.items.count, problem))
        }
        let paths = Dictionary(
            uniqueKeysWithValues: items.compactMap { item in
                plan.items[item].origin.blob.flatMap { histories[$0] }.map { (item, $0.paths.first?.description ?? "") }
            })
        let settled = try settle(tally, plan, source, paths)
        tally.problems += settled.problems
        tally.clean += try clean(tally, settled, plan, source)
        for outcome in settled.outcomes {
            let item = plan.items[outcome.item]
            let history = item.origin.object.flatMap { histories[$0] }
            let path = paths[outcome.item].flatMap { $0.isEmpty ? nil : $0 }
            for detection in outcome.detections {
                collector.add(
                    detection, path: path ?? item.displayPath, origin: item.origin, history: history?.record)
            }
        }
        collectPaths(of: judged, plan, histories, settled, into: &collector)
        let again = Set(settled.explanations.map(\.item))
        tally.explanations = tally.explanations.filter { !again.contains($0.item) } + settled.explanations
        return HistoryCollection(
            paths: paths.filter { !$0.value.isEmpty }, found: settled.outcomes, outcome: outcome)
    }

    /// Blobs without a path of their own, if rules judge paths alone: nothing in a blob says that its path matters.
    private func itemsJudgedByPath(_ plan: ScanPlan) -> [Int] {
        guard engine.judgesPaths else { return [] }
        return plan.items.indices.filter { plan.items[$0].path == nil && plan.items[$0].origin.blob != nil }
    }

    /// Adds what is found for its path alone, under every path that it had.
    private func collectPaths(
        of items: [Int], _ plan: ScanPlan, _ histories: [ObjectID: BlobHistory], _ settled: WorkerTally,
        into collector: inout FindingCollector
    ) {
        guard !items.isEmpty else { return }
        let rules = PathRules(engine: engine)
        let found = Set(settled.outcomes.map(\.item))
        for item in items {
            guard let history = plan.items[item].origin.blob.flatMap({ histories[$0] }) else { continue }
            // Where something was found in the blob, its first path was judged with it.
            for path in history.paths.dropFirst(found.contains(item) ? 1 : 0) {
                for detection in rules.detections(path.description) {
                    collector.add(
                        detection, path: path.description, origin: plan.items[item].origin,
                        history: history.record(at: path))
                }
            }
        }
    }

    /// Suspects that hold nothing whatever their path is: a cache may call them clean.
    private func clean(
        _ tally: WorkerTally, _ settled: WorkerTally, _ plan: ScanPlan, _ source: some ScanSource
    ) throws(SourceError) -> [Int] {
        guard let cache = plan.cache else { return [] }
        let found = Set(settled.outcomes.map(\.item))
        // Of what a scan with the same rules did not call clean, another would not.
        let silent = tally.suspects.filter { item in
            !found.contains(item) && plan.items[item].origin.object.map(cache.isPending) != true
        }
        return try onAllThreads(silent.count, source) {
            { (number: Int, worker: inout Worker) in
                _ = worker.scan(plan.items[silent[number]], index: silent[number], path: nil)
            }
        }.clean
    }

    /// Scans under their paths what was found, or suspected, without one.
    ///
    /// - Parameter paths: By index in the plan; empty for blobs without.
    private func settle(
        _ tally: WorkerTally, _ plan: ScanPlan, _ source: some ScanSource, _ paths: [Int: String]
    ) throws(SourceError) -> WorkerTally {
        let isUnsettled = { (outcome: ItemOutcome) in paths[outcome.item] != nil && plan.items[outcome.item].path == nil
        }
        let again = tally.outcomes.filter(isUnsettled).map(\.item)
        // Asked of every object of the packs.
        var isSuspect = [Bool](repeating: false, count: plan.items.count)
        for item in tally.suspects { isSuspect[item] = true }
        let suspects = isSuspect
        let units = tally.suspects.isEmpty ? [] : plan.packed?.units ?? []
        var settled = try onAllThreads(units.count + again.count, source) {
            let packedWorker = PackedWorker(plan, engine: engine, settings: settings)
            return { (number: Int, worker: inout Worker) in
                guard number < units.count, let packedWorker else {
                    let item = again[number - units.count]
                    _ = worker.scan(plan.items[item], index: item, path: paths[item])
                    return
                }
                packedWorker.scan(units[number], wants: { suspects[$0] }, path: { paths[$0] }, &worker)
            }
        }
        settled.outcomes += tally.outcomes.filter { !isUnsettled($0) }
        settled.outcomes.sort { $0.item < $1.item }
        return settled
    }
}
