public import Rules

/// What a scan reads and what it reports.
public struct ScanSettings: Sendable {
    /// How many threads read and match.
    public var jobs = 1
    /// In bytes; larger files and blobs are not read, and make the scan incomplete unless they are binary.
    public var maximumFileSize = 256 << 20
    public var minimumSeverity = Severity.low
    public var minimumConfidence = Confidence.medium
    /// Obey `windsock:allow` and its like.
    public var honorsInlineDirectives = true
    /// Work out GitHub's line hashes, which only SARIF needs.
    public var computesLineHashes = false
    /// Say of each match why it is reported or not.
    public var explains = false
    /// Note every object that was looked at.
    public var listsObjects = false
    /// Known secrets that are not reported.
    public var baseline: Baseline?

    public init() {}
}
