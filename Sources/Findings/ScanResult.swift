public import Rules

/// All that a scan has to say: what the reports are written from.
public struct ScanResult: Sendable {
    /// Sorted: severity, then confidence (highest first), then first path and position.
    public var findings: [Finding]
    /// Every rule that was loaded, in order of id.
    public var rules: [Rule]
    /// Objects that were looked at, by id; `nil` unless they were to be listed.
    public var objects: [ScannedObject]?
    public var summary: ScanSummary
    /// Habits that leak secrets, gravest first; `nil` unless they were looked for.
    public var hygiene: [Finding]?
    /// Why each match was reported or dropped; `nil` unless it was asked for.
    public var explanations: ScanExplanations?

    public init(findings: [Finding], rules: [Rule], summary: ScanSummary) {
        self.findings = findings
        self.rules = rules
        self.summary = summary
    }
}

/// What a scan covered, and what it did not.
public struct ScanSummary: Sendable {
    /// What was asked for.
    public var mode: ScanMode
    /// The repository, folder or name that was scanned, as the user gave it.
    public var target: String
    public var filesScanned = 0
    public var blobsScanned = 0
    public var bytesScanned = 0
    public var commitCount = 0
    /// How many packed objects were read one by one, because the pack as a whole could not be.
    public var readSingly = 0
    /// How many objects of a history were not read because an earlier scan with the same rules found them clean.
    public var knownCount = 0
    /// How much was left out on purpose, by reason.
    public var omitted: [Omission.Reason: Int] = [:]
    public var problems: [Problem] = []
    /// How many secrets were found and are not reported, by reason.
    public var suppressed: [Suppression: Int] = [:]
    /// Seconds since 1970-01-01 00:00 UTC.
    public var startTime: Double = 0
    /// Seconds.
    public var duration: Double = 0
    /// True when SIGINT ended the scan early.
    public var wasInterrupted = false

    public init(mode: ScanMode, target: String) {
        self.mode = mode
        self.target = target
    }

    /// Whether everything that was asked for was read.
    public var isComplete: Bool { problems.isEmpty && !wasInterrupted }
}
