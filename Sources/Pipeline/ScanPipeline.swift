internal import Dispatch
internal import Git
import Rules
public import ScanSources
public import Scanner
internal import Synchronization

/// Runs a scan: plan → blobs → detections → findings → result.
public struct ScanPipeline: Sendable {
    private let engine: ScanEngine
    private let settings: ScanSettings
    private let progress: Progress
    private let interruption: Interruption

    public init(
        engine: ScanEngine, settings: ScanSettings, progress: Progress = Progress(),
        interruption: Interruption = Interruption()
    ) {
        self.engine = engine
        self.settings = settings
        self.progress = progress
        self.interruption = interruption
    }

    /// Scans everything that a source has.
    ///
    /// - Parameters:
    ///   - source: Where blobs come from.
    ///   - mode: For the report: `tree`, `staged`, `history`, …
    ///   - target: For the report: what the user named.
    ///   - attributing: For a history: says where blobs belong.
    /// - Throws: `SourceError` when what was asked for cannot be scanned at all.
    public func run(
        _ source: some ScanSource, mode: String, target: String,
        attributing: ((ScanPlan) -> HistoryAttribution)? = nil
    ) throws(SourceError) -> ScanResult {
        let plan = try source.plan()
        var tally = try scan(plan, source)
        tally.outcomes.sort { $0.item < $1.item }
        tally.problems.sort { $0.item < $1.item }
        var collector = FindingCollector(rules: engine.rules)
        var paths: [Int: String] = [:]
        if let attributing {
            paths = try collectHistory(&tally, plan, source, target, attributing(plan), into: &collector)
        } else {
            collect(tally.outcomes, plan, into: &collector)
        }
        var explanations = ExplanationCollector(rules: engine.rules)
        for item in tally.explanations {
            explanations.add(item, path: paths[item.item] ?? plan.items[item.item].displayPath)
        }
        return result(collector, explanations, plan, tally, mode: mode, target: target)
    }

    // MARK: Scanning

    private func scan(_ plan: ScanPlan, _ source: some ScanSource) throws(SourceError) -> WorkerTally {
        progress.begin(plan.items.count)
        let next = Atomic<Int>(0)
        let merged = Mutex<(tally: WorkerTally, failure: SourceError?)>((WorkerTally(), nil))
        let batches = (plan.items.count + Worker.batchSize - 1) / Worker.batchSize
        DispatchQueue.concurrentPerform(iterations: max(1, min(settings.jobs, batches))) { _ in
            do throws(SourceError) {
                var worker = Worker(reader: try source.makeReader(), engine: engine, settings: settings)
                while !interruption.isRequested {
                    let batch = next.add(1, ordering: .relaxed).oldValue
                    guard batch < batches else { break }
                    scanBatch(batch, plan, &worker)
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

    private func scanBatch(_ batch: Int, _ plan: ScanPlan, _ worker: inout Worker) {
        let start = batch * Worker.batchSize
        var bytes = 0
        let end = min(start + Worker.batchSize, plan.items.count)
        for index in start..<end {
            if interruption.isRequested { return }
            bytes += worker.scan(plan.items[index], index: index, path: plan.items[index].path?.description)
        }
        progress.advance(items: end - start, bytes: bytes)
    }

    // MARK: Collecting

    private func collect(_ outcomes: [ItemOutcome], _ plan: ScanPlan, into collector: inout FindingCollector) {
        for outcome in outcomes {
            let item = plan.items[outcome.item]
            for detection in outcome.detections {
                collector.add(
                    detection, path: item.displayPath, origin: Occurrence.Origin(item.origin),
                    history: item.blob.flatMap { plan.introductions[$0] }.map { Occurrence.History(inRange: $0) })
            }
        }
    }

    /// Asks the history about blobs with detections, and looks at them again under the path they had.
    ///
    /// - Returns: The paths, by index in the plan.
    private func collectHistory(
        _ tally: inout WorkerTally, _ plan: ScanPlan, _ source: some ScanSource, _ target: String,
        _ attribution: HistoryAttribution, into collector: inout FindingCollector
    ) throws(SourceError) -> [Int: String] {
        let explained = tally.explanations.lazy.filter { !$0.places.isEmpty }.map(\.item)
        let items = Set(tally.outcomes.map(\.item)).union(explained)
        let blobs = Set(items.compactMap { plan.items[$0].blob })
        var histories: [ObjectID: BlobHistory] = [:]
        do throws(SourceError) {
            histories = try attribution.attribute(blobs)
        } catch {
            // Findings without their history are better than none.
            let problem = Problem(subject: target, message: error.description)
            tally.problems.append((plan.items.count, problem))
        }
        var worker = Worker(reader: try source.makeReader(), engine: engine, settings: settings)
        for outcome in tally.outcomes {
            let item = plan.items[outcome.item]
            guard let blob = item.blob, let history = histories[blob] else {
                for detection in outcome.detections {
                    collector.add(
                        detection, path: item.displayPath, origin: Occurrence.Origin(item.origin),
                        history: item.commit.flatMap { plan.introductions[$0] }.map { Occurrence.History(inRange: $0) })
                }
                continue
            }
            _ = worker.scan(item, index: outcome.item, path: history.paths.first?.description ?? "")
        }
        let settled = worker.tally
        tally.problems += settled.problems
        for outcome in settled.outcomes {
            let item = plan.items[outcome.item]
            guard let blob = item.blob, let history = histories[blob] else { continue }
            for detection in outcome.detections {
                collector.add(
                    detection, path: history.paths.first?.description ?? item.displayPath,
                    origin: Occurrence.Origin(item.origin), history: Occurrence.History(history))
            }
        }
        let again = Set(settled.explanations.map(\.item))
        tally.explanations = tally.explanations.filter { !again.contains($0.item) } + settled.explanations
        return Dictionary(
            uniqueKeysWithValues: items.compactMap { item in
                plan.items[item].blob.flatMap { histories[$0]?.paths.first }.map { (item, $0.description) }
            })
    }

    // MARK: Result

    private func result(
        _ collector: FindingCollector, _ explanations: ExplanationCollector, _ plan: ScanPlan, _ tally: WorkerTally,
        mode: String, target: String
    ) -> ScanResult {
        var explanations = explanations
        var summary = ScanSummary(mode: mode, target: target)
        var reported: [Finding] = []
        for finding in collector.findings() {
            let reason = reasonToDrop(finding)
            if settings.explains { explanations.note(finding, droppedBy: reason) }
            switch reason {
            case nil: reported.append(finding)
            case .threshold: summary.suppressed["below threshold", default: 0] += 1
            case .some(let reason): summary.suppressed[reason.filter, default: 0] += 1
            }
        }
        if !collector.suppressedInline.isEmpty { summary.suppressed["inline"] = collector.suppressedInline.count }
        summary.filesScanned = tally.filesScanned
        summary.blobsScanned = tally.blobsScanned
        summary.bytesScanned = tally.bytesScanned
        summary.commitCount = plan.commitCount
        for omission in plan.omissions + tally.omissions { summary.omitted[omission.reason.words, default: 0] += 1 }
        summary.problems = (plan.problems + tally.problems.map(\.problem)).map {
            ScanSummary.Problem(subject: $0.subject, message: $0.message, advice: $0.advice)
        }
        summary.wasInterrupted = interruption.isRequested
        var result = ScanResult(findings: reported, rules: engine.rules, summary: summary)
        if settings.explains { result.explanations = explanations.result() }
        return result
    }

    /// Why a finding is not reported; `nil` if it is.
    private func reasonToDrop(_ finding: Finding) -> DropReason? {
        if finding.confidence < settings.minimumConfidence || finding.severity < settings.minimumSeverity {
            return .threshold
        }
        return settings.baseline?.contains(finding.fingerprint) == true ? .baseline : nil
    }
}
