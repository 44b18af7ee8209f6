import Bytes
import Findings

/// Gathers what became of the matches in a blob and in the texts decoded from it.
final class BlobExplainer {
    /// A match, and where in the blob it stands.
    private struct Found {
        var trial: MatchRecorder.Trial
        var range: Range<Int>
        var secret: Secret
        var decoders: [String]
    }

    let recorder: MatchRecorder
    private let engine: ScanEngine
    private var places: [Found] = []
    private var unmatched: [Int: [Int: Int]] = [:]
    /// Whether comments in the text are asked.
    private let readsComments: Bool

    init(engine: ScanEngine, readsComments: Bool) {
        self.engine = engine
        self.readsComments = readsComments
        recorder = MatchRecorder(engine: engine)
    }

    /// Takes over what was recorded of the blob's own text.
    ///
    /// - Parameter container: Decoders that were undone to get at the text.
    func begin(_ text: UnsafeRawBufferPointer, in container: [String]) {
        places.removeAll(keepingCapacity: true)
        for trial in recorder.trials {
            places.append(
                Found(
                    trial: trial, range: trial.secret, secret: Secret(bytes: Array(text.slice(trial.secret))),
                    decoders: container))
        }
        unmatched = recorder.unmatched()
    }

    /// Takes over what was recorded of a decoded text.
    ///
    /// - Parameters:
    ///   - layers: What was undone to get at the text.
    ///   - decoders: Their names, and those of what was undone to get at the blob's own text.
    func note(_ bytes: UnsafeRawBufferPointer, _ layers: DecodedLayers, _ decoders: [String]) {
        for trial in recorder.trials {
            // What stands in clear was tried in the text itself; decoding may still have changed what stands around it.
            if !layers.isDecoded(trial.secret), layers.isOfWholeValues || trial.drop != nil { continue }
            places.append(
                Found(
                    trial: trial, range: layers.original(of: trial.secret),
                    secret: Secret(bytes: Array(bytes.slice(trial.secret))), decoders: decoders))
        }
    }

    /// Adds the explanations to a blob's result.
    func finish(_ result: inout BlobResult, _ text: UnsafeRawBufferPointer) {
        var index = LineIndex(text)
        places.sort { ($0.range.lowerBound, $0.trial.rule) < ($1.range.lowerBound, $1.trial.rule) }
        let reported = Dictionary(result.detections.map { (Key($0), $0.isSuppressedInline) }) { first, _ in first }
        result.explanations = places.compactMap { place in
            let rule = engine.rules[place.trial.rule]
            var explanation = Explanation(
                ruleID: rule.id, keyword: place.trial.keyword.map(keyword), path: "",
                region: index.region(of: place.range), secret: place.secret, decoders: place.decoders,
                passed: place.trial.passed, verdict: .reported)
            if let drop = place.trial.drop {
                explanation.drop(by: drop.reason, detail: drop.detail)
            } else if let isInline = reported[Key(place.trial.rule, explanation)] {
                explanation.ask(.overlap, drops: false)
                if readsComments { explanation.ask(.inline, drops: isInline) }
            } else {
                // Passed the matcher's filters, and is another rule's all the same.
                let other = result.detections.first { $0.region.overlaps(explanation.region) }
                // Found with and without decoding: explained once.
                if other?.ruleIndex == place.trial.rule, other?.region == explanation.region { return nil }
                explanation.drop(by: .overlap, detail: other.map { "it is \(engine.rules[$0.ruleIndex].id)" })
            }
            return explanation
        }
        let matched = Set(places.map(\.trial.rule))
        result.unmatched = unmatched.filter { !matched.contains($0.key) }.mapValues { hits in
            Dictionary(uniqueKeysWithValues: hits.map { (keyword($0.key), $0.value) })
        }
    }

    /// By what a place is known among the detections.
    private struct Key: Hashable {
        var rule: Int
        var region: Occurrence.Region
        var decoders: [String]

        init(_ detection: Detection) {
            (rule, region, decoders) = (detection.ruleIndex, detection.region, detection.decoders)
        }

        init(_ rule: Int, _ explanation: Explanation) {
            (self.rule, region, decoders) = (rule, explanation.region, explanation.decoders)
        }
    }

    private func keyword(_ number: Int) -> String { String(decoding: engine.index.keywords[number], as: UTF8.self) }
}

extension Occurrence.Region {
    /// Whether two ranges have a character in common.
    fileprivate func overlaps(_ other: Occurrence.Region) -> Bool {
        (startLine, startColumn) < (other.endLine, other.endColumn)
            && (other.startLine, other.startColumn) < (endLine, endColumn)
    }
}
