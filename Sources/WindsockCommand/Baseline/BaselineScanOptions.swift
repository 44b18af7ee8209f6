import ArgumentParser
import Findings
import FoundationEssentials
import History
import Pipeline
import Rules
import ScanSources
import Scanner

/// What the subcommands that scan share: a scan without the baseline.
struct BaselineScanOptions: ParsableArguments {
    @Argument(help: "The repository or folder.", completion: .directory)
    var path = "."

    @Flag(help: "Look at the whole history, not only at the files.")
    var history = false

    @Flag(
        inversion: .prefixedNo,
        help: "Take in habits that leak secrets, too. Default: only with --history.")
    var hygiene: Bool?

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup var thresholds: BaselineThresholds

    var looksForHabits: Bool { hygiene ?? history }

    /// What a scan has found, and with which rules.
    struct Found {
        var findings: [Finding]
        var habits: [Finding]
        var rulesDigest: String

        var all: [Finding] { findings + habits }
    }

    /// - Throws: `CommandFailure` too when something could not be read: a baseline made from half a scan misleads.
    func result() throws(CommandFailure) -> Found {
        let subject: ScanRequest.Subject = history ? .history(HistorySelection()) : .files([path])
        let configuration = try ScanConfiguration(ruleOptions, subject, repository: path)
        let engine = try configuration.engine()
        var settings = ScanSettings()
        settings.fingerprintKey = try Environment.fingerprintKey()
        settings.selection.minimumConfidence = thresholds.minConfidence ?? configuration.minConfidence?.value ?? .medium
        settings.selection.minimumSeverity = thresholds.minSeverity ?? configuration.minSeverity?.value ?? .low
        settings.maximumFileSize = configuration.maxFileSize?.value.bytes ?? settings.maximumFileSize
        settings.archives = .standard
        settings.exclusions = configuration.exclusions
        settings.jobs = ProcessInfo.processInfo.activeProcessorCount
        var request = ScanRequest(subject, repository: path, settings: settings)
        request.habits = looksForHabits ? .asked : .ignored
        let scan = Scan(request, engine: engine, interruption: interruption)
        var result: ScanResult
        do throws(SourceError) {
            result = try scan.run()
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        // In a library there is nothing else that could fail: what is asked for is a problem of the result.
        _ = scan.addHabits(to: &result, now: Date().timeIntervalSince1970)
        for problem in result.summary.problems {
            StandardError.write("windsock: \(problem.subject): \(problem.message)\n")
        }
        guard result.summary.isComplete else {
            throw CommandFailure("the scan is incomplete, so that no baseline was written", code: .incomplete)
        }
        return Found(
            findings: result.findings, habits: result.hygiene ?? [], rulesDigest: engine.rulesDigest)
    }

    func findings() throws -> [Finding] { try result().findings }
}

/// Thresholds of the scans that the baseline is for.
struct BaselineThresholds: ParsableArguments {
    @Option(help: "Least severity: low (the default), medium, high, critical.")
    var minSeverity: Severity?

    @Option(help: "Least confidence: low, medium (the default), high.")
    var minConfidence: Confidence?
}
