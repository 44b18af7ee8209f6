extension Baseline {
    /// Adds a secret, unless it is known, and gives it the fingerprint that it has now.
    ///
    /// - Parameter reason: Why it is accepted; a reason that is there stays.
    /// - Returns: Whether it was not known.
    package mutating func accept(_ finding: Finding, reason: String) -> Bool {
        let known = renew(finding)
        insert(Entry(fingerprint: finding.fingerprint, ruleID: finding.rule.id, reason: reason))
        return !known
    }

    /// Leaves only entries whose secret was found, under the fingerprints that they have now.
    ///
    /// - Returns: How many went.
    package mutating func prune(keeping found: [Finding]) -> Int {
        var kept = Baseline()
        var matched: Set<Fingerprint> = []
        for finding in found {
            for old in finding.identity.matches(in: list, all: true) {
                guard let entry = entriesByFingerprint[old] else { continue }
                matched.insert(old)
                kept.insert(
                    Entry(fingerprint: finding.fingerprint, ruleID: finding.rule.id, reason: entry.reason))
            }
        }
        kept.keyCheck = keyCheck
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
            insert(Entry(fingerprint: finding.fingerprint, ruleID: finding.rule.id, reason: entry.reason))
        }
        return !old.isEmpty
    }

    /// This baseline with the entries of another; both were made with the same key, if with any.
    package func merging(_ other: Baseline) -> Baseline {
        var merged = self
        for entry in other.entries { merged.insert(entry) }
        merged.keyCheck = keyCheck ?? other.keyCheck
        return merged
    }

    /// Adds an entry; one with a reason that is there already stays.
    package mutating func insert(_ entry: Entry) {
        if let known = entriesByFingerprint[entry.fingerprint], !known.reason.isEmpty { return }
        entriesByFingerprint[entry.fingerprint] = entry
        list.insert(entry.fingerprint)
    }
}
