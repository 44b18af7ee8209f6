import Findings
import Git
import Rules
package import ScanSources
import Scanner

extension ScanPipeline {
    /// What a scan's result depends on besides what is scanned.
    ///
    /// - Parameter program: The version of the program, and whatever else tells builds of it apart.
    /// - Returns: `nil` for a scan that explains itself, or lists what it reads: of what it leaves out it could not.
    ///   Nor is there one where rules judge paths alone: a blob that is clean can get another path with the next commit.
    package func cacheKey(program: String) -> ScanCache.Key? {
        if settings.explains || settings.listsObjects || engine.judgesPaths { return nil }
        let settings = "\(settings.maximumFileSize) \(settings.honorsInlineDirectives)"
        return ScanCache.Key(engine.digest(with: [program, settings]))
    }

    // MARK: What is remembered

    /// Which of some objects have to be read again, by index: what was found in the others is below the thresholds, or
    /// suppressed, and so is only counted.
    ///
    /// - Parameter items: All in which an earlier scan with the same key found something.
    package func itemsToRead(_ items: [RememberedItem]) -> Set<Int> {
        var collector = FindingCollector(rules: engine.rules, isAllowed: engine.allows)
        var numbers: [Origin: Int] = [:]
        for (number, item) in items.enumerated() {
            numbers[item.origin] = number
            guard add(item, secrets: [:], into: &collector) else { return Set(items.indices) }
        }
        let reported = collector.findings().filter { reasonToDrop($0) != .threshold }
        return Set(reported.flatMap(\.occurrences).compactMap { numbers[$0.origin] })
    }

    /// Adds what was found in objects that were not read again, so that it is counted.
    ///
    /// - Parameter found: What was found in those that were.
    func addRemembered(_ plan: ScanPlan, _ found: [ItemOutcome], into collector: inout FindingCollector) {
        guard !plan.recollection.leftOut.isEmpty else { return }
        // One secret may stand in objects of both kinds.
        var secrets: [Int: Secret] = [:]
        for outcome in found {
            guard let then = plan.recollection.found[outcome.item], then.count == outcome.detections.count else {
                continue
            }
            for (old, new) in zip(then, outcome.detections) where old.rule == new.ruleIndex {
                secrets[old.secret] = new.secret
            }
        }
        for item in plan.recollection.leftOut { _ = add(item, secrets: secrets, into: &collector) }
    }

    /// - Parameter secrets: Those that are known, by number.
    /// - Returns: False if the item is of other rules than these.
    private func add(
        _ item: RememberedItem, secrets: [Int: Secret], into collector: inout FindingCollector
    ) -> Bool {
        let place = Occurrence.Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
        let commit = item.introduced.map {
            Occurrence.Commit(id: $0, authorName: "", authorEmail: "", authorTime: 0, summary: "")
        }
        let history = Occurrence.History(
            introduced: commit, removed: nil, isInHead: false, reachability: .unreachable, otherPaths: [])
        for detection in item.detections ?? [] {
            guard engine.rules.indices.contains(detection.rule), let confidence = Confidence(rank: detection.confidence)
            else { return false }
            let secret = secrets[detection.secret] ?? Secret(visible: "secret \(detection.secret)")
            collector.add(
                Detection(
                    ruleIndex: detection.rule, secret: secret, confidence: confidence, region: place, lineHash: "",
                    snippet: "", decoders: [], isSuppressedInline: detection.isSuppressedInline),
                path: "", origin: item.origin, history: history)
        }
        return true
    }

    // MARK: Remembering

    /// Notes what was clean, and what was found elsewhere. What was given up is looked at again each time.
    ///
    /// - Parameter history: What the history said of a whole one.
    func remember(_ tally: WorkerTally, _ plan: ScanPlan, _ history: HistoryCollection?) {
        // A file that is found for its path may have nothing in it, or be binary.
        guard !engine.judgesPaths, var cache = plan.cache else { return }
        // What is clean under a path need not be under another, that it may get.
        let cleanItems = tally.clean.filter { plan.items[$0].path == nil }
        let clean = cleanItems.map { plan.items[$0].origin }
        cache.record(clean.compactMap { if case .blob(let id) = $0 { id } else { nil } }, as: .cleanBlob)
        cache.record(clean.compactMap { if case .commitMessage(let id) = $0 { id } else { nil } }, as: .cleanCommit)
        cache.record(clean.compactMap { if case .tagMessage(let id) = $0 { id } else { nil } }, as: .cleanTag)
        let binary = tally.binary.compactMap { plan.items[$0].origin.blob }
        cache.record(binary, as: .binaryBlob)
        if let history, let outcome = history.outcome, tally.problems.isEmpty, !interruption.isRequested {
            let done = Set(cleanItems).union(tally.binary)
            let pending = plan.items.indices.filter { !done.contains($0) }
            cache = outcome.settled(
                cache, pending: remembered(pending, tally, plan, history),
                namesArePending: pending.contains { plan.items[$0].origin == .referenceNames },
                knownCount: plan.knownCount + clean.count { $0 != .referenceNames },
                binaryCount: plan.knownBinaryCount + binary.count)
        } else if let outcome = history?.outcome {
            cache = outcome.settled(cache)
        }
        cache.save()
    }

    /// What was found in items, with a number for each secret.
    private func remembered(
        _ items: [Int], _ tally: WorkerTally, _ plan: ScanPlan, _ history: HistoryCollection
    ) -> [RememberedItem] {
        let found = Dictionary(uniqueKeysWithValues: history.found.map { ($0.item, $0.detections) })
        // Of what was seen without its path and is gone under it, nothing is left.
        let looked = Set(tally.outcomes.map(\.item)).union(tally.suspects)
        var numbers: [Secret: Int] = [:]
        return items.filter { plan.items[$0].origin != .referenceNames }.map { item in
            let detections = found[item] ?? (looked.contains(item) ? [] : nil)
            return RememberedItem(
                origin: plan.items[item].origin,
                detections: detections?.map { detection in
                    let number = numbers[detection.secret] ?? numbers.count
                    numbers[detection.secret] = number
                    return RememberedItem.Detection(
                        rule: detection.ruleIndex, secret: number, confidence: detection.confidence.rank,
                        isSuppressedInline: detection.isSuppressedInline)
                })
        }
    }
}
