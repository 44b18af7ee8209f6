extension Store {
    /// Forgets a repository: what was seen in it, and secrets that are seen nowhere else. What was decided stays, for it is about
    /// values and not about places.
    ///
    /// - Parameter name: Its key or its short name.
    /// - Returns: How many repositories that were.
    package func forget(repository name: String) throws(StoreError) -> Int {
        try database.transaction { () throws(StoreError) in
            var repositories: [Int] = []
            try database.rows("SELECT id FROM repositories WHERE key = ?1 OR name = ?1", .text(name)) {
                repositories.append($0.integer(0))
            }
            for repository in repositories {
                for statement in Self.statements { try database.run(statement, .integer(repository)) }
            }
            for statement in Self.leftovers where !repositories.isEmpty { try database.run(statement) }
            return repositories.count
        }
    }

    private static let statements = [
        """
        DELETE FROM occurrences WHERE sighting IN (
            SELECT sightings.id FROM sightings JOIN sources ON sources.id = source WHERE repository = ?)
        """,
        "DELETE FROM sightings WHERE source IN (SELECT id FROM sources WHERE repository = ?)",
        """
        DELETE FROM problems WHERE run IN (
            SELECT runs.id FROM runs JOIN sources ON sources.id = source WHERE repository = ?)
        """,
        "DELETE FROM runs WHERE source IN (SELECT id FROM sources WHERE repository = ?)",
        "DELETE FROM sources WHERE repository = ?",
        "DELETE FROM repositories WHERE id = ?",
    ]

    /// What nothing names any more.
    private static let leftovers = [
        "DELETE FROM verifications WHERE secret NOT IN (SELECT secret FROM sightings)",
        "DELETE FROM fingerprints WHERE secret NOT IN (SELECT secret FROM sightings)",
        "DELETE FROM secrets WHERE id NOT IN (SELECT secret FROM sightings)",
        """
        DELETE FROM commits WHERE id NOT IN (
            SELECT introduced FROM occurrences WHERE introduced IS NOT NULL
            UNION SELECT removed FROM occurrences WHERE removed IS NOT NULL)
        """,
        "DELETE FROM rules WHERE id NOT IN (SELECT rule FROM secrets)",
    ]
}
