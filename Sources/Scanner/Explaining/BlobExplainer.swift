import Bytes
import Findings

/// Gathers what became of the matches in a blob and in the texts decoded from it, and puts it into words.
///
/// It decides nothing: each answer is told by who gave it.
final class BlobExplainer {
    /// What became of a match.
    private enum Outcome {
        /// The rule's own filters let it pass; what is asked of all matches of the blob is still to be told.
        case passed
        /// By one of the rule's own filters.
        case dropped(DropReason, detail: String?)
        /// To the claim of another match, which is this rule's.
        case lost(to: Int)
        /// The rule found it with and without decoding: it is explained once.
        case repeated
        /// - Parameter isAllowed: Whether a comment allows it; `nil` if comments are not asked.
        case stands(isAllowed: Bool?)
    }

    /// A match, and where in the blob it stands.
    private struct Found {
        var trial: MatchRecorder.Trial
        var range: Range<Int>
        var secret: Secret
        var decoders: [String]
        var outcome: Outcome
    }

    let recorder: MatchRecorder
    private let engine: ScanEngine
    private var places: [Found] = []
    /// For each match that the rules' own filters let pass, in the order of the scanner's, its index in `places`.
    private var passed: [Int] = []
    private var unmatched: [Int: [Int: Int]] = [:]

    init(engine: ScanEngine) {
        self.engine = engine
        recorder = MatchRecorder(engine: engine)
    }

    /// Takes over what was recorded of the blob's own text.
    ///
    /// - Parameter container: Decoders that were undone to get at the text.
    func begin(_ text: UnsafeRawBufferPointer, in container: [String]) {
        places.removeAll(keepingCapacity: true)
        passed.removeAll(keepingCapacity: true)
        for trial in recorder.trials { add(trial, in: text, at: trial.secret, container) }
        unmatched = recorder.unmatched()
    }

    /// Takes over what was recorded of a decoded text.
    ///
    /// - Parameters:
    ///   - layers: What was undone to get at the text.
    ///   - decoders: Their names, and those of what was undone to get at the blob's own text.
    func note(_ text: UnsafeRawBufferPointer, _ layers: DecodedLayers, _ decoders: [String]) {
        for trial in recorder.trials where layers.isShown(trial.secret) {
            // What stands in clear was tried in the text itself, which says why it is none.
            if trial.drop != nil, !layers.isDecoded(trial.secret) { continue }
            add(trial, in: text, at: layers.original(of: trial.secret), decoders)
        }
    }

    private func add(
        _ trial: MatchRecorder.Trial, in text: UnsafeRawBufferPointer, at range: Range<Int>, _ decoders: [String]
    ) {
        if trial.drop == nil { passed.append(places.count) }
        places.append(
            Found(
                trial: trial, range: range, secret: Secret(bytes: Array(text.slice(trial.secret))), decoders: decoders,
                outcome: trial.drop.map { .dropped($0.reason, detail: $0.detail) } ?? .passed))
    }

    /// Takes over which matches lost their place to others.
    ///
    /// - Parameter matches: All that were to be compared.
    func note(_ lost: LostClaims, among matches: [LocatedMatch]) {
        assert(matches.count == passed.count, "what passes is a match")
        for (number, match) in matches.enumerated() {
            guard let winner = lost.winner(over: number).map({ matches[$0] }) else { continue }
            places[passed[number]].outcome = match.repeats(winner) ? .repeated : .lost(to: winner.match.rule)
        }
    }

    /// Takes over that a match stands.
    ///
    /// - Parameters:
    ///   - number: Which of the matches that were compared.
    ///   - isAllowed: Whether a comment allows it; `nil` if comments are not asked.
    func noteStanding(_ number: Int, isAllowedByComment isAllowed: Bool?) {
        places[passed[number]].outcome = .stands(isAllowed: isAllowed)
    }

    /// Adds the explanations to a blob's result.
    func finish(_ result: inout BlobResult, _ text: UnsafeRawBufferPointer) {
        var index = LineIndex(text)
        places.sort { ($0.range.lowerBound, $0.trial.rule) < ($1.range.lowerBound, $1.trial.rule) }
        result.explanations = places.compactMap { place in
            var explanation = Explanation(
                ruleID: engine.rules[place.trial.rule].id, keyword: place.trial.keyword.map(keyword), path: "",
                region: index.region(of: place.range), secret: place.secret, decoders: place.decoders,
                passed: place.trial.passed, details: place.trial.details, verdict: .reported)
            switch place.outcome {
            case .passed: break
            case .dropped(let reason, let detail): explanation.drop(by: reason, detail: detail)
            case .lost(let rule): explanation.drop(by: .overlap, detail: "it is \(engine.rules[rule].id)")
            case .repeated: return nil
            case .stands(let isAllowed):
                explanation.ask(.overlap, drops: false)
                if let isAllowed { explanation.ask(.inline, drops: isAllowed) }
            }
            return explanation
        }
        let matched = Set(places.map(\.trial.rule))
        result.unmatched = unmatched.filter { !matched.contains($0.key) }.mapValues { hits in
            Dictionary(uniqueKeysWithValues: hits.map { (keyword($0.key), $0.value) })
        }
    }

    private func keyword(_ number: Int) -> String { String(decoding: engine.index.keyword(number), as: UTF8.self) }
}

extension LocatedMatch {
    /// Whether a rule found in one place of the blob what it found there with other decoders, or once more.
    fileprivate func repeats(_ other: LocatedMatch) -> Bool {
        match.rule == other.match.rule && range == other.range
            && (decoders != other.decoders || bytes == other.bytes)
    }
}
