import Findings
import History
import ScanSources
import Scanner

extension HistoryScan {
    /// Notes what was clean, and what was found elsewhere. What was given up is looked at again each time.
    ///
    /// - Parameters:
    ///   - found: What was found in all items, under their paths.
    ///   - outcome: What the history said; `nil` if it could not be asked.
    func remember(_ tally: WorkerTally, found: [ItemOutcome], _ outcome: AttributionOutcome?) {
        // A file that is found for its path may have nothing in it, or be binary.
        guard !engine.judgesPaths, var cache = plan.cache else { return }
        // What is clean under a path need not be under another, that it may get.
        let cleanItems = tally.clean.filter { items[$0].path == nil }
        let clean = cleanItems.map { items[$0].origin }
        cache.record(clean.compactMap { if case .blob(let id) = $0 { id } else { nil } }, as: .cleanBlob)
        cache.record(clean.compactMap { if case .commitMessage(let id) = $0 { id } else { nil } }, as: .cleanCommit)
        cache.record(clean.compactMap { if case .tagMessage(let id) = $0 { id } else { nil } }, as: .cleanTag)
        let binary = tally.binary.compactMap { items[$0].origin.blob }
        cache.record(binary, as: .binaryBlob)
        if let outcome, tally.problems.isEmpty, !scan.interruption.isRequested {
            let done = Set(cleanItems).union(tally.binary)
            let pending = items.indices.filter { !done.contains($0) }
            outcome.note(
                in: &cache, pending: remembered(pending, tally, found: found),
                namesArePending: pending.contains { items[$0].origin == .referenceNames },
                known: KnownCounts(
                    clean: plan.known.clean + clean.count { $0 != .referenceNames },
                    binary: plan.known.binary + binary.count))
        } else {
            outcome?.note(in: &cache)
        }
        cache.save()
    }

    /// What was found in items, with a number for each secret.
    private func remembered(_ pending: [Int], _ tally: WorkerTally, found: [ItemOutcome]) -> [RememberedItem] {
        let found = Dictionary(uniqueKeysWithValues: found.map { ($0.item, $0.detections) })
        // Of what was seen without its path and is gone under it, nothing is left.
        let looked = Set(tally.outcomes.map(\.item)).union(tally.suspects.map(\.item))
        // What settings let pass is counted each time it is read, and the cache has no place for it.
        let silenced = Set(tally.silenced.map(\.item))
        var numbers: [Secret: Int] = [:]
        return pending.filter { items[$0].origin != .referenceNames }.map { item in
            let detections = silenced.contains(item) ? nil : found[item] ?? (looked.contains(item) ? [] : nil)
            let remembered = detections?.map { detection in
                let number = numbers[detection.secret.value] ?? numbers.count
                numbers[detection.secret.value] = number
                return RememberedDetection(
                    rule: detection.ruleIndex, secret: number, confidence: detection.confidence,
                    // What a comment lets pass for some time is looked at again each time, as what is reported is.
                    isSuppressedInline: detection.isSuppressedInline && !detection.isSuppressedForNow)
            }
            return RememberedItem(
                origin: items[item].origin, payload: remembered.map(RememberedDetection.payload))
        }
    }
}
