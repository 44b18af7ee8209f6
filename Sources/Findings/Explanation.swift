/// What became of one place where a rule's pattern matched, and why.
package struct Explanation: Sendable, Hashable {
    package enum Verdict: Sendable, Hashable {
        case reported
        /// The filter, and what it says of this place in particular.
        case dropped(DropReason, detail: String?)
    }

    package var ruleID: String
    /// The keyword that set the rule off, the one nearest to the match; `nil` for a rule that is tried on every text.
    package var keyword: String?
    /// As in `Occurrence.path`.
    package var path: String
    package var region: Occurrence.Region
    package var secret: Secret
    /// Decoders that were undone, outermost first.
    package var decoders: [String]
    /// Filters that were asked and let the match pass, in the order in which they were asked first.
    package var passed: [DropReason]
    /// What some of these say of this place in particular.
    package var details: [DropReason: String]
    package var verdict: Verdict

    package init(
        ruleID: String, keyword: String?, path: String, region: Occurrence.Region, secret: Secret,
        decoders: [String] = [], passed: [DropReason] = [], details: [DropReason: String] = [:], verdict: Verdict
    ) {
        self.ruleID = ruleID
        self.keyword = keyword
        self.path = path
        self.region = region
        self.secret = secret
        self.decoders = decoders
        self.passed = passed
        self.details = details
        self.verdict = verdict
    }

    /// Whether the place is, so far, one that is reported.
    package var isReported: Bool { verdict == .reported }

    /// Drops a place that was reported so far.
    ///
    /// - Parameter detail: What there is to say of this place in particular.
    package mutating func drop(by reason: DropReason, detail: String? = nil) {
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
package struct ScanExplanations: Sendable {
    /// A rule that keywords set off and whose pattern matched nowhere.
    package struct Unmatched: Sendable, Hashable {
        package var ruleID: String
        /// Those that were seen, sorted.
        package var keywords: [String]
        /// How often they stand in the files.
        package var hits: Int
        /// In how many files or blobs.
        package var files: Int

        package init(ruleID: String, keywords: [String], hits: Int, files: Int) {
            self.ruleID = ruleID
            self.keywords = keywords
            self.hits = hits
            self.files = files
        }
    }

    /// By path, then position, then rule.
    package var places: [Explanation]
    /// In order of id.
    package var unmatched: [Unmatched]

    package init(places: [Explanation], unmatched: [Unmatched]) {
        self.places = places
        self.unmatched = unmatched
    }
}
