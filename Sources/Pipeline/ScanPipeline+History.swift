import Git
import ScanSources
import Scanner

extension ScanPipeline {
    /// Asks the history about blobs that hold something, and looks at them again under the path they had.
    ///
    /// - Returns: The paths, by index in the plan.
    func collectHistory(
        _ tally: inout WorkerTally, _ plan: ScanPlan, _ source: some ScanSource, _ target: String,
        _ attribution: HistoryAttribution, into collector: inout FindingCollector
    ) throws(SourceError) -> [Int: String] {
        let explained = tally.explanations.lazy.filter { !$0.places.isEmpty }.map(\.item)
        let items = Set(tally.outcomes.map(\.item)).union(explained).union(tally.suspects)
        var histories: [ObjectID: BlobHistory] = [:]
        do throws(SourceError) {
            histories = try attribution.attribute(Set(items.compactMap { plan.items[$0].blob }))
        } catch {
            // Findings without their history are better than none.
            let problem = Problem(subject: target, message: error.description)
            tally.problems.append((plan.items.count, problem))
        }
        let paths = Dictionary(
            uniqueKeysWithValues: items.compactMap { item in
                plan.items[item].blob.flatMap { histories[$0] }.map { (item, $0.paths.first?.description ?? "") }
            })
        let settled = try settle(tally, plan, source, paths)
        tally.problems += settled.problems
        for outcome in settled.outcomes {
            let item = plan.items[outcome.item]
            let history = item.blob.flatMap { histories[$0] }.map { Occurrence.History($0) }
            let path = paths[outcome.item].flatMap { $0.isEmpty ? nil : $0 }
            for detection in outcome.detections {
                collector.add(
                    detection, path: path ?? item.displayPath, origin: Occurrence.Origin(item.origin),
                    history: history
                        ?? item.commit.flatMap { plan.introductions[$0] }.map { Occurrence.History(inRange: $0) })
            }
        }
        let again = Set(settled.explanations.map(\.item))
        tally.explanations = tally.explanations.filter { !again.contains($0.item) } + settled.explanations
        return paths.filter { !$0.value.isEmpty }
    }

    /// Scans under their paths what was found, or suspected, without.
    ///
    /// - Parameter paths: By index in the plan; empty for blobs without.
    private func settle(
        _ tally: WorkerTally, _ plan: ScanPlan, _ source: some ScanSource, _ paths: [Int: String]
    ) throws(SourceError) -> WorkerTally {
        let again = tally.outcomes.filter { paths[$0.item] != nil }.map(\.item)
        let suspects = Set(tally.suspects)
        let units = suspects.isEmpty ? [] : plan.packed?.units ?? []
        var settled = try onAllThreads(units.count + again.count, source) {
            var packedWorker: PackedWorker?
            return { (number: Int, worker: inout Worker) in
                guard number < units.count, let packed = plan.packed else {
                    let item = again[number - units.count]
                    _ = worker.scan(plan.items[item], index: item, path: paths[item])
                    return
                }
                let scanning = packedWorker ?? PackedWorker(plan, packed, engine: engine, settings: settings)
                scanning.scan(units[number], wants: suspects.contains, path: { paths[$0] }, &worker)
                packedWorker = scanning
            }
        }
        settled.outcomes += tally.outcomes.filter { paths[$0.item] == nil }
        settled.outcomes.sort { $0.item < $1.item }
        return settled
    }
}
