internal import Bytes
import Findings
internal import Judge
internal import PCRE2
import Rules

/// What is asked of a value that has no form, only a name.
extension Decision {
    func decide(
        _ assignment: Assignment, _ candidate: Candidate, in surroundings: Surroundings, _ matcher: Matcher,
        _ trace: inout Trace
    ) throws(MatchFailure) -> Verdict {
        // Where only what is sure counts, most are told by what was learned: that is a look-up.
        var known: Score?
        if surroundings.leastConfidence > .low, !trace.isKept {
            let score = score(assignment, in: surroundings)
            let confidence = confidence(of: score, assignment)
            guard
                confidence.map({ $0 >= surroundings.leastConfidence }) == true
                    || NamedOwner.mayDecide(score, confidence, assignment, in: candidate.text)
            else { return .dropped(.judge) }
            known = score
        }
        // 2. Is it certainly none?
        var caution = Caution()
        if let reason = CertainNo.judge(assignment, candidate, &caution, &trace) { return .dropped(reason) }
        if surroundings.isCode, Caution.isReference(assignment, candidate.statistics) { return .dropped(.reference) }
        // 5. Is it likely a secret? 3 and 4 are for values of a provider, or of a form.
        let score = known ?? score(assignment, in: surroundings)
        let judged = confidence(of: score, assignment)
        let isDecidedByOwner = NamedOwner.mayDecide(score, judged, assignment, in: candidate.text)
        let isOwned = isDecidedByOwner && isNamed(assignment, in: candidate.text)
        guard var confidence = isOwned ? .medium : judged else {
            return .dropped(isDecidedByOwner ? .context : .judge, detail: trace.isKept ? score.words : nil)
        }
        trace.pass(.judge, detail: score.words)
        let isSealed = Ciphertext.isInBlockNamedSo(candidate.secret, in: candidate.text)
        if let no = trace.ask(.identifierName, isSealed) { return .dropped(no) }
        // Where the name says nothing, what looks like an identifier may be one.
        if !isOwned, score.name < Self.leastOfName, CertainNo.isHexOrUUID(candidate) { caution.isDoubtful = true }
        if surroundings.isPublishedPage { caution.isDoubtful = true }
        if score.isWeak, let path = surroundings.path { caution.consider(path) }
        confidence = caution.lowered(confidence)
        // 6. Is it allowed?
        if let list = try allowance.list(for: candidate, path: surroundings.path, matcher, &trace) {
            return Self.verdict(of: list, confidence)
        }
        return .stands(confidence)
    }

    /// How sure the judge is; a client's name says nothing of secrets, and what it has learned of such names neither.
    private func confidence(of score: Score, _ assignment: Assignment) -> Confidence? {
        assignment.isOfClient ? nil : rule.judge?.confidence(ofThousandths: score.thousandths)
    }

    /// Whether a provider is named for a value.
    private func isNamed(_ assignment: Assignment, in text: UnsafeRawBufferPointer) -> Bool {
        providers.titles.provider(of: assignment.value, named: assignment.name, in: text) != nil
    }

    private func score(_ assignment: Assignment, in surroundings: Surroundings) -> Score {
        surroundings.scores?.score(assignment, in: surroundings.text, rule.secretNames)
            ?? rule.secretNames.score(assignment, in: surroundings.text)
    }

    /// What the name of a value has to add that may be an identifier by its form, in thousandths of log-odds.
    private static let leastOfName = 250
}
