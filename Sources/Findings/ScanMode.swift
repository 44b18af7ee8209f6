/// What a scan was asked to look at. The raw value is its name in reports and stores.
package enum ScanMode: String, Sendable, Hashable, CaseIterable {
    /// Files and folders as they are on the disk.
    case tree
    /// What the index would commit.
    case staged
    /// Everything that could be committed now: staged, changed, and untracked files.
    case uncommitted
    /// Every object of a repository, and its messages.
    case history
    /// What the commits of a range add.
    case range
    /// What was piped into the program.
    case standardInput = "stdin"
    /// What a patch adds that was piped into the program.
    case patch
    /// An image of a container: its configuration, and all its layers.
    case image
    /// Exactly what a package would have in it that is about to be published.
    case package
    /// The histories of many repositories, as a store has them.
    case audit
}
