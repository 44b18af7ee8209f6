internal import Bytes
internal import Findings
internal import Rules

extension Store {
    /// By number of the sighting.
    func occurrences() throws(StoreError) -> [Int: [Occurrence]] {
        let commits = try commits()
        var result: [Int: [Occurrence]] = [:]
        try database.rows("SELECT \(Self.columns) FROM occurrences ORDER BY sighting, occurrences.id") {
            (row) throws(StoreError) in
            result[row.integer(0), default: []].append(try occurrence(row, commits))
        }
        return result
    }

    /// Where one secret stands that is not gone, what is in HEAD first, each with the number of its sighting.
    func occurrences(ofSecret secret: Int, limit: Int) throws(StoreError) -> [(sighting: Int, Occurrence)] {
        var commits: [Int: Occurrence.Commit] = [:]
        var result: [(Int, Occurrence)] = []
        let places = """
            FROM occurrences JOIN sightings ON sightings.id = sighting WHERE secret = ? AND gone_run IS NULL
            ORDER BY coalesce(in_head, 1) DESC, sighting, occurrences.id LIMIT ?
            """
        for column in ["introduced", "removed"] {
            try database.rows(
                """
                SELECT id, object, author_name, author_email, author_time, summary FROM commits
                WHERE id IN (SELECT \(column) \(places))
                """, .integer(secret), .integer(limit)
            ) { if let commit = commit($0) { commits[$0.integer(0)] = commit } }
        }
        try database.rows("SELECT \(Self.columns) \(places)", .integer(secret), .integer(limit)) {
            (row) throws(StoreError) in
            result.append((row.integer(0), try occurrence(row, commits)))
        }
        return result
    }

    private static let columns = """
        sighting, path, origin, object, other_objects, start_line, start_column, end_line, end_column, decoded,
        confidence, line_hash, snippet, decoders, reachability, in_head, introduced, removed, refs, branches, tags,
        ref_count, branch_count, tag_count, other_paths
        """

    private func occurrence(_ row: Statement, _ commits: [Int: Occurrence.Commit]) throws(StoreError) -> Occurrence {
        guard let origin = Origin(kind: row.text(2), object: row.optionalText(3)) else {
            throw lost("what a place is in")
        }
        var place = Occurrence(
            path: row.text(1), origin: origin,
            region: Occurrence.Region(
                startLine: row.integer(5), startColumn: row.integer(6), endLine: row.integer(7),
                endColumn: row.integer(8)),
            confidence: Confidence(rawValue: row.text(10)) ?? .medium, lineHash: row.text(11),
            snippet: row.text(12), decoders: row.list(13),
            decodedRegion: row.optionalText(9).flatMap { Occurrence.Region(columns: $0) },
            history: history(row, commits))
        place.otherObjects = row.list(4).compactMap { ObjectID(hex: $0) }
        return place
    }

    private func history(_ row: Statement, _ commits: [Int: Occurrence.Commit]) -> Occurrence.History? {
        let reachability = row.optionalText(14).flatMap {
            Occurrence.History.Reachability(kind: $0, references: row.list(18))
        }
        guard let reachability else { return nil }
        return Occurrence.History(
            introduced: row.optionalInteger(16).flatMap { commits[$0] },
            removed: row.optionalInteger(17).flatMap { commits[$0] }, isInHead: row.flag(15),
            reachability: reachability, otherPaths: row.list(24), branches: row.list(19), tags: row.list(20),
            counts: Occurrence.History.Counts(
                references: row.integer(21), branches: row.integer(22), tags: row.integer(23)))
    }

    private func commits() throws(StoreError) -> [Int: Occurrence.Commit] {
        var result: [Int: Occurrence.Commit] = [:]
        try database.rows("SELECT id, object, author_name, author_email, author_time, summary FROM commits") { row in
            if let commit = commit(row) { result[row.integer(0)] = commit }
        }
        return result
    }

    private func commit(_ row: Statement) -> Occurrence.Commit? {
        guard let id = ObjectID(hex: row.text(1)) else { return nil }
        return Occurrence.Commit(
            id: id, authorName: row.text(2), authorEmail: row.text(3), authorTime: row.integer(4), summary: row.text(5))
    }
}
