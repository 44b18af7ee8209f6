import Bytes
package import Findings
import ScanSources
import Scanner

extension ScanPipeline {
    /// Sums up what a scan has come to.
    func collection(of collected: CollectedScan, mode: ScanMode, target: String) -> ScanCollection {
        let (plan, tally) = (collected.plan, collected.tally)
        var collection = ScanCollection(
            rules: engine.rules, findings: collected.collector,
            summary: summary(of: collected, mode: mode, target: target), explains: settings.explains)
        for (_, detection) in tally.silenced { collection.findings.add(detection) }
        for item in tally.explanations {
            let place = plan.items[item.item]
            let path = Occurrence.path(collected.paths[item.item] ?? place.displayPath, item.members)
            collection.add(item, path: path, object: place.origin.object)
        }
        for (item, members, complaint) in tally.complaints.sorted(by: { $0.item < $1.item }) {
            let place = plan.items[item]
            collection.complaints.append(
                Occurrence(
                    path: collected.paths[item] ?? place.displayPath, members: members, origin: place.origin,
                    region: complaint.region, confidence: .medium, lineHash: "", snippet: complaint.sentence))
        }
        if settings.listsObjects { collection.objects = objects(of: tally, in: plan) }
        return collection
    }

    private func collector() -> FindingCollector {
        FindingCollector(
            rules: engine.rules, key: settings.fingerprintKey, isAllowed: engine.allows, fileAllowing: engine.file)
    }

    /// What a scan of nothing comes to.
    func nothing(mode: ScanMode, target: String) -> ScanCollection {
        ScanCollection(
            rules: engine.rules, findings: collector(),
            summary: ScanSummary(mode: mode, target: target), explains: settings.explains)
    }

    /// Judges what is reported of what one scan, or several that were merged, have come to.
    package func result(of collection: ScanCollection) -> ScanResult {
        timings.measure(.judging) { collection.result(settings.selection) }
    }

    private func summary(of collected: CollectedScan, mode: ScanMode, target: String) -> ScanSummary {
        let (plan, tally) = (collected.plan, collected.tally)
        var summary = ScanSummary(mode: mode, target: target)
        summary.filesScanned = tally.filesScanned
        summary.blobsScanned = tally.blobsScanned
        summary.bytesScanned = tally.bytesScanned
        summary.commitCount = plan.commitCount
        let binaryCount = tally.binary.count + collected.known.binary
        if binaryCount > 0 { summary.omitted[.binary] = binaryCount }
        summary.suppression.add(tally.unchangedCount, for: .unchangedLine)
        summary.setting.isExcludedByName = plan.isExcludedByName
        summary.setting.excludedBy = plan.excludedBy
        for (file, count) in plan.excludedBy.sorted(by: { $0.key < $1.key }) {
            summary.setting.notes.append(
                "\(count) \(count == 1 ? "file is" : "files are") left out by exclude of \(file)")
        }
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
