import Findings
import Rules

/// Asks providers about the secrets of an audit, of each once, in however many repositories it stands.
final class AuditVerification {
    private let verifier: FindingVerifier
    private var known: [Fingerprint: VerificationResult] = [:]

    init(_ verifier: FindingVerifier) { self.verifier = verifier }

    func verify(_ findings: inout [Finding]) {
        var unknown = findings.filter { known[$0.fingerprint] == nil }
        verifier.verify(&unknown)
        for finding in unknown { known[finding.fingerprint] = finding.verification }
        for index in findings.indices { findings[index].verification = known[findings[index].fingerprint] }
    }
}
