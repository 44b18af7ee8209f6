import ArgumentParser
import Findings
import Pipeline
import Rules
import Scanner
import Verification

enum FailureCondition: String, ExpressibleByArgument, CaseIterable {
    case live, any
}

/// Verification as a step of a scan, between finding and report.
struct VerifyFindingsOptions: ParsableArguments {
    @Flag(
        help:
            "Ask each provider whether the keys that were found are live. Sends each key to its own provider, and nothing else."
    )
    var verify = false

    @Option(
        help: ArgumentHelp(
            "What the exit code is for: any finding, or live keys alone (then 3 if a provider could not be asked).",
            valueName: "any|live"))
    var failOn: FailureCondition = .any

    @OptionGroup var options: VerificationOptions

    private var isOn: Bool { verify || options.verifyDryRun }

    func validate() throws {
        if failOn == .live, !isOn { throw ValidationError("--fail-on live needs --verify.") }
    }

    /// What has to be right before anything is scanned.
    func prepare(_ rules: [Rule]) throws(CommandFailure) -> FindingVerifier? {
        guard isOn else { return nil }
        _ = ProcessProtection.apply()
        let verifierOptions = try options.verifierOptions(rules)
        let verifier = Verifier(verifierOptions, auditLog: try options.openAuditLog()) { interruption.isRequested }
        return FindingVerifier(verifier: verifier, options: verifierOptions, isDryRun: options.verifyDryRun)
    }

    func status(of result: ScanResult) -> ExitStatus {
        let verifications = result.findings.map(\.verification)
        if verifications.contains(where: { $0?.liveness.isLive == true }) { return .live }
        switch failOn {
        case .any: return ScanCommand.status(of: result)
        case .live:
            // A key that could not be asked about may be live: that is no "clean".
            let isUndecided = verifications.contains { $0?.isUndecided == true }
            return result.summary.isComplete && !isUndecided ? .clean : .incomplete
        }
    }
}

/// Asks about findings and writes the verdicts into them.
struct FindingVerifier {
    let verifier: Verifier
    let options: VerifierOptions
    let isDryRun: Bool

    func verify(_ findings: inout [Finding]) {
        for (index, result) in verifier.verify(keys(findings)).enumerated() { findings[index].verification = result }
    }

    /// The requests that would be made, as text.
    func dryRun(_ findings: [Finding]) -> String {
        let requests = DryRun.requests(keys(findings), options)
        let count = requests.count == 1 ? "1 request" : "\(requests.count) requests"
        return requests.map { $0 + "\n\n" }.joined() + "\(count) at most; none was made (--verify-dry-run)\n"
    }

    private func keys(_ findings: [Finding]) -> [KeyToVerify] {
        findings.map { finding in
            KeyToVerify(
                rule: finding.rule, fingerprint: finding.fingerprint.description,
                secret: SecretBuffer(finding.secret.bytes), redacted: finding.secret.redacted)
        }
    }
}
