package import Rules

/// Runs the recorded answers of rules through the judge.
package enum SpecChecker {
    /// What does not turn out as the rule says; empty if all is well.
    package static func complaints(_ rule: Rule) -> [String] {
        guard let spec = rule.verification else { return [] }
        var complaints: [String] = []
        for (index, example) in spec.examples.enumerated() {
            var body = example.body
            let attempt = spec.attempts[example.attempt]
            let judgement = body.withUTF8 {
                Judgement(
                    status: example.status, contentType: example.contentType, body: UnsafeRawBufferPointer($0),
                    of: attempt)
            }
            if judgement.liveness != example.liveness {
                complaints.append(
                    "rule \(rule.id), verify, example \(index + 1): should be \(example.liveness.rawValue), is "
                        + "\(judgement.liveness.rawValue): \(judgement.reason)")
            }
        }
        for liveness in [Liveness.live, .dead]
        where spec.attempts.contains(where: { $0.answers.contains { $0.liveness == liveness } })
            && !spec.examples.contains(where: { $0.liveness == liveness })
        {
            complaints.append(
                "rule \(rule.id), verify: there is no example of an answer that means \(liveness.rawValue)")
        }
        return complaints
    }
}
