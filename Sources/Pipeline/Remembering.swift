import Findings
import History
import Rules
import ScanSources
import Scanner

/// Knows what a cache can be told of a scan, and what it says of an earlier one.
struct Remembering {
    let engine: ScanEngine
    let settings: ScanSettings

    /// What a scan's result depends on besides what is scanned.
    ///
    /// - Parameter program: The version of the program, and whatever else tells builds of it apart.
    /// - Returns: `nil` for a scan that explains itself, or lists what it reads: of what it leaves out it could not.
    ///   Nor is there one where rules judge paths alone: a blob that is clean can get another path with the next commit.
    func cacheKey(program: String) -> CacheKey? {
        if settings.explains || settings.listsObjects || engine.judgesPaths { return nil }
        // What a history only judges by its name is not looked at again where it is less sure than what is reported.
        let least = settings.selection.minimumConfidence
        let settings =
            "\(settings.maximumFileSize) \(settings.honorsInlineDirectives) \(least) \(settings.archives.found)"
        return CacheKey(engine.digest(with: [program, settings]))
    }

    // MARK: What is remembered

    /// Which of some objects have to be read again, by index: what was found in the others is below the thresholds, or
    /// suppressed, and so is only counted.
    ///
    /// - Parameters:
    ///   - items: All in which an earlier scan with the same key found something.
    ///   - isMerged: Whether what is found is merged with what is found in other repositories before thresholds are asked.
    ///     Then all are read: a secret that is below them here may be above them there, and the cache has no secret that could
    ///     be compared.
    func itemsToRead(_ items: [RememberedItem], isMerged: Bool) -> Set<Int> {
        if isMerged { return Set(items.indices) }
        if items.isEmpty { return [] }
        var collector = FindingCollector(
            rules: engine.rules, key: settings.fingerprintKey, isAllowed: engine.allows, fileAllowing: engine.file)
        var numbers: [Origin: Int] = [:]
        for (number, item) in items.enumerated() {
            numbers[item.origin] = number
            guard collect(item, of: "", secrets: [:], into: &collector) else { return Set(items.indices) }
        }
        let reported = collector.findings().filter { settings.selection.reasonToSuppress($0) != .belowThreshold }
        var wanted = Set(reported.flatMap(\.occurrences).map(\.origin))
        if settings.tellsSuppressed { wanted.formUnion(collector.allowedOrigins) }
        return Set(wanted.compactMap { numbers[$0] })
    }

    /// Adds what was found in objects that were not read again, so that it is counted.
    ///
    /// - Parameters:
    ///   - found: What was found in those that were.
    ///   - repository: Tells secrets that only have numbers from those of other repositories.
    func collect(
        _ recollection: Recollection, of repository: String, besides found: [ItemOutcome],
        into collector: inout FindingCollector
    ) {
        guard !recollection.leftOut.isEmpty else { return }
        // One secret may stand in objects of both kinds.
        var secrets: [Int: Secret] = [:]
        for outcome in found {
            guard let then = recollection.found[outcome.item].flatMap(RememberedDetection.detections),
                then.count == outcome.detections.count
            else { continue }
            for (old, new) in zip(then, outcome.detections) where old.rule == new.ruleIndex {
                secrets[old.secret] = new.secret
            }
        }
        for item in recollection.leftOut {
            _ = collect(item, of: repository, secrets: secrets, into: &collector)
        }
    }

    /// - Parameter secrets: Those that are known, by number.
    /// - Returns: False if the item is of other rules than these.
    private func collect(
        _ item: RememberedItem, of repository: String, secrets: [Int: Secret], into collector: inout FindingCollector
    ) -> Bool {
        let place = Occurrence.Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
        let commit = item.introduced.map {
            Occurrence.Commit(id: $0, authorName: "", authorEmail: "", authorTime: 0, summary: "")
        }
        let history = Occurrence.History(
            introduced: commit, removed: nil, isInHead: false, reachability: .unreachable, otherPaths: [])
        guard let payload = item.payload else { return true }
        guard let detections = RememberedDetection.detections(payload) else { return false }
        for detection in detections {
            guard engine.rules.indices.contains(detection.rule) else { return false }
            let secret = secrets[detection.secret] ?? Secret(visible: "secret \(detection.secret) of \(repository)")
            collector.add(
                Detection(
                    ruleIndex: detection.rule, secret: secret, confidence: detection.confidence, region: place,
                    lineHash: "", snippet: "", decoders: [], isSuppressedInline: detection.isSuppressedInline),
                path: "", origin: item.origin, history: history)
        }
        return true
    }
}
