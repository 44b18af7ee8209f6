internal import Findings
internal import Rules

extension Store {
    /// Adds decisions, all or none, each later than what was decided before: that stays as the secret's story, and the latest counts.
    ///
    /// - Returns: What they have become.
    @discardableResult
    package func decide(_ decisions: [Decision]) throws(StoreError) -> [Decision] {
        try database.transaction { () throws(StoreError) in
            var result: [Decision] = []
            for decision in decisions {
                var later = decision
                if let known = try decisionsByName(of: decision.fingerprint).last { later.follow(known) }
                try add(later)
                result.append(later)
            }
            return result
        }
    }

    /// Adds decisions about secrets, all or none, if of each secret nothing else was decided meanwhile.
    ///
    /// - Parameters:
    ///   - decisions: What is to hold.
    ///   - known: What whoever decides has seen of each of them; `nil`: nothing was decided.
    /// - Returns: What they have become; `nil` where somebody else has decided about one of them meanwhile: nothing is changed then.
    package func decide(_ decisions: [Decision], knowing known: [Decision?]) throws(StoreError) -> [Decision]? {
        try database.transaction { () throws(StoreError) in
            var result: [Decision] = []
            for (decision, seen) in zip(decisions, known) {
                let latest = try decisionsByName(of: decision.fingerprint).last
                guard latest?.isSame(as: seen) ?? (seen == nil) else { return nil }
                var later = decision
                if let latest { later.follow(latest) }
                result.append(later)
            }
            for decision in result { try add(decision) }
            return result
        }
    }

    /// Adds those decisions that are later than what is known of their secret; also of secrets that the store has not seen yet.
    ///
    /// - Returns: How many that were.
    package func adopt(_ decisions: [Decision]) throws(StoreError) -> Int {
        try database.transaction { () throws(StoreError) in
            var count = 0
            for decision in decisions {
                let known = try decisionsByName(of: decision.fingerprint).last
                // The same decision, or a later one.
                if let known, (known.time, known.state.rawValue) >= (decision.time, decision.state.rawValue) {
                    continue
                }
                try add(decision)
                count += 1
            }
            return count
        }
    }

    /// The latest decision about each secret, by what it was called then, in order of that; those of secrets that no scan has seen, too.
    package func decisions() throws(StoreError) -> [Decision] {
        var latest: [String: Decision] = [:]
        try database.rows(
            """
            SELECT coalesce(secrets.fingerprint, decisions.fingerprint), state, reason, author, time, until, automatic
            FROM decisions LEFT JOIN fingerprints ON fingerprints.fingerprint = decisions.fingerprint
            LEFT JOIN secrets ON secrets.id = fingerprints.secret ORDER BY time, decisions.id
            """
        ) { row in
            if let decision = decision(row) { latest[decision.fingerprint.description] = decision }
        }
        return latest.values.sorted { $0.fingerprint < $1.fingerprint }
    }

    func add(_ decision: Decision) throws(StoreError) {
        try database.run(
            """
            INSERT INTO decisions (fingerprint, state, reason, author, time, until, automatic) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .text(decision.fingerprint.description), .text(decision.state.rawValue), .text(decision.reason),
            .text(decision.author), .integer(decision.time), SQLValue(decision.until?.description),
            SQLValue(decision.isAutomatic))
    }

    /// What was ever decided about a secret, by whatever name, the earliest first.
    func decisionsByName(of fingerprint: Fingerprint) throws(StoreError) -> [Decision] {
        var result: [Decision] = []
        try database.rows(
            """
            SELECT fingerprint, state, reason, author, time, until, automatic FROM decisions
            WHERE fingerprint = ?1 OR fingerprint IN (
                SELECT fingerprint FROM fingerprints WHERE secret = (SELECT secret FROM fingerprints WHERE fingerprint = ?1))
            ORDER BY time, id
            """, .text(fingerprint.description)
        ) { row in
            if let decision = decision(row) { result.append(decision) }
        }
        return result
    }

    private func decision(_ row: Statement) -> Decision? {
        guard let fingerprint = Fingerprint(row.text(0)), let state = Decision.State(rawValue: row.text(1)) else {
            return nil
        }
        return Decision(
            fingerprint, state, reason: row.text(2), author: row.text(3), time: row.integer(4),
            until: row.optionalText(5).flatMap { CalendarDay($0) }, isAutomatic: row.flag(6))
    }

    // MARK: What opens by itself

    /// Opens a secret that was settled and is seen to be of use, or that somebody has written down anew.
    ///
    /// - Parameters:
    ///   - repository: As people call it.
    ///   - earlier: What it was there before.
    /// - Returns: Whether it is open again.
    func reopen(
        _ found: FoundSecret, in repository: String, _ earlier: EarlierSighting, time: Double
    ) throws(StoreError) -> Bool {
        let finding = found.finding
        guard let decision = try decisionsByName(of: finding.fingerprint).last, decision.state.endsWithNews else {
            return false
        }
        guard let reason = news(of: finding, since: decision, in: repository, earlier) else { return false }
        var opened = Decision(
            finding.fingerprint, .open, reason: "was \(decision.sentence); \(reason)", author: Decision.program,
            time: Int(time), isAutomatic: true)
        opened.follow(decision)
        try add(opened)
        return true
    }

    private func news(
        of finding: Finding, since decision: Decision, in repository: String, _ earlier: EarlierSighting
    ) -> String? {
        if let verification = finding.verification, verification.liveness.isLive,
            Int(verification.time) >= decision.time
        {
            return "\(verification.host ?? "its provider") says that it is \(verification.liveness.words)"
        }
        let commits = finding.occurrences.compactMap { $0.history?.introduced }
        if let commit = commits.first(where: { $0.authorTime > decision.time }) {
            return "commit \(commit.id.abbreviated) of \(repository) brings it again"
        }
        // The same file as then is an old one, whoever has brought it back.
        if earlier.isInHead == false, finding.occurrences.contains(where: { $0.history?.isInHead == true }) {
            return "it is in HEAD of \(repository) again"
        }
        guard !earlier.isThere, finding.occurrences.contains(where: { $0.history == nil }) else { return nil }
        return "it stands in \(repository) now"
    }
}

extension Decision {
    /// By whatever name the secret was called.
    fileprivate func isSame(as other: Decision?) -> Bool {
        guard var copy = other else { return false }
        copy.fingerprint = fingerprint
        return copy == self
    }

    /// Makes it later than another, whatever the clocks say.
    fileprivate mutating func follow(_ other: Decision) {
        if time <= other.time, other.time < Int.max { time = other.time + 1 }
    }
}
