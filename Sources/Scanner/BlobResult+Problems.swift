package import Findings

extension BlobResult.Skipped {
    /// What is to be said of it.
    ///
    /// - Parameter blob: What the blob is called.
    package func problem(in blob: String) -> Problem {
        Problem(
            subject: "\(blob):\(line)", message: "rule \(ruleID) was given up here: \(reason)",
            advice: "simplify the rule's pattern; `windsock rules check` names slow ones"
        ).lasting()
    }
}
