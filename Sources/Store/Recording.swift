package import Findings

/// What one scan has come to, as it goes into a store.
package struct Recording: Sendable {
    /// A repository, as reports call it.
    package struct Repository: Sendable, Hashable {
        /// What it is recognised by: its page, or where it lies; `https://github.com/acme/shop`, `/srv/git/shop.git`.
        package var key: String
        /// A short name for people: `acme/shop`.
        package var name: String

        package init(key: String, name: String) {
            self.key = key
            self.name = name
        }
    }

    package var repository: Repository
    /// What was read: a folder, a repository, a range. What another scan of the same mode and place does not find any more
    /// is gone.
    package var location: String
    /// Whether all of what it names was looked at, with all rules, so that what is not found is gone.
    package var isWhole: Bool
    /// What tells the state of what was scanned from others; `nil`: nobody wanted to know.
    package var state: String?
    /// The version of windsock, `1.2.3`.
    package var toolVersion: String
    /// Findings, with what comments and the baseline let pass; redacted.
    package var result: ScanResult

    package init(
        _ result: ScanResult, of repository: Repository, location: String, isWhole: Bool, state: String? = nil,
        toolVersion: String
    ) {
        self.result = result
        self.repository = repository
        self.location = location
        self.isWhole = isWhole
        self.state = state
        self.toolVersion = toolVersion
    }
}

/// What a run has changed in a store.
package struct RecordedChanges: Sendable, Hashable {
    /// Secrets that the store did not know.
    package var new = 0
    /// Secrets that were there in an earlier run of the same, and are not any more.
    package var gone = 0
    /// Secrets that were settled and are open again.
    package var reopened = 0

    package init() {}
}
