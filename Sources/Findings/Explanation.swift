/// What became of one place where a rule's pattern matched, and why.
public struct Explanation: Sendable, Hashable {
    public enum Verdict: Sendable, Hashable {
        case reported
        /// The filter, and what it says of this place in particular.
        case dropped(DropReason, detail: String?)
    }

    public var ruleID: String
    /// The keyword that set the rule off, the one nearest to the match; `nil` for a rule that is tried on every text.
    public var keyword: String?
    /// As in `Occurrence.path`.
    public var path: String
    public var region: Occurrence.Region
    public var secret: Secret
    /// Decoders that were undone, outermost first.
    public var decoders: [String]
    /// Filters that were asked and let the match pass, in the order in which they were asked first.
    public var passed: [DropReason]
    public var verdict: Verdict

    public init(
        ruleID: String, keyword: String?, path: String, region: Occurrence.Region, secret: Secret,
        decoders: [String] = [], passed: [DropReason] = [], verdict: Verdict
    ) {
        self.ruleID = ruleID
        self.keyword = keyword
        self.path = path
        self.region = region
        self.secret = secret
        self.decoders = decoders
        self.passed = passed
        self.verdict = verdict
    }

    /// Whether the place is, so far, one that is reported.
    public var isReported: Bool { verdict == .reported }

    /// Drops a place that was reported so far.
    ///
    /// - Parameter detail: What there is to say of this place in particular.
    public mutating func drop(by reason: DropReason, detail: String? = nil) {
        guard isReported else { return }
        // One that is asked twice may have let it pass the first time.
        passed.removeAll { $0 == reason }
        verdict = .dropped(reason, detail: detail)
    }

    /// Notes that a filter was asked, and whether it drops a place that was reported so far.
    package mutating func ask(_ filter: DropReason, drops: Bool) {
        guard isReported else { return }
        if drops {
            drop(by: filter)
        } else if !passed.contains(filter) {
            passed.append(filter)
        }
    }
}

/// Why each match of a scan was reported or dropped: what `--explain` shows.
public struct ScanExplanations: Sendable {
    /// A rule that keywords set off and whose pattern matched nowhere.
    public struct Unmatched: Sendable, Hashable {
        public var ruleID: String
        /// Those that were seen, sorted.
        public var keywords: [String]
        /// How often they stand in the files.
        public var hits: Int
        /// In how many files or blobs.
        public var files: Int

        public init(ruleID: String, keywords: [String], hits: Int, files: Int) {
            self.ruleID = ruleID
            self.keywords = keywords
            self.hits = hits
            self.files = files
        }
    }

    /// By path, then position, then rule.
    public var places: [Explanation]
    /// In order of id.
    public var unmatched: [Unmatched]

    public init(places: [Explanation], unmatched: [Unmatched]) {
        self.places = places
        self.unmatched = unmatched
    }
}
