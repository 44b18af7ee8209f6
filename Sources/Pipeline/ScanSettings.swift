package import Findings

/// What a scan reads and what it reports.
package struct ScanSettings: Sendable {
    /// How many threads read and match.
    package var jobs = 1
    /// In bytes; larger files and blobs are not read, and make the scan incomplete unless they are binary.
    package var maximumFileSize = 256 << 20
    /// How many containers deep it is read. Nowhere, where nobody asks for it.
    package var archives = ArchiveDepth.none
    /// What of that which is found is reported.
    package var selection = Selection()
    /// A team's key for fingerprints.
    package var fingerprintKey: FingerprintKey?
    /// Paths that are left out. Where no paths are known the rules' allow-lists have the same.
    package var exclusions: [PathExclusion] = []
    /// Obey `windsock:allow` and its like.
    package var honorsInlineDirectives = true
    /// Work out GitHub's line hashes, which are in JSON and SARIF alone.
    package var computesLineHashes = false
    /// Say where what comments let pass stands, also of what an earlier scan has read.
    package var tellsSuppressed = false
    /// Say of each match why it is reported or not.
    package var explains = false
    /// Say which comments let nothing pass, or are no comments of ours.
    package var reviewsComments = false
    /// Note every object that was looked at.
    package var listsObjects = false

    package init() {}
}
