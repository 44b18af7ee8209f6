package import Findings
package import Rules

/// A secret as a store knows it.
package struct StoredSecret: Sendable {
    /// Its number in the store.
    package var id: Int
    package var fingerprint: Fingerprint
    /// What found it, as far as reports tell of it.
    package var rule: Rule
    package var severity: Severity
    package var confidence: Confidence
    /// As reports show it.
    package var redacted: String
    /// When a scan has seen it first, and last; seconds since 1970.
    package var firstSeen: Double
    package var lastSeen: Double
    /// Where it stands, by repository.
    package var sightings: [Sighting] = []
    /// What a provider said last of it; `nil`: none was asked.
    package var verification: VerificationResult?
    /// What was decided last about it; `nil`: nothing was.
    package var decision: Decision?
    /// What a language model said last of it; `nil`: none was asked.
    package var annotation: Annotation?

    /// A secret in one repository, as one kind of scan has seen it.
    package struct Sighting: Sendable {
        /// The repository's number in the store.
        package var repository: Int
        /// When it was seen there first; seconds since 1970.
        package var firstSeen: Double
        /// Whether a later scan of the same did not find it any more.
        package var isGone: Bool
        /// Why the repository does not want to be told of it; `nil`: it does.
        package var silence: Silence?
        package var occurrences: [Occurrence] = []
    }

    /// Whether it stands anywhere, as far as is known.
    package var isThere: Bool { sightings.contains { !$0.isGone } }
}

/// A repository as a store knows it.
package struct StoredRepository: Sendable {
    /// Its number in the store.
    package var id: Int
    package var key: String
    package var name: String
    package var source: SourceRepository
    /// The last run over each part of it.
    package var runs: [StoredRun] = []
}

/// What one run has covered.
package struct StoredRun: Sendable {
    /// Its number in the store.
    package var id: Int
    /// With counts and problems.
    package var summary: ScanSummary
    package var isComplete: Bool
    /// What tells the state of what was scanned from others; `nil`: it is not known.
    package var state: String?
    /// The version of windsock.
    package var toolVersion: String
    package var location: String
}
