package import Findings
package import Rules

/// A secret in as little as a list needs: all of a store are read before the first is shown.
package struct SecretOverview: Sendable, Hashable {
    /// Its number in the store.
    package var id: Int
    package var fingerprint: Fingerprint
    /// The rule that found it, and whose secret it is; empty: nobody knows.
    package var rule: String
    package var provider: String
    package var severity: Severity
    package var confidence: Confidence
    /// As reports show it.
    package var redacted: String
    /// The repositories that it is in, by name; those in which it is gone are not among them.
    package var repositories: [String] = []
    package var placeCount = 0
    package var isInHead = false
    /// When the first commit has brought it, in seconds since 1970; `nil`: that is not known.
    package var introduced: Int?
    /// What a provider said last; `nil`: none was asked.
    package var liveness: Liveness?
    /// What was decided last about it; `nil`: nothing was.
    package var decision: Decision?

    package init(
        id: Int, fingerprint: Fingerprint, rule: String, provider: String, severity: Severity, confidence: Confidence,
        redacted: String
    ) {
        self.id = id
        self.fingerprint = fingerprint
        self.rule = rule
        self.provider = provider
        self.severity = severity
        self.confidence = confidence
        self.redacted = redacted
    }

    /// Whether it stands anywhere, as far as is known.
    package var isThere: Bool { !repositories.isEmpty }
}

extension Store {
    /// All secrets, in order of their numbers.
    package func overview() throws(StoreError) -> [SecretOverview] {
        try database.transaction(isWriting: false) { () throws(StoreError) in
            var secrets = try bareSecrets()
            let indexes = Dictionary(uniqueKeysWithValues: secrets.enumerated().map { ($1.id, $0) })
            try addPlaces(to: &secrets, indexes)
            try database.rows("SELECT secret, liveness FROM verifications ORDER BY time, id") { row in
                guard let index = indexes[row.integer(0)] else { return }
                secrets[index].liveness = Liveness(rawValue: row.text(1)) ?? .unknown
            }
            let decisions = Dictionary(uniqueKeysWithValues: try decisions().map { ($0.fingerprint, $0) })
            if !decisions.isEmpty {
                for index in secrets.indices { secrets[index].decision = decisions[secrets[index].fingerprint] }
            }
            return secrets
        }
    }

    private func bareSecrets() throws(StoreError) -> [SecretOverview] {
        var secrets: [SecretOverview] = []
        try database.rows(
            """
            SELECT secrets.id, fingerprint, rules.rule, provider, secrets.severity, confidence, redacted
            FROM secrets JOIN rules ON rules.id = secrets.rule ORDER BY secrets.id
            """
        ) { (row) throws(StoreError) in
            guard let fingerprint = Fingerprint(row.text(1)) else { throw lost("a secret's rule or fingerprint") }
            secrets.append(
                SecretOverview(
                    id: row.integer(0), fingerprint: fingerprint, rule: row.text(2), provider: row.text(3),
                    severity: Severity(rawValue: row.text(4)) ?? .high,
                    confidence: Confidence(rawValue: row.text(5)) ?? .medium, redacted: row.text(6)))
        }
        return secrets
    }

    private func addPlaces(to secrets: inout [SecretOverview], _ indexes: [Int: Int]) throws(StoreError) {
        var names: [Int: String] = [:]
        try database.rows("SELECT id, name FROM repositories") { names[$0.integer(0)] = $0.text(1) }
        // What is counted is read in the order in which it lies: snippets are most of a store.
        try database.rows(
            """
            SELECT sightings.secret, repository, places, head, earliest FROM sightings
            JOIN sources ON sources.id = sightings.source
            JOIN (
                SELECT sighting, count(*) AS places, max(coalesce(in_head, 1)) AS head, min(author_time) AS earliest
                FROM occurrences NOT INDEXED LEFT JOIN commits ON commits.id = introduced GROUP BY sighting
            ) ON sighting = sightings.id
            WHERE gone_run IS NULL ORDER BY sightings.id
            """
        ) { row in
            guard let index = indexes[row.integer(0)] else { return }
            let name = names[row.integer(1)] ?? ""
            if !secrets[index].repositories.contains(name) { secrets[index].repositories.append(name) }
            secrets[index].placeCount += row.integer(2)
            if row.flag(3) { secrets[index].isInHead = true }
            if let time = row.optionalInteger(4) {
                secrets[index].introduced = min(secrets[index].introduced ?? time, time)
            }
        }
    }

    /// A number that is another one after another process has written to the store.
    package func writeCount() throws(StoreError) -> Int {
        try database.first("PRAGMA data_version") { $0.integer(0) } ?? 0
    }
}

/// One secret with all that is known of it, but for the places of one that has very many.
package struct SecretDetail: Sendable {
    /// A place, with the repository that it is in.
    package struct Place: Sendable {
        package var occurrence: Occurrence
        /// As people call it.
        package var repository: String
        package var source: SourceRepository

        package init(_ occurrence: Occurrence, in repository: String, _ source: SourceRepository) {
            self.occurrence = occurrence
            self.repository = repository
            self.source = source
        }
    }

    package var overview: SecretOverview
    package var description = ""
    package var remediation: [String] = []
    /// In the order of the store, those in HEAD first.
    package var places: [Place] = []
    /// What was ever decided, the earliest first.
    package var decisions: [Decision] = []
    /// What providers have ever said, the earliest first.
    package var verifications: [VerificationResult] = []
    /// Who lets it pass, in a sentence each with the repository; an audit tells that and does not obey.
    package var silences: [(repository: String, silence: Silence)] = []

    package init(_ overview: SecretOverview) { self.overview = overview }
}

extension Store {
    /// How many places of one secret are shown.
    package static let shownPlaces = 200

    /// All that is known of a secret.
    package func detail(of overview: SecretOverview) throws(StoreError) -> SecretDetail {
        try database.transaction(isWriting: false) { () throws(StoreError) in
            var detail = SecretDetail(overview)
            detail.decisions = try decisionsByName(of: overview.fingerprint)
            try database.rows(
                """
                SELECT liveness, reason, advice, time, host, status FROM verifications WHERE secret = ? ORDER BY time, id
                """, .integer(overview.id)
            ) { row in
                detail.verifications.append(
                    VerificationResult(
                        liveness: Liveness(rawValue: row.text(0)) ?? .unknown, reason: row.text(1),
                        advice: row.optionalText(2), time: row.real(3), host: row.optionalText(4),
                        status: row.optionalInteger(5)))
            }
            try database.rows(
                """
                SELECT description, remediation FROM rules JOIN secrets ON secrets.rule = rules.id WHERE secrets.id = ?
                """, .integer(overview.id)
            ) { row in
                (detail.description, detail.remediation) = (row.text(0), row.list(1))
            }
            try addPlaces(to: &detail)
            return detail
        }
    }

    private func addPlaces(to detail: inout SecretDetail) throws(StoreError) {
        var sightings: [Int: (name: String, source: SourceRepository)] = [:]
        try database.rows(
            """
            SELECT sightings.id, name, address, commit_id, branch, silenced_by, silence_reason FROM sightings
            JOIN sources ON sources.id = sightings.source JOIN repositories ON repositories.id = repository
            WHERE secret = ? AND gone_run IS NULL ORDER BY sightings.id
            """, .integer(detail.overview.id)
        ) { row in
            sightings[row.integer(0)] = (
                row.text(1),
                SourceRepository(
                    address: row.optionalText(2), commit: row.optionalText(3), branch: row.optionalText(4))
            )
            if let reason = row.optionalText(5).flatMap({ Suppression(rawValue: $0) }) {
                detail.silences.append((row.text(1), Silence(reason: reason, justification: row.text(6))))
            }
        }
        let places = try occurrences(ofSecret: detail.overview.id, limit: Self.shownPlaces)
        for (sighting, occurrence) in places {
            guard let place = sightings[sighting] else { continue }
            detail.places.append(SecretDetail.Place(occurrence, in: place.name, place.source))
        }
    }
}
