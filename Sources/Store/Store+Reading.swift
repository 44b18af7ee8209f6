internal import Bytes
package import Findings
internal import Rules

/// All that a store holds, at one moment.
package struct StoreContent: Sendable {
    /// By number.
    package var repositories: [Int: StoredRepository] = [:]
    /// In order of their numbers.
    package var secrets: [StoredSecret] = []
}

extension Store {
    /// Reads everything.
    package func content() throws(StoreError) -> StoreContent {
        try database.transaction(isWriting: false) { () throws(StoreError) in
            var content = StoreContent()
            content.repositories = try repositories()
            try addRuns(to: &content.repositories)
            content.secrets = try secrets()
            return content
        }
    }

    // MARK: Repositories

    private func repositories() throws(StoreError) -> [Int: StoredRepository] {
        var result: [Int: StoredRepository] = [:]
        try database.rows("SELECT id, key, name, address, commit_id, branch FROM repositories") { row in
            result[row.integer(0)] = StoredRepository(
                id: row.integer(0), key: row.text(1), name: row.text(2),
                source: SourceRepository(
                    address: row.optionalText(3), commit: row.optionalText(4), branch: row.optionalText(5)))
        }
        return result
    }

    private func addRuns(to repositories: inout [Int: StoredRepository]) throws(StoreError) {
        let problems = try problems()
        try database.rows(
            """
            SELECT runs.id, repository, mode, location, state, start, duration, complete, version, rules_digest, files, blobs,
                bytes, commits, known, omitted, suppressed, notes
            FROM sources JOIN runs ON runs.id = last_run ORDER BY runs.id
            """
        ) { row in
            var summary = ScanSummary(mode: ScanMode(rawValue: row.text(2)) ?? .history, target: row.text(3))
            (summary.startTime, summary.duration) = (row.real(5), row.real(6))
            summary.setting.rulesDigest = row.text(9)
            (summary.filesScanned, summary.blobsScanned) = (row.integer(10), row.integer(11))
            (summary.bytesScanned, summary.commitCount) = (row.integer(12), row.integer(13))
            summary.knownCount = row.integer(14)
            for (name, count) in TextList.counts(in: row.text(15)) {
                if let reason = Omission.Reason(rawValue: name) { summary.omitted[reason] = count }
            }
            for (name, count) in TextList.counts(in: row.text(16)) {
                if let reason = Suppression(rawValue: name) { summary.suppressed[reason] = count }
            }
            summary.setting.notes = row.list(17)
            summary.problems = problems[row.integer(0)] ?? []
            let run = StoredRun(
                id: row.integer(0), summary: summary, isComplete: row.flag(7), state: row.optionalText(4),
                toolVersion: row.text(8), location: row.text(3))
            repositories[row.integer(1)]?.runs.append(run)
        }
    }

    private func problems() throws(StoreError) -> [Int: [Problem]] {
        var result: [Int: [Problem]] = [:]
        try database.rows(
            "SELECT run, subject, message, advice FROM problems WHERE run IN (SELECT last_run FROM sources) ORDER BY rowid"
        ) { row in
            result[row.integer(0), default: []].append(
                Problem(subject: row.text(1), message: row.text(2), advice: row.optionalText(3)))
        }
        return result
    }

    /// What tells the state of a source, and the rules that it was read with, from others; `nil`: it was never read to its end.
    package func state(
        ofRepository key: String, mode: ScanMode, location: String
    ) throws(StoreError) -> (state: String, rulesDigest: String, toolVersion: String)? {
        try database.first(
            """
            SELECT state, rules_digest, version FROM sources
            JOIN repositories ON repositories.id = repository JOIN runs ON runs.id = last_run
            WHERE key = ? AND mode = ? AND location = ? AND state IS NOT NULL
            """, .text(key), .text(mode.rawValue), .text(location)
        ) { (state: $0.text(0), rulesDigest: $0.text(1), toolVersion: $0.text(2)) }
    }

    /// What the store calls those secrets of which it knows one of these fingerprints.
    package func names(of fingerprints: some Sequence<Fingerprint>) throws(StoreError) -> Set<Fingerprint> {
        var names: Set<Fingerprint> = []
        for fingerprint in fingerprints {
            let name = try database.first(
                """
                SELECT secrets.fingerprint FROM fingerprints JOIN secrets ON secrets.id = secret
                WHERE fingerprints.fingerprint = ?
                """, .text(fingerprint.description)
            ) { $0.text(0) }
            if let name = name.flatMap({ Fingerprint($0) }) { names.insert(name) }
        }
        return names
    }

    // MARK: Secrets

    private func secrets() throws(StoreError) -> [StoredSecret] {
        let rules = try rules()
        let verifications = try verifications()
        let decisions = Dictionary(uniqueKeysWithValues: try decisions().map { ($0.fingerprint, $0) })
        let annotations = try annotations()
        var sightings = try sightings()
        var result: [StoredSecret] = []
        try database.rows(
            """
            SELECT id, fingerprint, rule, severity, confidence, redacted, first_seen, last_seen FROM secrets ORDER BY id
            """
        ) { (row) throws(StoreError) in
            guard let fingerprint = Fingerprint(row.text(1)), let rule = rules[row.integer(2)] else {
                throw lost("a secret's rule or fingerprint")
            }
            var secret = StoredSecret(
                id: row.integer(0), fingerprint: fingerprint, rule: rule,
                severity: Severity(rawValue: row.text(3)) ?? rule.severity,
                confidence: Confidence(rawValue: row.text(4)) ?? .medium, redacted: row.text(5),
                firstSeen: row.real(6), lastSeen: row.real(7))
            secret.sightings = sightings.removeValue(forKey: secret.id) ?? []
            secret.verification = verifications[secret.id]
            secret.decision = decisions[fingerprint]
            secret.annotation = annotations[fingerprint]
            result.append(secret)
        }
        return result
    }

    private func rules() throws(StoreError) -> [Int: Rule] {
        var result: [Int: Rule] = [:]
        try database.rows(
            "SELECT id, rule, provider, description, severity, tags, remediation, links FROM rules"
        ) { row in
            result[row.integer(0)] = Rule(
                id: row.text(1), description: row.text(3), provider: row.text(2),
                severity: Severity(rawValue: row.text(4)) ?? .high, tags: row.list(5), remediation: row.list(6),
                references: row.list(7))
        }
        return result
    }

    /// The last of each secret.
    private func verifications() throws(StoreError) -> [Int: VerificationResult] {
        var result: [Int: VerificationResult] = [:]
        try database.rows(
            "SELECT secret, liveness, reason, advice, time, host, status, identity FROM verifications ORDER BY time, id"
        ) { row in
            var verification = VerificationResult(
                liveness: Liveness(rawValue: row.text(1)) ?? .unknown, reason: row.text(2),
                advice: row.optionalText(3), time: row.real(4), host: row.optionalText(5),
                status: row.optionalInteger(6))
            verification.identity = row.list(7).compactMap { fact in
                guard let mark = fact.firstIndex(of: "=") else { return nil }
                return .init(name: String(fact[..<mark]), value: String(fact[fact.index(after: mark)...]))
            }
            result[row.integer(0)] = verification
        }
        return result
    }

    private func sightings() throws(StoreError) -> [Int: [StoredSecret.Sighting]] {
        var occurrences = try occurrences()
        var result: [Int: [StoredSecret.Sighting]] = [:]
        try database.rows(
            """
            SELECT sightings.id, secret, repository, start, gone_run IS NOT NULL, silenced_by, silence_reason
            FROM sightings JOIN sources ON sources.id = sightings.source JOIN runs ON runs.id = first_run
            ORDER BY sightings.id
            """
        ) { row in
            let silence = row.optionalText(5).flatMap { Suppression(rawValue: $0) }.map {
                Silence(reason: $0, justification: row.text(6))
            }
            result[row.integer(1), default: []].append(
                StoredSecret.Sighting(
                    repository: row.integer(2), firstSeen: row.real(3), isGone: row.flag(4), silence: silence,
                    occurrences: occurrences.removeValue(forKey: row.integer(0)) ?? []))
        }
        return result
    }
}
