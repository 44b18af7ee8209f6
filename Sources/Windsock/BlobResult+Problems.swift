import Findings
import Scanner

extension BlobResult {
    /// What was not searched, in words for a person.
    ///
    /// - Parameter name: What the blob is called.
    func problems(of name: String) -> [Problem] {
        var problems = skipped.map { region in
            Problem(
                subject: "\(name):\(region.line)", message: "rule \(region.ruleID) was given up here: \(region.reason)",
                advice: "simplify the rule's pattern; `windsock rules check` names slow ones")
        }
        if let unread {
            problems.append(Problem(subject: name, message: unread, advice: "raise maximumInflatedSize"))
        }
        return problems
    }
}
