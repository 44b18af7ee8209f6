import Findings
import Pipeline

/// Tells what is found because the rules are newer than a baseline from what is found because the text is.
struct NewerRules {
    private var stoodBefore: Set<Fingerprint> = []

    /// - Parameters:
    ///   - baseline: As it was.
    ///   - path: Its file.
    ///   - found: What was found with the rules of now.
    ///   - repository: Where. What stood in it when the baseline was last committed would have been taken in, if the rules had
    ///     seen it.
    init(_ baseline: Baseline, at path: String, _ found: BaselineScanOptions.Found, repository: String) {
        guard let then = baseline.rules, then != found.rulesDigest else { return }
        let unknown = found.findings.filter { !baseline.knows($0.identity) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        stoodBefore = Set(unknown.standing(sinceLastChangeOf: name, in: repository).map(\.fingerprint))
    }

    func explains(_ finding: Finding) -> Bool { stoodBefore.contains(finding.fingerprint) }

    func remark(on finding: Finding) -> String { explains(finding) ? "  (seen by newer rules alone)" : "" }
}
