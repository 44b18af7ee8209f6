package import Rules

/// All that a scan has to say: what the reports are written from.
package struct ScanResult: Sendable {
    /// In the order of `Finding.precedes`.
    package var findings: [Finding]
    /// Every rule that was loaded, in order of id.
    package var rules: [Rule]
    /// What was found and is not reported, because a comment or the baseline says so. A report that can say so has it.
    package var suppressed: [SuppressedFinding] = []
    /// Where the findings come from.
    package var repository = SourceRepository()
    /// Objects that were looked at, by id; `nil` unless they were to be listed.
    package var objects: [ScannedObject]?
    package var summary: ScanSummary
    /// Habits that leak secrets, gravest first; `nil` unless they were looked for.
    package var hygiene: [Finding]?
    /// Comments that let nothing pass, or are none, before they are made hygiene findings.
    package var complaints: [Occurrence] = []
    /// Why each match was reported or dropped; `nil` unless it was asked for.
    package var explanations: ScanExplanations?

    package init(findings: [Finding], rules: [Rule], summary: ScanSummary) {
        self.findings = findings
        self.rules = rules
        self.summary = summary
    }
}

/// What a scan covered, and what it did not.
package struct ScanSummary: Sendable {
    /// What was asked for.
    package var mode: ScanMode
    /// The repository, folder or name that was scanned, as the user gave it.
    package var target: String
    package var filesScanned = 0
    package var blobsScanned = 0
    package var bytesScanned = 0
    package var commitCount = 0
    /// How many packed objects were read one by one, because the pack as a whole could not be.
    package var readSingly = 0
    /// How many objects of a history were not read because an earlier scan with the same rules found them clean.
    package var knownCount = 0
    /// How much was left out on purpose, by reason.
    package var omitted: [Omission.Reason: Int] = [:]
    package var problems: [Problem] = []
    /// What was found and is not reported.
    package var suppression = SuppressionCounts()
    /// How the scan was set up.
    package var setting = Setting()
    /// Seconds since 1970-01-01 00:00 UTC.
    package var startTime: Double = 0
    /// Seconds.
    package var duration: Double = 0
    /// True when SIGINT ended the scan early.
    package var wasInterrupted = false

    /// How a scan was set up, as far as its reader should know.
    package struct Setting: Sendable {
        /// In sentences without a full stop.
        package var notes: [String] = []
        /// Tells the rules from others: 16 hex digits; `nil`: nobody wanted to know.
        package var rulesDigest: String?
        /// Whether all that was named is left out by settings: there was nothing to read, and that is meant.
        package var isExcludedByName = false
        /// How many files settings leave out, by the file that says so.
        package var excludedBy: [String: Int] = [:]
        /// What it was put together from; empty for one scan.
        package var parts: [CoveredPart] = []

        package init() {}
    }

    package init(mode: ScanMode, target: String) {
        self.mode = mode
        self.target = target
    }

    /// How many secrets were found and are not reported, by reason.
    package var suppressed: [Suppression: Int] {
        get { suppression.byReason }
        set { suppression.byReason = newValue }
    }

    /// Whether everything that was asked for was read.
    package var isComplete: Bool { problems.isEmpty && !wasInterrupted }
}
