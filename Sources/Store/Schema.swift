/// The tables of a store, as steps from each version to the next. `Documentation/audit.md` describes them for readers.
///
/// A step that has been released is never changed: what is to be different is another step behind it.
enum Schema {
    /// `PRAGMA application_id`: what tells a store from other databases. "wsnd" in ASCII.
    static let applicationID = 0x7773_6e64

    /// The script at each index leads from the version of that number to the next.
    static let steps = [first, decisions, annotations, identities]

    private static let first = """
        CREATE TABLE repositories (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            address TEXT,
            commit_id TEXT,
            branch TEXT
        );
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            repository INTEGER NOT NULL REFERENCES repositories,
            mode TEXT NOT NULL,
            location TEXT NOT NULL,
            state TEXT,
            last_run INTEGER,
            UNIQUE (repository, mode, location)
        );
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES sources,
            start REAL NOT NULL,
            duration REAL NOT NULL,
            complete INTEGER NOT NULL,
            version TEXT NOT NULL,
            rules_digest TEXT NOT NULL,
            files INTEGER NOT NULL,
            blobs INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            commits INTEGER NOT NULL,
            known INTEGER NOT NULL,
            omitted TEXT,
            suppressed TEXT,
            notes TEXT
        );
        CREATE TABLE problems (
            run INTEGER NOT NULL REFERENCES runs,
            subject TEXT NOT NULL,
            message TEXT NOT NULL,
            advice TEXT
        );
        CREATE TABLE rules (
            id INTEGER PRIMARY KEY,
            rule TEXT NOT NULL,
            provider TEXT NOT NULL,
            description TEXT NOT NULL,
            severity TEXT NOT NULL,
            tags TEXT,
            remediation TEXT,
            links TEXT,
            UNIQUE (rule, provider)
        );
        CREATE TABLE secrets (
            id INTEGER PRIMARY KEY,
            fingerprint TEXT NOT NULL UNIQUE,
            rule INTEGER NOT NULL REFERENCES rules,
            severity TEXT NOT NULL,
            confidence TEXT NOT NULL,
            redacted TEXT NOT NULL,
            first_seen REAL NOT NULL,
            last_seen REAL NOT NULL
        );
        CREATE TABLE fingerprints (
            fingerprint TEXT PRIMARY KEY,
            secret INTEGER NOT NULL REFERENCES secrets
        ) WITHOUT ROWID;
        CREATE TABLE sightings (
            id INTEGER PRIMARY KEY,
            secret INTEGER NOT NULL REFERENCES secrets,
            source INTEGER NOT NULL REFERENCES sources,
            first_run INTEGER NOT NULL REFERENCES runs,
            last_run INTEGER NOT NULL REFERENCES runs,
            gone_run INTEGER REFERENCES runs,
            silenced_by TEXT,
            silence_reason TEXT,
            UNIQUE (secret, source)
        );
        CREATE INDEX sightings_by_source ON sightings (source);
        CREATE TABLE commits (
            id INTEGER PRIMARY KEY,
            object TEXT NOT NULL UNIQUE,
            author_name TEXT NOT NULL,
            author_email TEXT NOT NULL,
            author_time INTEGER NOT NULL,
            summary TEXT NOT NULL
        );
        CREATE TABLE occurrences (
            id INTEGER PRIMARY KEY,
            sighting INTEGER NOT NULL REFERENCES sightings,
            path TEXT NOT NULL,
            origin TEXT NOT NULL,
            object TEXT,
            other_objects TEXT,
            start_line INTEGER NOT NULL,
            start_column INTEGER NOT NULL,
            end_line INTEGER NOT NULL,
            end_column INTEGER NOT NULL,
            decoded TEXT,
            confidence TEXT NOT NULL,
            line_hash TEXT NOT NULL,
            snippet TEXT NOT NULL,
            decoders TEXT,
            reachability TEXT,
            in_head INTEGER,
            introduced INTEGER REFERENCES commits,
            removed INTEGER REFERENCES commits,
            refs TEXT,
            branches TEXT,
            tags TEXT,
            ref_count INTEGER,
            branch_count INTEGER,
            tag_count INTEGER,
            other_paths TEXT
        );
        CREATE INDEX occurrences_by_sighting ON occurrences (sighting);
        CREATE TABLE verifications (
            id INTEGER PRIMARY KEY,
            secret INTEGER NOT NULL REFERENCES secrets,
            time REAL NOT NULL,
            liveness TEXT NOT NULL,
            reason TEXT NOT NULL,
            advice TEXT,
            host TEXT,
            status INTEGER
        );
        CREATE INDEX verifications_by_secret ON verifications (secret);

        """

    /// What language models have said, which decides nothing.
    private static let annotations = """
        CREATE TABLE annotations (
            id INTEGER PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            text TEXT NOT NULL,
            model TEXT NOT NULL,
            time INTEGER NOT NULL
        );
        CREATE INDEX annotations_by_fingerprint ON annotations (fingerprint);

        """

    /// They name a fingerprint and no secret: what a team has decided may be there before the secret is seen.
    private static let decisions = """
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT NOT NULL,
            author TEXT NOT NULL,
            time INTEGER NOT NULL,
            until TEXT,
            automatic INTEGER NOT NULL
        );
        CREATE INDEX decisions_by_fingerprint ON decisions (fingerprint);
        CREATE INDEX fingerprints_by_secret ON fingerprints (secret);

        """

    /// Whose a key is, as `name=value` each.
    private static let identities = """
        ALTER TABLE verifications ADD COLUMN identity TEXT;

        """
}
