import Findings
import Pipeline
import Rules
import Verification

/// Asks about findings and writes the verdicts into them.
struct FindingVerifier {
    let verifier: Verifier
    let options: VerifierOptions
    let isDryRun: Bool

    /// What has to be right before anything is scanned.
    ///
    /// - Returns: `nil` if nobody is to be asked.
    init?(_ asked: VerifyFindingsOptions, rules: [Rule]) throws(CommandFailure) {
        guard asked.isOn else { return nil }
        try self.init(asked.options, rules: rules, log: try VerificationSetup(asked.options).openAuditLog())
    }

    /// - Parameter log: Gets a line before and after each request.
    init(_ asked: VerificationOptions, rules: [Rule], log: AuditLog?) throws(CommandFailure) {
        _ = ProcessProtection.apply()
        options = try VerificationSetup(asked).verifierOptions(rules)
        verifier = Verifier(options, auditLog: log) { interruption.isRequested }
        isDryRun = asked.verifyDryRun
    }

    /// What is said of each, in their order.
    func results(of findings: [Finding]) -> [VerificationResult] { verifier.verify(keys(findings)) }

    func verify(_ findings: inout [Finding]) {
        for (index, result) in results(of: findings).enumerated() { findings[index].verification = result }
        // What is live comes first.
        findings.sort { $0.precedes($1) }
    }

    /// The requests that would be made, as text.
    func dryRun(_ findings: [Finding]) -> String {
        let requests = DryRun.requests(keys(findings), options)
        let count = requests.count == 1 ? "1 request" : "\(requests.count) requests"
        return requests.map { $0 + "\n\n" }.joined() + "\(count) at most; none was made (--verify-dry-run)\n"
    }

    private func keys(_ findings: [Finding]) -> [KeyToVerify] {
        // A canary stays one under every fingerprint that it has had.
        let excluded = FingerprintList(options.excluded.compactMap { Fingerprint($0) })
        return findings.map { finding in
            let canary = finding.identity.matches(in: excluded).first
            return KeyToVerify(
                rule: finding.rule, fingerprint: (canary ?? finding.fingerprint).description,
                secret: SecretBuffer(finding.secret.bytes), redacted: finding.secret.redacted,
                surroundings: finding.surroundings.map { SecretBuffer($0.bytes) })
        }
    }
}
