import ArgumentParser

/// How an audit reads repositories.
struct AuditScanOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: "How many threads scan, and how many repositories at once. Default: one a processor."
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "Largest blob that is read: bytes, or with k, M, G. A larger text makes the audit incomplete.",
            discussion: "Default: 256M.", valueName: "size"))
    var maxFileSize: ByteCount?

    @OptionGroup var containers: ArchiveOptions

    @Flag(help: "Scan repositories again that are as they were at the last audit.")
    var readAgain = false

    @Flag(help: "Do not look for the wikis of repositories that are fetched.")
    var noWikis = false

    @Option(
        help: ArgumentHelp(
            "Where what is fetched is kept for the next audit.",
            discussion: "Default: windsock/mirrors in $XDG_CACHE_HOME.",
            valueName: "folder"), completion: .directory)
    var mirrors: String?

    @Option(help: ArgumentHelp("How much of it is kept; what was not used for longest goes first.", valueName: "size"))
    var maxMirrorSize = ByteCount(bytes: 20 << 30)

    @Option(help: ArgumentHelp("How long fetching one repository may take: 90s, 5m, 1h.", valueName: "time"))
    var fetchTimeout = TimeSpan(seconds: 3600)

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, not \(jobs).") }
    }
}
