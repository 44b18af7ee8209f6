import Bytes
import Findings
import ScanSources
import Scanner

extension ScanPipeline {
    /// Judges what is reported of what was found, and sums up.
    func result(of collected: CollectedScan, mode: ScanMode, target: String) -> ScanResult {
        let (plan, tally) = (collected.plan, collected.tally)
        var explanations = ExplanationCollector(rules: engine.rules)
        for item in tally.explanations {
            explanations.add(item, path: collected.paths[item.item] ?? plan.items[item.item].displayPath)
        }
        var summary = summary(of: collected, mode: mode, target: target)
        var reported: [Finding] = []
        for finding in collected.collector.findings() {
            var trace = Trace(isKept: settings.explains)
            let reason = settings.reasonToDrop(finding, &trace)
            if settings.explains { explanations.note(finding, trace, droppedBy: reason) }
            switch reason {
            case nil: reported.append(finding)
            case .threshold: summary.suppressed[.belowThreshold, default: 0] += 1
            case .some: summary.suppressed[.baseline, default: 0] += 1
            }
        }
        var result = ScanResult(findings: reported, rules: engine.rules, summary: summary)
        if settings.explains { result.explanations = explanations.result() }
        if settings.listsObjects { result.objects = objects(of: tally, in: plan) }
        return result
    }

    private func summary(of collected: CollectedScan, mode: ScanMode, target: String) -> ScanSummary {
        let (plan, tally, collector) = (collected.plan, collected.tally, collected.collector)
        var summary = ScanSummary(mode: mode, target: target)
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
        let binaryCount = tally.binary.count + collected.known.binary
        if binaryCount > 0 { summary.omitted[.binary] = binaryCount }
        summary.readSingly = tally.readSingly
        summary.knownCount = collected.known.clean
        for omission in plan.omissions + tally.omissions { summary.omitted[omission.reason, default: 0] += 1 }
        summary.problems = collected.problems + tally.problems.map(\.problem)
        summary.wasInterrupted = interruption.isRequested
        return summary
    }

    /// Every object whose content was looked at, by id.
    private func objects(of tally: WorkerTally, in plan: Plan) -> [ScannedObject] {
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
}
