internal import Rules

/// One question of a run: a key, and whom to ask in which order.
struct PlannedQuestion: Sendable {
    var key: KeyToVerify
    var attempts: [(attempt: VerificationSpec.Attempt, address: HTTPSAddress)]
}

/// Which questions a run asks: each once, hosts taking turns, and none about a key that must not be touched.
struct VerificationPlan: Sendable {
    enum Outcome: Sendable {
        case notAsked(VerificationResult)
        /// Index in `questions`.
        case question(Int)
    }

    private(set) var questions: [PlannedQuestion] = []
    /// One a key, in the order of the keys.
    private(set) var outcomes: [Outcome] = []

    init(_ keys: [KeyToVerify], _ options: VerifierOptions) {
        // A canary stays one under the fingerprint of every other rule that finds it.
        let canaries = Set(
            keys.filter { options.excluded.contains($0.fingerprint) }.map { Question(attempts: [], secret: $0.secret) })
        var indices: [Question: Int] = [:]
        for key in keys {
            guard let spec = key.rule.verification else {
                outcomes.append(.notAsked(Self.result("the rule does not say whom to ask")))
                continue
            }
            if canaries.contains(Question(attempts: [], secret: key.secret)) {
                outcomes.append(.notAsked(Self.result("it is on the list of keys that are never sent anywhere")))
                continue
            }
            let question = Question(attempts: spec.attempts, secret: key.secret)
            if let index = indices[question] {
                outcomes.append(.question(index))
                continue
            }
            do throws(RequestError) {
                let attempts = try options.endpoints.attempts(of: key.rule)
                indices[question] = questions.count
                outcomes.append(.question(questions.count))
                questions.append(PlannedQuestion(key: key, attempts: attempts))
            } catch {
                outcomes.append(.notAsked(Self.result("it cannot be asked about: \(error)")))
            }
        }
        takeTurns()
    }

    private static func result(_ reason: String) -> VerificationResult {
        VerificationResult(liveness: .unknown, reason: reason, time: UTCTime.now)
    }

    /// Orders questions so that hosts alternate: workers would else wait for one host while others are free.
    private mutating func takeTurns() {
        var counts: [String: Int] = [:]
        let order = questions.indices.map { index -> (turn: Int, index: Int) in
            let host = questions[index].attempts.first?.address.hostAndPort ?? ""
            counts[host, default: 0] += 1
            return (counts[host, default: 0], index)
        }.sorted { ($0.turn, $0.index) < ($1.turn, $1.index) }
        var places = [Int](repeating: 0, count: questions.count)
        for (place, entry) in order.enumerated() { places[entry.index] = place }
        questions = order.map { questions[$0.index] }
        outcomes = outcomes.map { if case .question(let index) = $0 { .question(places[index]) } else { $0 } }
    }
}
