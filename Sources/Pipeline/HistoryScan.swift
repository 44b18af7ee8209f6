import Bytes
import Findings
import History
import ScanSources
import Scanner

/// Scans what a history has: first without knowing the paths of blobs, and then, where there may be something, under the
/// paths that the history tells.
struct HistoryScan<Source: BlobSource> {
    let scan: ItemScan<Source>
    let plan: HistoryPlan
    /// What the user named, for problems.
    let target: String

    var items: [ScanItem] { scan.items }
    var engine: ScanEngine { scan.engine }

    /// What the history said of the items that matter.
    struct Answer {
        /// Where blobs, commits and tags belong.
        var histories: [ObjectID: BlobHistory] = [:]
        /// By index of the item; empty for blobs without a path.
        var paths: [Int: String] = [:]
        /// `nil` if the history could not be asked.
        var outcome: AttributionOutcome?
    }

    func run() throws(SourceError) -> CollectedScan {
        var tally = try scan.run()
        let judged = itemsJudgedByPath()
        let answer = ask(about: itemsOfInterest(in: tally).union(judged), &tally)
        let found = try rescan(tally, under: answer.paths)
        // What was read without a path, and again under it, has the same problems twice.
        let known = Set(tally.problems.map(\.problem))
        tally.problems += found.problems.filter { !known.contains($0.problem) }
        tally.silenced += found.silenced
        tally.clean += try silentSuspects(of: tally, after: found)
        let again = Set(found.explanations.map(\.item))
        tally.explanations = tally.explanations.filter { !again.contains($0.item) } + found.explanations

        var collected = CollectedScan(
            plan.contents, tally,
            FindingCollector(
                rules: engine.rules, key: scan.settings.fingerprintKey, isAllowed: engine.allows,
                fileAllowing: engine.file))
        collect(found.outcomes, answer, into: &collected.collector)
        collectPaths(of: judged, answer, besides: found.outcomes, into: &collected.collector)
        Remembering(engine: engine, settings: scan.settings).collect(
            plan.recollection, of: target, besides: found.outcomes, into: &collected.collector)
        remember(tally, found: found.outcomes, answer.outcome)
        collected.problems += answer.outcome?.problems ?? []
        collected.paths = answer.paths.filter { !$0.value.isEmpty }
        collected.known = plan.known
        collected.known.clean += plan.recollection.leftOut.count
        return collected
    }

    // MARK: Asking

    private func itemsOfInterest(in tally: WorkerTally) -> Set<Int> {
        let explained = tally.explanations.lazy.filter { !$0.places.isEmpty }.map(\.item)
        return Set(tally.outcomes.map(\.item)).union(explained).union(tally.suspects.lazy.map(\.item))
    }

    /// Blobs without a path of their own, if rules judge paths alone: nothing in a blob says that its path matters.
    private func itemsJudgedByPath() -> [Int] {
        guard engine.judgesPaths else { return [] }
        return items.indices.filter { items[$0].path == nil && items[$0].origin.blob != nil }
    }

    private func ask(about wanted: Set<Int>, _ tally: inout WorkerTally) -> Answer {
        var answer = Answer()
        do throws(SourceError) {
            // What people wrote into a message belongs to its commit as much as the files do.
            let objects = Set(wanted.compactMap { items[$0].origin.object })
            let outcome = try scan.timings.measure(.history) { () throws(SourceError) in
                try plan.attribution.attribute(objects, jobs: scan.settings.jobs)
            }
            answer.histories = outcome.histories
            answer.outcome = outcome
        } catch {
            // Findings without their history are better than none.
            tally.problems.append((items.count, Problem(subject: target, message: error.description)))
        }
        answer.paths = Dictionary(
            uniqueKeysWithValues: wanted.compactMap { item in
                items[item].origin.blob.flatMap { answer.histories[$0] }.map {
                    (item, $0.paths.first?.description ?? "")
                }
            })
        return answer
    }

    // MARK: Scanning again

    /// Scans under their paths what was found, or suspected, without one.
    ///
    /// - Parameter paths: By index of the item; empty for blobs without.
    /// - Returns: What was found in all items.
    private func rescan(_ tally: WorkerTally, under paths: [Int: String]) throws(SourceError) -> WorkerTally {
        let needsPath = { (outcome: ItemOutcome) in paths[outcome.item] != nil && items[outcome.item].path == nil }
        let again = tally.outcomes.filter(needsPath).map(\.item)
        // Asked of every object of the packs.
        var isSuspect = [Bool](repeating: false, count: items.count)
        for suspect in tally.suspects { isSuspect[suspect.item] = true }
        let suspects = isSuspect
        let places = Dictionary(
            tally.suspects.lazy.compactMap { suspect in suspect.places.map { (suspect.item, $0) } },
            uniquingKeysWith: { known, _ in known })
        let units = tally.suspects.isEmpty ? [] : scan.packed?.units ?? []
        var found = try scan.onAllThreads(count: units.count + again.count) { [scan] in
            let packedWorker = scan.makePackedWorker()
            return { (number: Int, worker: inout Worker) in
                guard number < units.count, let packedWorker else {
                    let item = again[number - units.count]
                    _ = worker.scan(scan.items[item], index: item, path: paths[item])
                    return
                }
                packedWorker.scan(
                    units[number], wants: { suspects[$0] }, path: { paths[$0] }, near: { places[$0] }, &worker)
            }
        }
        found.outcomes += tally.outcomes.filter { !needsPath($0) }
        found.outcomes.sort { $0.item < $1.item }
        return found
    }

    /// Suspects that hold nothing whatever their path is: a cache may call them clean.
    private func silentSuspects(of tally: WorkerTally, after found: WorkerTally) throws(SourceError) -> [Int] {
        guard let cache = plan.cache else { return [] }
        let loud = Set(found.outcomes.map(\.item))
        // Of what a scan with the same rules did not call clean, another would not.
        let silent = tally.suspects.map(\.item).filter { item in
            !loud.contains(item) && items[item].origin.object.map(cache.isPending) != true
        }
        return try scan.onAllThreads(count: silent.count) { [items] in
            { (number: Int, worker: inout Worker) in
                _ = worker.scan(items[silent[number]], index: silent[number], path: nil)
            }
        }.clean
    }
}
