import Bytes
import Findings
import History
import ScanSources
import Scanner

extension HistoryScan {
    /// Adds what was found, with what the history says of it.
    func collect(_ outcomes: [ItemOutcome], _ answer: Answer, into collector: inout FindingCollector) {
        for outcome in outcomes {
            let item = items[outcome.item]
            let path = answer.paths[outcome.item].flatMap { $0.isEmpty ? nil : $0 } ?? item.displayPath
            // What rules find is judged by lists of paths, and what was given by none.
            if engine.given != nil, scan.settings.exclusions.contains(where: { $0.matches(path) }) { continue }
            let history = item.origin.object.flatMap { answer.histories[$0]?.record ?? introduction(of: $0, answer) }?
                .masked(engine.namesOfSecrets)
            for var detection in outcome.detections {
                // In a whole history each version has comments of its own, and nothing is new.
                if plan.contents.range == nil { detection.allowedUntil = nil }
                collector.add(detection, path: path, origin: item.origin, history: history)
            }
        }
    }

    /// What is known of a blob of a range even where the history could not be asked.
    private func introduction(of blob: ObjectID, _ answer: Answer) -> Occurrence.History? {
        guard answer.outcome == nil, let commit = plan.contents.range?.introductions[blob] else { return nil }
        return Occurrence.History(inRange: commit)
    }

    /// Adds what is found for its path alone, under every path that it had.
    func collectPaths(
        of judged: [Int], _ answer: Answer, besides outcomes: [ItemOutcome], into collector: inout FindingCollector
    ) {
        guard !judged.isEmpty else { return }
        let rules = PathRules(engine: engine)
        let found = Set(outcomes.map(\.item))
        for item in judged {
            guard let history = items[item].origin.blob.flatMap({ answer.histories[$0] }) else { continue }
            // Where something was found in the blob, its first path was judged with it.
            for path in history.paths.dropFirst(found.contains(item) ? 1 : 0) {
                for detection in rules.detections(path.description) {
                    collector.add(
                        detection, path: path.description, origin: items[item].origin,
                        history: history.record(at: path).masked(engine.namesOfSecrets))
                }
            }
        }
    }
}
