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
        let (subject, repository) = (ScanRequest.Subject.files(paths), paths.first ?? ".")
        do throws(SourceError) {
            root = try WorkingTreeSource(paths: paths).pathsBegin()
            top = try ScanSetup(subject, repository: repository).root
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        let run = try Self.run(subject, repository: repository, rules, thresholds)
        result = run.result
        text = TextScan(engine: run.engine, settings: run.settings)
        exclusions = run.settings.exclusions
    }

    /// What a scan of a subject finds, with the rules and the settings that it was made with.
    static func run(
        _ subject: ScanRequest.Subject, repository: String, _ rules: RuleOptions, _ thresholds: ThresholdOptions
    ) throws(CommandFailure) -> (result: ScanResult, engine: ScanEngine, settings: ScanSettings) {
        var configuration = try ScanConfiguration(rules, subject, repository: repository)
        configuration.exclude(thresholds.exclude, option: "--exclude")
        let engine = try configuration.engine()
        let settings = try configuration.settings(thresholds, rules).settings
        let scan = Scan(
            ScanRequest(subject, repository: repository, settings: settings), engine: engine, interruption: interruption
        )
        do throws(SourceError) {
            return (try scan.run(), engine, settings)
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
    }

    /// The files with findings, in order; containers, too.
    var files: [String] {
        Set(result.findings.flatMap(\.occurrences).filter { $0.origin == .file }.map(\.file)).sorted()
    }

    func path(of name: String) -> String { root == "/" ? "/" + name : root + "/" + name }
}
