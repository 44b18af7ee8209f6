import Findings
import Pipeline
import ScanSources
import Scanner

/// Finds what there is to fix, as `scan` finds it.
struct FixScan {
    /// What paths are relative to; absolute.
    let root: String
    /// The top of the repository, or the folder that is scanned; absolute.
    let top: String
    let result: ScanResult
    let text: TextScan
    let exclusions: [PathExclusion]

    /// - Parameter paths: Files and folders; the working directory where there are none.
    init(_ paths: [String], _ rules: RuleOptions, _ thresholds: ThresholdOptions) throws(CommandFailure) {
        let paths = paths.isEmpty ? ["."] : paths
        let subject = ScanRequest.Subject.files(paths)
        let repository = paths.first ?? "."
        var configuration = try ScanConfiguration(rules, subject, repository: repository)
        configuration.exclude(thresholds.exclude, option: "--exclude")
        let engine = try configuration.engine()
        let settings = try FixScan.settings(configuration, rules, thresholds)
        do throws(SourceError) {
            root = try WorkingTreeSource(paths: paths).pathsBegin()
            top = try ScanSetup(subject, repository: repository).root
            result = try Scan(
                ScanRequest(subject, repository: repository, settings: settings), engine: engine,
                interruption: interruption
            ).run()
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        text = TextScan(engine: engine, settings: settings, key: settings.fingerprintKey)
        exclusions = configuration.exclusions
    }

    /// What is read and what is reported, as options and files have it.
    static func settings(
        _ configuration: ScanConfiguration, _ rules: RuleOptions, _ thresholds: ThresholdOptions
    ) throws(CommandFailure) -> ScanSettings {
        var filled = thresholds
        filled.minSeverity = thresholds.minSeverity ?? configuration.minSeverity?.value
        filled.minConfidence = thresholds.minConfidence ?? configuration.minConfidence?.value
        filled.maxFileSize = thresholds.maxFileSize ?? configuration.maxFileSize?.value
        var settings = filled.settings
        settings.fingerprintKey = try Environment.fingerprintKey()
        settings.exclusions = configuration.exclusions
        settings.selection.baseline =
            try KnownSecrets(
                thresholds, configuration, usesRepository: !rules.noRepositoryConfig, key: settings.fingerprintKey
            ).known
        return settings
    }

    /// The files with findings, in order.
    var files: [String] {
        Set(result.findings.flatMap(\.occurrences).filter { $0.origin == .file }.map(\.path)).sorted()
    }

    func path(of name: String) -> String { root == "/" ? "/" + name : root + "/" + name }
}
