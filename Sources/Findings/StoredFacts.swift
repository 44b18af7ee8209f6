/// What a store knows of a finding besides what a scan says.
package struct StoredFacts: Sendable, Hashable {
    /// Names of the repositories that it stands in, sorted.
    package var repositories: [String]
    /// What was decided: `open`, `rotated`.
    package var state: String
    /// When a scan has seen it first; seconds since 1970.
    package var firstSeen: Int

    package init(repositories: [String], state: String, firstSeen: Int) {
        self.repositories = repositories
        self.state = state
        self.firstSeen = firstSeen
    }
}
