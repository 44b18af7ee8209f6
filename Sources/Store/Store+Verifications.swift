internal import Findings
package import Rules

extension Store {
    /// Notes what providers have said of secrets that the store has, all of it or nothing; what was settled and works all the same is open
    /// again.
    ///
    /// - Parameter time: When, in seconds since 1970.
    /// - Returns: How many are open again.
    package func record(
        _ verifications: [(secret: StoredSecret, result: VerificationResult)], time: Double
    ) throws(StoreError) -> Int {
        try database.transaction { () throws(StoreError) in
            var reopened = 0
            for (secret, result) in verifications where result.isVerifiable {
                try add(result, of: secret.id)
                var finding = Finding(
                    rule: secret.rule, severity: secret.severity, confidence: secret.confidence,
                    secret: Secret(visible: secret.redacted), identity: SecretIdentity(known: secret.fingerprint),
                    occurrences: [])
                finding.verification = result
                let found = FoundSecret(finding: finding, fingerprints: [], silence: nil)
                // Where it stands is as it was.
                let here = EarlierSighting(isThere: true, isInHead: nil)
                if try reopen(found, in: "", here, time: time) { reopened += 1 }
            }
            return reopened
        }
    }
}
