internal import Dispatch
package import Findings
internal import Git
import Rules
package import ScanSources
package import Scanner
internal import Synchronization

/// Runs a scan: plan → blobs → detections → findings → result.
package struct ScanPipeline: Sendable {
    let engine: ScanEngine
    let settings: ScanSettings
    private let progress: Progress
    let interruption: Interruption

    package init(
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
    ///   - mode: For the report.
    ///   - target: For the report: what the user named.
    /// - Throws: `SourceError` when what was asked for cannot be scanned at all.
    package func run(
        _ source: some ScanSource, mode: ScanMode, target: String
    ) throws(SourceError) -> ScanResult {
        var plan = try source.plan()
        // To explain everything, everything has to be looked at by itself; and packs know of no paths.
        if settings.explains || engine.judgesPaths { plan.packed = nil }
        var tally = try scan(plan, source)
        tally.outcomes.sort { $0.item < $1.item }
        tally.problems.sort { $0.item < $1.item }
        var collector = FindingCollector(rules: engine.rules, isAllowed: engine.allows)
        var history: HistoryCollection?
        if let attribution = plan.attribution {
            let collected = try collectHistory(&tally, &plan, source, target, attribution, into: &collector)
            addRemembered(plan, collected.found, into: &collector)
            history = collected
        } else {
            collect(tally.outcomes, plan, into: &collector)
        }
        remember(tally, plan, history)
        var explanations = ExplanationCollector(rules: engine.rules)
        for item in tally.explanations {
            explanations.add(item, path: history?.paths[item.item] ?? plan.items[item.item].displayPath)
        }
        return result(collector, explanations, plan, tally, mode: mode, target: target)
    }

    // MARK: Scanning

    private func scan(_ plan: ScanPlan, _ source: some ScanSource) throws(SourceError) -> WorkerTally {
        progress.begin(plan.items.count)
        let units = plan.packed?.units ?? []
        let batches = (plan.items.count + Worker.batchSize - 1) / Worker.batchSize
        return try onAllThreads(units.count + batches, source) {
            let packedWorker = PackedWorker(plan, engine: engine, settings: settings)
            return { (number: Int, worker: inout Worker) in
                guard number < units.count, let packedWorker else {
                    return scanBatch(number - units.count, plan, &worker)
                }
                let (items, bytes) = packedWorker.search(units[number], &worker)
                progress.advance(items: items, bytes: bytes)
            }
        }
    }

    /// Does numbered pieces of work, the first ones first.
    ///
    /// - Parameter makeWork: Called once by each thread.
    func onAllThreads(
        _ count: Int, _ source: some ScanSource, _ makeWork: @Sendable () -> (Int, inout Worker) -> Void
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

    private func scanBatch(_ batch: Int, _ plan: ScanPlan, _ worker: inout Worker) {
        let start = batch * Worker.batchSize
        var count = (items: 0, bytes: 0)
        for index in start..<min(start + Worker.batchSize, plan.items.count)
        where plan.packed?.holds(index) != true {
            if interruption.isRequested { return }
            count.bytes += worker.scan(plan.items[index], index: index, path: plan.items[index].path?.description)
            count.items += 1
        }
        progress.advance(items: count.items, bytes: count.bytes)
    }

    // MARK: Collecting

    private func collect(_ outcomes: [ItemOutcome], _ plan: ScanPlan, into collector: inout FindingCollector) {
        for outcome in outcomes {
            let item = plan.items[outcome.item]
            for detection in outcome.detections {
                collector.add(
                    detection, path: item.displayPath, origin: item.origin,
                    history: item.origin.blob.flatMap { plan.introductions[$0] }.map { Occurrence.History(inRange: $0) }
                )
            }
        }
    }

    // MARK: Result

    private func result(
        _ collector: FindingCollector, _ explanations: ExplanationCollector, _ plan: ScanPlan, _ tally: WorkerTally,
        mode: ScanMode, target: String
    ) -> ScanResult {
        var explanations = explanations
        var summary = ScanSummary(mode: mode, target: target)
        var reported: [Finding] = []
        for finding in collector.findings() {
            let reason = reasonToDrop(finding)
            if settings.explains { explanations.note(finding, droppedBy: reason) }
            switch reason {
            case nil: reported.append(finding)
            case .threshold: summary.suppressed[.belowThreshold, default: 0] += 1
            case .some: summary.suppressed[.baseline, default: 0] += 1
            }
        }
        if !collector.suppressedByCommit.isEmpty {
            summary.suppressed[.allowlist] = collector.suppressedByCommit.count
        }
        if !collector.suppressedInline.isEmpty {
            summary.suppressed[.inlineDirective] = collector.suppressedInline.count
        }
        summary.filesScanned = tally.filesScanned
        summary.blobsScanned = tally.blobsScanned
        summary.bytesScanned = tally.bytesScanned
        summary.commitCount = plan.commitCount
        let binaryCount = tally.binary.count + plan.knownBinaryCount
        if binaryCount > 0 { summary.omitted[.binary] = binaryCount }
        summary.readSingly = tally.readSingly
        summary.knownCount = plan.knownCount + plan.recollection.leftOut.count
        for omission in plan.omissions + tally.omissions { summary.omitted[omission.reason, default: 0] += 1 }
        summary.problems = (plan.problems + tally.problems.map(\.problem)).map {
            Problem(subject: $0.subject, message: $0.message, advice: $0.advice)
        }
        summary.wasInterrupted = interruption.isRequested
        var result = ScanResult(findings: reported, rules: engine.rules, summary: summary)
        if settings.explains { result.explanations = explanations.result() }
        if settings.listsObjects { result.objects = objects(tally, plan) }
        return result
    }

    /// Every object whose content was looked at, by id.
    private func objects(_ tally: WorkerTally, _ plan: ScanPlan) -> [ScannedObject] {
        tally.read.compactMap { index, content in
            guard let id = plan.items[index].origin.object else { return nil }
            let kind =
                switch plan.items[index].origin {
                case .commitMessage: "commit"
                case .tagMessage: "tag"
                default: "blob"
                }
            return ScannedObject(id: id.description, kind: kind, content: content)
        }.sorted { $0.id < $1.id }
    }

    /// Why a finding is not reported; `nil` if it is.
    func reasonToDrop(_ finding: Finding) -> DropReason? {
        if finding.confidence < settings.minimumConfidence || finding.severity < settings.minimumSeverity {
            return .threshold
        }
        return settings.baseline?.contains(finding.fingerprint) == true ? .baseline : nil
    }
}
