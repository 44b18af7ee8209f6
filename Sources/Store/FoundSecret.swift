package import Findings

/// A secret as one scan has seen it, and what its repository says to that.
struct FoundSecret {
    var finding: Finding
    /// What the secret is called, the most telling first: by its rule, and where no provider is known.
    var fingerprints: [String]
    /// Why it would not be reported; `nil`: it is.
    var silence: Silence?
}

extension Recording {
    /// Each secret once: that which is reported, and that which a comment or the baseline lets pass.
    var secrets: [FoundSecret] {
        let silenced = result.suppressed
        (result.findings + silenced.map(\.finding)).makeFingerprints()
        var found = result.findings.map { FoundSecret($0, silence: nil) }
        var indexes = Dictionary(
            found.enumerated().map { ($1.finding.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
        for suppressed in silenced {
            guard let index = indexes[suppressed.finding.fingerprint] else {
                indexes[suppressed.finding.fingerprint] = found.count
                found.append(FoundSecret(suppressed.finding, silence: Silence(suppressed)))
                continue
            }
            // Some of its places only.
            found[index].silence = found[index].silence ?? Silence(suppressed)
            found[index].finding.occurrences += suppressed.finding.occurrences
        }
        return found
    }

    /// Whether what an earlier run of the same has seen, and this one has not, is gone.
    var replacesEarlier: Bool { isWhole && result.summary.isComplete }
}

extension FoundSecret {
    fileprivate init(_ finding: Finding, silence: Silence?) {
        let (own, generic) = (finding.fingerprint, finding.genericFingerprint)
        self.finding = finding
        self.silence = silence
        fingerprints = [own.description] + (own == generic ? [] : [generic.description])
    }
}

/// Why somebody does not want to be told of a secret in a repository.
package struct Silence: Sendable, Hashable {
    /// A comment, or the baseline.
    package var reason: Suppression
    /// In the words of who said so; empty: that is not said.
    package var justification: String

    init(_ suppressed: SuppressedFinding) { (reason, justification) = (suppressed.reason, suppressed.justification) }

    init(reason: Suppression, justification: String) { (self.reason, self.justification) = (reason, justification) }
}

/// What was known of a secret in a source before a run.
struct EarlierSighting {
    var isThere: Bool
    /// `nil`: it was never seen there.
    var isInHead: Bool?
}
