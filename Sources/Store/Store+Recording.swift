internal import Findings
internal import Rules

extension Store {
    /// Adds what a scan has come to, all of it or, where that fails, nothing.
    ///
    /// - Returns: What has changed.
    @discardableResult
    package func record(_ recording: Recording) throws(StoreError) -> RecordedChanges {
        // These take milliseconds each of a weak secret, and other processes wait for the end of the transaction.
        let found = recording.secrets
        return try database.transaction { () throws(StoreError) in
            let source = try self.source(of: recording)
            let run = try addRun(recording, source)
            var changes = RecordedChanges()
            for secret in found {
                let time = recording.result.summary.startTime
                let added = try add(secret, run: run, source: source, time: time)
                if added.isNew { changes.new += 1 }
                let isReopened = try reopen(secret, in: recording.repository.name, added.here, time: time)
                if isReopened { changes.reopened += 1 }
            }
            if recording.replacesEarlier { changes.gone = try noteGone(run: run, source: source) }
            return changes
        }
    }

    private func source(of recording: Recording) throws(StoreError) -> Int {
        let (repository, known) = (recording.repository, recording.result.repository)
        try database.run(
            """
            INSERT INTO repositories (key, name, address, commit_id, branch) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET name = excluded.name, address = coalesce(excluded.address, address),
                commit_id = coalesce(excluded.commit_id, commit_id), branch = coalesce(excluded.branch, branch)
            """,
            .text(repository.key), .text(repository.name), SQLValue(known.address), SQLValue(known.commit),
            SQLValue(known.branch))
        let mode = recording.result.summary.mode.rawValue
        if recording.result.summary.mode == .audit { try move(recording) }
        try database.run(
            """
            INSERT INTO sources (repository, mode, location)
            SELECT id, ?, ? FROM repositories WHERE key = ? ON CONFLICT DO NOTHING
            """, .text(mode), .text(recording.location), .text(repository.key))
        let found = try database.first(
            """
            SELECT sources.id FROM sources JOIN repositories ON repositories.id = repository
            WHERE key = ? AND mode = ? AND location = ?
            """, .text(repository.key), .text(mode), .text(recording.location)
        ) { $0.integer(0) }
        guard let found else { throw lost("the source that was just added") }
        return found
    }

    /// What an audit knows by its place is one, whatever its page was when it could not be opened, or before it moved.
    private func move(_ recording: Recording) throws(StoreError) {
        try database.run(
            """
            UPDATE OR IGNORE sources SET repository = (SELECT id FROM repositories WHERE key = ?1) WHERE mode = 'audit' AND location = ?2
            """, .text(recording.repository.key), .text(recording.location))
        try database.run(
            "DELETE FROM repositories WHERE key <> ? AND id NOT IN (SELECT repository FROM sources)",
            .text(recording.repository.key))
    }

    private func addRun(_ recording: Recording, _ source: Int) throws(StoreError) -> Int {
        let summary = recording.result.summary
        let omitted = Dictionary(uniqueKeysWithValues: summary.omitted.map { ($0.key.rawValue, $0.value) })
        let suppressed = Dictionary(uniqueKeysWithValues: summary.suppressed.map { ($0.key.rawValue, $0.value) })
        let run = try database.insert(
            """
            INSERT INTO runs (source, start, duration, complete, version, rules_digest, files, blobs, bytes, commits, known,
                omitted, suppressed, notes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(source), .real(summary.startTime), .real(summary.duration), SQLValue(summary.isComplete),
            .text(recording.toolVersion), .text(summary.setting.rulesDigest ?? ""), .integer(summary.filesScanned),
            .integer(summary.blobsScanned), .integer(summary.bytesScanned), .integer(summary.commitCount),
            .integer(summary.knownCount), TextList.value(omitted), TextList.value(suppressed),
            TextList.value(summary.setting.notes))
        for problem in summary.problems {
            try database.run(
                "INSERT INTO problems (run, subject, message, advice) VALUES (?, ?, ?, ?)", .integer(run),
                .text(problem.subject), .text(problem.message), SQLValue(problem.advice))
        }
        // A state is known only of what was read to its end, or has no more to be read: the next run tries again what this one
        // could not read.
        let isRead = summary.problems.allSatisfy(\.isLasting) && !summary.wasInterrupted
        let state = isRead ? recording.state : nil
        try database.run(
            "UPDATE sources SET last_run = ?, state = ? WHERE id = ?", .integer(run), SQLValue(state), .integer(source))
        return run
    }

    private func noteGone(run: Int, source: Int) throws(StoreError) -> Int {
        try database.run(
            "UPDATE sightings SET gone_run = ? WHERE source = ? AND last_run < ? AND gone_run IS NULL", .integer(run),
            .integer(source), .integer(run))
        return database.changeCount
    }

    func lost(_ what: String) -> StoreError {
        StoreError(.damaged, attempt: "use the store", path: path, reason: "\(what) is not there")
    }
}

// MARK: One secret

extension Store {
    /// - Returns: Whether the store did not know it, and what it was in this source before.
    private func add(
        _ found: FoundSecret, run: Int, source: Int, time: Double
    ) throws(StoreError) -> (isNew: Bool, here: EarlierSighting) {
        let finding = found.finding
        let rule = try number(of: finding)
        let known = try secret(of: found.fingerprints)
        let secret: Int
        if let known {
            secret = known
            try update(secret, finding, rule, time)
        } else {
            secret = try database.insert(
                """
                INSERT INTO secrets (fingerprint, rule, severity, confidence, redacted, first_seen, last_seen)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                .text(finding.fingerprint.description), .integer(rule), .text(finding.severity.rawValue),
                .text(finding.confidence.rawValue), .text(finding.secret.redacted), .real(time), .real(time))
        }
        for fingerprint in found.fingerprints {
            try database.run(
                "INSERT INTO fingerprints (fingerprint, secret) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .text(fingerprint), .integer(secret))
        }
        let here = try addSighting(of: secret, found, run: run, source: source)
        if let verification = finding.verification, verification.isVerifiable { try add(verification, of: secret) }
        return (known == nil, here)
    }

    private func secret(of fingerprints: [String]) throws(StoreError) -> Int? {
        for fingerprint in fingerprints {
            let known = try database.first(
                "SELECT secret FROM fingerprints WHERE fingerprint = ?", .text(fingerprint)
            ) { $0.integer(0) }
            if let known { return known }
        }
        return nil
    }

    /// A rule that knows the provider says more of a secret than one that does not, whichever came last.
    private func update(_ secret: Int, _ finding: Finding, _ rule: Int, _ time: Double) throws(StoreError) {
        try database.run(
            "UPDATE secrets SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE id = ?",
            .real(time), .real(time), .integer(secret))
        let knowsProvider = try database.first(
            "SELECT provider <> '' FROM secrets JOIN rules ON rules.id = secrets.rule WHERE secrets.id = ?",
            .integer(secret)
        ) { $0.flag(0) }
        if knowsProvider == true, finding.rule.provider.isEmpty { return }
        // Who looks for a secret that they have learns nothing of its kind.
        if finding.rule.id == SecretIdentity.givenRule { return }
        try database.run(
            """
            UPDATE secrets SET fingerprint = ?, rule = ?, severity = ?, confidence = ?, redacted = ? WHERE id = ?
            """,
            .text(finding.fingerprint.description), .integer(rule), .text(finding.severity.rawValue),
            .text(finding.confidence.rawValue), .text(finding.secret.redacted), .integer(secret))
    }

    private func number(of finding: Finding) throws(StoreError) -> Int {
        let rule = finding.rule
        try database.run(
            """
            INSERT INTO rules (rule, provider, description, severity, tags, remediation, links)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (rule, provider) DO UPDATE SET description = excluded.description, severity = excluded.severity,
                tags = excluded.tags, remediation = excluded.remediation, links = excluded.links
            """,
            .text(rule.id), .text(rule.provider), .text(rule.description), .text(rule.severity.rawValue),
            TextList.value(rule.tags), TextList.value(rule.remediation), TextList.value(rule.references))
        let number = try database.first(
            "SELECT id FROM rules WHERE rule = ? AND provider = ?", .text(rule.id), .text(rule.provider)
        ) { $0.integer(0) }
        guard let number else { throw lost("the rule that was just added") }
        return number
    }

    /// - Returns: What it was there in the run before.
    private func addSighting(
        of secret: Int, _ found: FoundSecret, run: Int, source: Int
    ) throws(StoreError) -> EarlierSighting {
        let earlier = try database.first(
            """
            SELECT gone_run IS NULL, (SELECT max(in_head) FROM occurrences WHERE sighting = sightings.id)
            FROM sightings WHERE secret = ? AND source = ?
            """, .integer(secret), .integer(source)
        ) { EarlierSighting(isThere: $0.flag(0), isInHead: $0.flag(1)) }
        try database.run(
            """
            INSERT INTO sightings (secret, source, first_run, last_run, silenced_by, silence_reason)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (secret, source) DO UPDATE SET last_run = excluded.last_run, gone_run = NULL,
                silenced_by = excluded.silenced_by, silence_reason = excluded.silence_reason
            """,
            .integer(secret), .integer(source), .integer(run), .integer(run),
            SQLValue(found.silence?.reason.rawValue), SQLValue(found.silence?.justification))
        let sighting = try database.first(
            "SELECT id FROM sightings WHERE secret = ? AND source = ?", .integer(secret), .integer(source)
        ) { $0.integer(0) }
        guard let sighting else { throw lost("the sighting that was just added") }
        try database.run("DELETE FROM occurrences WHERE sighting = ?", .integer(sighting))
        for occurrence in found.finding.occurrences { try add(occurrence, to: sighting) }
        return earlier ?? EarlierSighting(isThere: false, isInHead: nil)
    }

    /// Notes what a provider has said of a secret.
    func add(_ verification: VerificationResult, of secret: Int) throws(StoreError) {
        try database.run(
            """
            INSERT INTO verifications (secret, time, liveness, reason, advice, host, status, identity)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(secret), .real(verification.time), .text(verification.liveness.rawValue),
            .text(verification.reason), SQLValue(verification.advice), SQLValue(verification.host),
            SQLValue(verification.status), TextList.value(verification.identity.map { "\($0.name)=\($0.value)" }))
    }
}

// MARK: One place

extension Store {
    private func add(_ place: Occurrence, to sighting: Int) throws(StoreError) {
        let (region, history) = (place.region, place.history)
        let introduced = try history?.introduced.map { (commit) throws(StoreError) in try number(of: commit) }
        let removed = try history?.removed.map { (commit) throws(StoreError) in try number(of: commit) }
        try database.run(
            """
            INSERT INTO occurrences (sighting, path, origin, object, other_objects, start_line, start_column, end_line,
                end_column, decoded, confidence, line_hash, snippet, decoders, reachability, in_head, introduced, removed,
                refs, branches, tags, ref_count, branch_count, tag_count, other_paths)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(sighting), .text(place.path), .text(place.origin.kind), SQLValue(place.origin.object?.description),
            TextList.value(place.otherObjects.map(\.description)), .integer(region.startLine),
            .integer(region.startColumn), .integer(region.endLine), .integer(region.endColumn),
            SQLValue(place.decodedRegion?.columns), .text(place.confidence.rawValue), .text(place.lineHash),
            .text(place.snippet), TextList.value(place.decoders), SQLValue(history?.reachability.kind),
            history.map { SQLValue($0.isInHead) } ?? .null, SQLValue(introduced), SQLValue(removed),
            TextList.value(history?.reachability.names ?? []), TextList.value(history?.branches ?? []),
            TextList.value(history?.tags ?? []), SQLValue(history?.counts.references),
            SQLValue(history?.counts.branches), SQLValue(history?.counts.tags),
            TextList.value(history?.otherPaths ?? []))
    }

    private func number(of commit: Occurrence.Commit) throws(StoreError) -> Int {
        let object = commit.id.description
        let known = try database.first("SELECT id FROM commits WHERE object = ?", .text(object)) { $0.integer(0) }
        if let known { return known }
        return try database.insert(
            "INSERT INTO commits (object, author_name, author_email, author_time, summary) VALUES (?, ?, ?, ?, ?)",
            .text(object), .text(commit.authorName), .text(commit.authorEmail), .integer(commit.authorTime),
            .text(commit.summary))
    }
}

extension Occurrence.Region {
    /// Four numbers in one column: few places have a decoded region.
    var columns: String { "\(startLine):\(startColumn):\(endLine):\(endColumn)" }

    init?(columns: String) {
        let numbers = columns.split(separator: ":").compactMap { Int($0) }
        guard numbers.count == 4 else { return nil }
        self.init(startLine: numbers[0], startColumn: numbers[1], endLine: numbers[2], endColumn: numbers[3])
    }
}
