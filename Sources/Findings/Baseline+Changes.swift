extension Baseline {
    /// Adds a secret, unless it is known, and gives it the fingerprint that it has now.
    ///
    /// - Parameter terms: Why, by whom and until when it is accepted, and where it stands; of an entry that is there and gives
    ///   a reason, that stays. What has expired is accepted anew.
    /// - Returns: Whether it was not known, or no longer accepted.
    package mutating func accept(_ finding: Finding, as terms: Terms, on day: CalendarDay = .today) -> Bool {
        let known = renew(finding)
        let entry = terms.entry(finding.fingerprint, finding.rule.id, path: finding.placeForReview)
        if let old = entriesByFingerprint[finding.fingerprint], old.isExpired(on: day) {
            entriesByFingerprint[finding.fingerprint] = entry
            return true
        }
        insert(entry)
        return !known
    }

    /// Adds a secret, unless it is known.
    ///
    /// - Parameter reason: Why it is accepted; a reason that is there stays.
    /// - Returns: Whether it was not known.
    package mutating func accept(_ finding: Finding, reason: String) -> Bool {
        accept(finding, as: Terms(reason: reason))
    }

    /// On which terms secrets are accepted.
    package struct Terms: Sendable, Hashable {
        package var reason: String
        package var owner: String
        package var until: CalendarDay?
        /// Whether it is noted where they stand.
        package var notesPaths: Bool

        package init(reason: String = "", owner: String = "", until: CalendarDay? = nil, notesPaths: Bool = false) {
            self.reason = reason
            self.owner = owner
            self.until = until
            self.notesPaths = notesPaths
        }

        package func entry(_ fingerprint: Fingerprint, _ ruleID: String, path: String?) -> Entry {
            Entry(
                fingerprint: fingerprint, ruleID: ruleID, reason: reason, until: until, owner: owner,
                path: notesPaths ? path ?? "" : "")
        }
    }

    /// Adds an entry, or puts it in the place of the one that is there.
    ///
    /// - Returns: Whether there was none.
    package mutating func replace(_ entry: Entry) -> Bool {
        let isNew = entriesByFingerprint.updateValue(entry, forKey: entry.fingerprint) == nil
        if isNew { list.insert(entry.fingerprint) }
        return isNew
    }

    /// Takes an entry out.
    package mutating func remove(_ fingerprint: Fingerprint) {
        if entriesByFingerprint.removeValue(forKey: fingerprint) != nil { list.remove(fingerprint) }
    }

    /// Leaves only entries whose secret was found, under the fingerprints that they have now.
    ///
    /// - Parameter isKept: Entries that stay although nobody has looked for what they are about.
    /// - Returns: How many went.
    package mutating func prune(keeping found: [Finding], and isKept: (Entry) -> Bool = { _ in false }) -> Int {
        var kept = Baseline()
        var matched: Set<Fingerprint> = []
        for entry in entriesByFingerprint.values where isKept(entry) {
            matched.insert(entry.fingerprint)
            kept.insert(entry)
        }
        for finding in found {
            for old in finding.identity.matches(in: list, all: true) {
                guard let entry = entriesByFingerprint[old] else { continue }
                matched.insert(old)
                kept.insert(entry.renamed(finding))
            }
        }
        kept.keyCheck = keyCheck
        kept.rules = rules
        let removed = entriesByFingerprint.count - matched.count
        self = kept
        return removed
    }

    /// Notes which key keyed entries are made with from now on.
    package mutating func use(_ key: FingerprintKey?) {
        keyCheck = list.versions.contains(.keyed) ? key?.check ?? keyCheck : nil
    }

    /// Puts what a secret is called now in the place of what it was called.
    ///
    /// - Returns: Whether it was known.
    private mutating func renew(_ finding: Finding) -> Bool {
        let old = finding.identity.matches(in: list, all: true)
        for fingerprint in old where fingerprint != finding.fingerprint {
            guard let entry = entriesByFingerprint.removeValue(forKey: fingerprint) else { continue }
            list.remove(fingerprint)
            insert(entry.renamed(finding))
        }
        return !old.isEmpty
    }

    /// Adds an entry; one with a reason that is there already stays.
    package mutating func insert(_ entry: Entry) {
        if let known = entriesByFingerprint[entry.fingerprint], !known.reason.isEmpty { return }
        entriesByFingerprint[entry.fingerprint] = entry
        list.insert(entry.fingerprint)
    }
}

extension Baseline.Entry {
    /// The entry under what the secret is called now.
    fileprivate func renamed(_ finding: Finding) -> Baseline.Entry {
        var copy = self
        copy.fingerprint = finding.fingerprint
        copy.ruleID = finding.rule.id
        return copy
    }
}

extension Finding {
    /// Where it stands first, unless the path itself says the secret.
    package var placeForReview: String? {
        occurrences.first.map(\.path).flatMap { secret.isVisible || !$0.contains(secret.revealed) ? $0 : nil }
    }
}
