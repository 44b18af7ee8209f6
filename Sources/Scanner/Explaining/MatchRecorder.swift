import Bytes
import Findings
import Rules

/// Remembers of one text what the matcher need not: which keywords set a rule off, and what became of each match.
///
/// Only a scan that is to be explained has one. It looks for the keywords a second time, so that the first time costs
/// nothing more.
final class MatchRecorder {
    /// A place that a rule's pattern matched.
    struct Trial {
        var rule: Int
        var secret: Range<Int>
        /// Number in `KeywordIndex.keywords`.
        var keyword: Int?
        /// What it was asked and let pass.
        var passed: [DropReason]
        /// What some of these say of this place.
        var details: [DropReason: String]
        /// By which filter it was dropped, and what that says of this place; `nil` if it stands.
        var drop: (reason: DropReason, detail: String?)?
    }

    private struct Hit {
        var offset: Int
        var keyword: Int
    }

    private let engine: ScanEngine
    /// Keywords of the text, in order of place.
    private var hits: [Hit] = []
    private var pathHits: [Hit] = []
    private(set) var trials: [Trial] = []

    /// Hits looked at to either side of a match; beyond, any keyword of the rule does.
    private static let reach = 1024

    init(engine: ScanEngine) { self.engine = engine }

    func begin(_ text: UnsafeRawBufferPointer, path: String?) {
        trials.removeAll(keepingCapacity: true)
        let room = engine.index.prefilter.makeHitBuffer()
        hits.removeAll(keepingCapacity: true)
        engine.index.prefilter.forEachHit(in: text, room: room) { hits.append(Hit(offset: $0, keyword: $1)) }
        hits.sort { $0.offset < $1.offset }
        pathHits.removeAll(keepingCapacity: true)
        var path = path ?? ""
        path.withUTF8 { bytes in
            engine.index.prefilter.forEachHit(in: UnsafeRawBufferPointer(bytes), room: room) {
                pathHits.append(Hit(offset: $0, keyword: $1))
            }
        }
    }

    /// Takes down what a match was asked and how it was decided.
    func note(_ rule: Int, _ secret: Range<Int>, _ trace: Trace, _ verdict: Decision.Verdict) {
        var trial = Trial(
            rule: rule, secret: secret, keyword: keyword(of: rule, near: secret.lowerBound), passed: trace.passed,
            details: trace.details)
        switch verdict {
        case .stands: break
        case .dropped(let reason, let detail): trial.drop = (reason, detail)
        case .silenced(_, let silence): trial.drop = (.allowlist, silence.words)
        }
        trials.append(trial)
    }

    /// Rules that keywords of the text set off and whose pattern matched nowhere in it: with the keyword and how often it
    /// stands there.
    func unmatched() -> [Int: [Int: Int]] {
        let matched = Set(trials.map(\.rule))
        var result: [Int: [Int: Int]] = [:]
        for (keyword, hits) in Dictionary(grouping: hits, by: \.keyword) {
            for trigger in engine.index.triggers[keyword] where !matched.contains(trigger.rule) {
                result[trigger.rule, default: [:]][keyword] = hits.count
            }
        }
        return result
    }

    private func keyword(of rule: Int, near offset: Int) -> Int? {
        let middle = hits.partitionPoint { $0.offset < offset }
        let nearby = hits[max(0, middle - Self.reach)..<min(hits.count, middle + Self.reach)].filter {
            setsOff($0, rule)
        }
        if let nearest = nearby.min(by: { abs($0.offset - offset) < abs($1.offset - offset) }) {
            return nearest.keyword
        }
        return (hits.first { setsOff($0, rule) } ?? pathHits.first { setsOff($0, rule) })?.keyword
    }

    private func setsOff(_ hit: Hit, _ rule: Int) -> Bool {
        engine.index.triggers[hit.keyword].contains { $0.rule == rule }
    }
}
