package import Findings

/// What a source will have read, known before the first byte is scanned.
package struct Plan: Sendable {
    /// Each thing to scan, once.
    package var items: [ScanItem]
    /// What is left out on purpose.
    package var omissions: [Omission]
    /// What already failed.
    package var problems: [Problem]
    /// The absolute path of the repository's working directory, or of the bare repository; `nil` outside of one.
    package var root: String?
    /// How many items settings leave out, by whose they are.
    package var excludedBy: [String: Int] = [:]
    /// Whether all that there was to read was named, and left out by settings.
    package var isExcludedByName = false
    /// How many commits the scan covers; 0 outside of histories.
    package var commitCount = 0
    /// Of a range: its commits.
    package var range: CommittedRange?

    package init(
        items: [ScanItem] = [], omissions: [Omission] = [], problems: [Problem] = [], root: String? = nil
    ) {
        self.items = items
        self.omissions = omissions
        self.problems = problems
        self.root = root
    }
}
