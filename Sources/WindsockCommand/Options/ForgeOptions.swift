import ArgumentParser
import Findings
import Forges

/// How forges are asked, and which of their repositories an audit reads.
struct ForgeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only repositories of forges whose names fit: * and ? stand for others; may be given several times.",
            valueName: "pattern"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp(
            "None of the repositories of forges whose names fit; may be given several times.", valueName: "pattern"))
    var exclude: [String] = []

    @Flag(help: "Pass over archived repositories of forges.")
    var noArchived = false

    @Flag(help: "Pass over forks.")
    var noForks = false

    @Option(
        help: ArgumentHelp(
            "Only public, internal or private repositories of forges; may be given several times.",
            valueName: "visibility"), completion: .list(ForgeRepository.Visibility.allCases.map(\.rawValue)))
    var visibility: [ForgeRepository.Visibility] = []

    @Option(
        help: ArgumentHelp(
            "Only repositories of forges to which something was pushed since.", valueName: "yyyy-mm-dd"),
        transform: BaselineTermsOptions.day)
    var pushedSince: CalendarDay?

    @Option(
        help: ArgumentHelp(
            "Read texts beside the code, too: issues, pulls, releases, artifacts, logs; may be given several times.",
            valueName: "kind"), completion: .list(ForgeText.Kind.allCases.map(\.rawValue)))
    var texts: [ForgeText.Kind] = []

    @Flag(help: "Read the gists of an organisation's members, too. Those of a user that is named are read without it.")
    var memberGists = false

    @Flag(help: "Fetch by ssh what a forge lists.")
    var cloneBySSH = false

    @Option(
        help: ArgumentHelp(
            "Write a line of JSON about each repository and kind of text to a file: read, unchanged, passed over, refused, failed.",
            valueName: "file"), completion: .file())
    var coverage: String?

    @Option(help: ArgumentHelp("Most requests to forges in all.", valueName: "number"))
    var forgeRequests = 100_000

    @Option(
        help: ArgumentHelp("Most time to wait for the rate limits of forges in all: 90s, 5m, 1h.", valueName: "time"))
    var forgePatience = TimeSpan(seconds: 900)

    @Option(help: ArgumentHelp("Log in to GitHub as this application.", valueName: "id"))
    var githubApp: String?

    @Option(
        help: ArgumentHelp("The application's private key (PEM).", valueName: "file"), completion: .file())
    var githubAppKey: String?

    func validate() throws {
        if (githubApp == nil) != (githubAppKey == nil) {
            throw ValidationError("--github-app and --github-app-key go together.")
        }
        if forgeRequests < 1 { throw ValidationError("--forge-requests must be above 0.") }
    }

    /// What of forges is read.
    var filter: ForgeFilter {
        var filter = ForgeFilter()
        (filter.include, filter.exclude) = (include, exclude)
        (filter.leavesOutArchived, filter.leavesOutForks) = (noArchived, noForks)
        filter.visibilities = visibility.isEmpty ? nil : Set(visibility)
        filter.pushedSince = pushedSince.map { $0.days(since: CalendarDay(daysSince1970: 0)) * 86_400 }
        return filter
    }
}
