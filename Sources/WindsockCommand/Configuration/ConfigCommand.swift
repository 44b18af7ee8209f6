import ArgumentParser
import Findings
import Pipeline
import Reports
import Rules
import ScanSources

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show what configurations say.", subcommands: [Show.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show each value that a scan would have, and the file, variable or option that says so.")

        @Argument(help: "What would be scanned.", completion: .file())
        var paths: [String] = []

        @Flag(help: "As for a scan of what is staged: the index counts.")
        var staged = false

        @Option(help: ArgumentHelp("As for a scan of a range: its base counts.", valueName: "a..b"))
        var range: String?

        @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
        @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

        func run() throws {
            let paths = paths.isEmpty ? ["."] : paths
            let subject: ScanRequest.Subject =
                if let range { .range(range) } else if staged { .staged } else { .files(paths) }
            var configuration = try ScanConfiguration(ruleOptions, subject, repository: paths[0])
            configuration.exclude(thresholds.exclude, option: "--exclude")
            let rules = try configuration.engine().rules
            let known = try KnownSecrets(
                thresholds, configuration, usesRepository: !ruleOptions.noRepositoryConfig,
                key: Environment.fingerprintKey())
            print(ConfigurationListing(configuration, thresholds, known, rules).text, terminator: "")
            for note in configuration.notes() { StandardError.write("windsock: \(note)\n") }
        }
    }
}
