internal import Dispatch
import Findings
internal import History
import ScanSources
import Scanner
internal import Synchronization

/// Reads and scans the items of a plan, on several threads.
struct ItemScan<Source: BlobSource>: Sendable {
    let engine: ScanEngine
    let settings: ScanSettings
    let progress: Progress
    let interruption: Interruption
    let timings: Timings
    /// Where the items are read from.
    let source: Source
    let items: [ScanItem]
    /// Those of the items that are read as objects of packs; `nil`: none is.
    var packed: PackedItems?
    /// Whether the content of what packs have is compared with its id.
    var verifiesObjects = false

    /// Scans all items, under the paths that they have in the plan.
    ///
    /// - Returns: What came of it, in the order of the items.
    func run() throws(SourceError) -> WorkerTally {
        progress.begin(items.count)
        let units = packed?.units ?? []
        let batches = (items.count + Worker.batchSize - 1) / Worker.batchSize
        var tally = try onAllThreads(count: units.count + batches) {
            let packedWorker = makePackedWorker()
            return { (number: Int, worker: inout Worker) in
                guard number < units.count, let packedWorker else {
                    return scan(batch: number - units.count, with: &worker)
                }
                let (items, bytes) = packedWorker.search(units[number], &worker)
                progress.advance(items: items, bytes: bytes)
            }
        }
        tally.outcomes.sort { $0.item < $1.item }
        tally.problems.sort { $0.item < $1.item }
        return tally
    }

    private func scan(batch: Int, with worker: inout Worker) {
        let start = batch * Worker.batchSize
        var count = (items: 0, bytes: 0)
        for index in start..<min(start + Worker.batchSize, items.count) where packed?.holds(index) != true {
            if interruption.isRequested { return }
            count.bytes += worker.scan(items[index], index: index, path: items[index].path?.description)
            count.items += 1
        }
        progress.advance(items: count.items, bytes: count.bytes)
    }

    /// Does numbered pieces of work, the first ones first, until all are done or the scan is interrupted.
    ///
    /// - Parameter makeWork: Called once by each thread.
    func onAllThreads(
        count: Int, _ makeWork: @Sendable () -> (Int, inout Worker) -> Void
    ) throws(SourceError) -> WorkerTally {
        try timings.measure(.reading) { () throws(SourceError) in try spread(count: count, makeWork) }
    }

    private func spread(
        count: Int, _ makeWork: @Sendable () -> (Int, inout Worker) -> Void
    ) throws(SourceError) -> WorkerTally {
        let next = Atomic<Int>(0)
        let merged = Mutex<(tally: WorkerTally, failure: SourceError?)>((WorkerTally(), nil))
        DispatchQueue.concurrentPerform(iterations: max(1, min(settings.jobs, count))) { _ in
            do throws(SourceError) {
                var worker = Worker(reader: try source.makeReader(), engine: engine, settings: settings)
                let work = makeWork()
                while !interruption.isRequested {
                    let number = next.add(1, ordering: .relaxed).oldValue
                    guard number < count else { break }
                    work(number, &worker)
                }
                let tally = worker.tally
                merged.withLock { $0.tally.merge(tally) }
            } catch {
                merged.withLock { $0.failure = error }
            }
        }
        let (tally, failure) = merged.withLock { $0 }
        if let failure { throw failure }
        return tally
    }

    /// `nil` if nothing is read from packs. Each thread needs its own.
    func makePackedWorker() -> PackedWorker? {
        packed.map { packed in
            let reader = packed.makeReader(maximumSize: settings.maximumFileSize, verifies: verifiesObjects)
            return PackedWorker(
                reader: reader, items: items, engine: engine, minimumConfidence: settings.selection.minimumConfidence)
        }
    }
}
