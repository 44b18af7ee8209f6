package import Findings
package import History
package import ScanSources
package import Scanner

/// Runs a scan of one source: plan → blobs → detections → findings → collection → result.
package struct ScanPipeline: Sendable {
    let engine: ScanEngine
    let settings: ScanSettings
    let progress: Progress
    let interruption: Interruption
    let timings: Timings

    package init(
        engine: ScanEngine, settings: ScanSettings, progress: Progress = Progress(),
        interruption: Interruption = Interruption(), timings: Timings = Timings()
    ) {
        self.engine = engine
        self.settings = settings
        self.progress = progress
        self.interruption = interruption
        self.timings = timings
    }

    /// Scans everything that a source has.
    ///
    /// - Parameters:
    ///   - source: Where blobs come from.
    ///   - mode: For the report.
    ///   - target: For the report: what the user named.
    /// - Returns: What it came to; `result(of:)` judges what of it is reported, once several are merged.
    /// - Throws: `SourceError` when what was asked for cannot be scanned at all.
    package func collect(
        _ source: some ScanSource, mode: ScanMode, target: String
    ) throws(SourceError) -> ScanCollection {
        let plan = try timings.measure(.listing) { () throws(SourceError) in
            try source.plan().leavingOut(settings.exclusions)
        }
        if let range = plan.range {
            let history = HistoryPlan(contents: plan, attribution: HistoryAttribution(of: range))
            return try collect(history, reading: source, mode: mode, target: target)
        }
        let tally = try itemScan(of: plan, reading: source).run()
        var collected = CollectedScan(
            plan, tally,
            FindingCollector(
                rules: engine.rules, key: settings.fingerprintKey, isAllowed: engine.allows, fileAllowing: engine.file))
        for outcome in tally.outcomes {
            let item = plan.items[outcome.item]
            for detection in outcome.detections {
                collected.collector.add(detection, path: item.displayPath, origin: item.origin, history: nil)
            }
        }
        return collection(of: collected, mode: mode, target: target)
    }

    /// Scans what a repository remembers.
    ///
    /// - Parameters:
    ///   - source: The repository's history.
    ///   - mode: For the report.
    ///   - target: For the report: what the user named.
    ///   - isMerged: Whether what it comes to is merged with what other repositories come to.
    /// - Returns: What it came to; `result(of:)` judges what of it is reported, once several are merged.
    /// - Throws: `SourceError` when what was asked for cannot be scanned at all.
    package func collect(
        _ source: HistorySource, mode: ScanMode, target: String, isMerged: Bool = false
    ) throws(SourceError) -> ScanCollection {
        let remembering = Remembering(engine: engine, settings: settings)
        let plan = try timings.measure(.listing) { () throws(SourceError) in
            let planner = try source.open()
            return try planner.plan(readingAgain: remembering.itemsToRead(planner.remembered, isMerged: isMerged))
        }
        return try collect(plan, reading: source, mode: mode, target: target)
    }

    /// Scans what a history has.
    ///
    /// - Parameter source: Where its items are read from.
    func collect(
        _ plan: HistoryPlan, reading source: some BlobSource, mode: ScanMode, target: String
    ) throws(SourceError) -> ScanCollection {
        var scan = itemScan(of: plan.contents, reading: source)
        // To explain everything, everything has to be looked at by itself; and packs know of no paths.
        if !settings.explains, !engine.judgesPaths { scan.packed = plan.packed }
        scan.verifiesObjects = plan.verifiesObjects
        let collected = try HistoryScan(scan: scan, plan: plan, target: target).run()
        return collection(of: collected, mode: mode, target: target)
    }

    /// What a history's cache is good for; `nil` where nothing may be remembered of a scan like this one.
    ///
    /// - Parameter program: The version of the program, and whatever else tells builds of it apart.
    package func cacheKey(program: String) -> CacheKey? {
        Remembering(engine: engine, settings: settings).cacheKey(program: program)
    }

    private func itemScan<Source: BlobSource>(of plan: Plan, reading source: Source) -> ItemScan<Source> {
        ItemScan(
            engine: engine, settings: settings, progress: progress, interruption: interruption, timings: timings,
            source: source, items: plan.items)
    }
}
