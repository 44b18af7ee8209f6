import ArgumentParser
import FoundationEssentials
import Pipeline
import Rules

/// What is reported and what is not.
struct ThresholdOptions: ParsableArguments {
    @Option(help: "Least severity that is reported: low, medium, high, critical.")
    var minSeverity: Severity = .low

    @Option(help: "Least confidence that is reported: low, medium, high.")
    var minConfidence: Confidence = .medium

    @Option(
        help: ArgumentHelp(
            "Do not report the secrets in this file; may be given several times.", valueName: "file"),
        completion: .file())
    var baseline: [String] = []

    @Flag(help: "Report what windsock:allow and its like would suppress.")
    var noInlineIgnores = false

    @Flag(
        help: ArgumentHelp(
            "Report comments that let nothing pass, are misspelt, or no longer in force.",
            discussion:
                "With files, --staged, --uncommitted, --patch and standard input. Counts as findings of hygiene that were asked for."
        ))
    var reportUnusedAllows = false

    @Option(
        help: ArgumentHelp(
            "Largest file or blob that is read: bytes, or with k, M, G. A larger text makes the scan incomplete.",
            valueName: "size"))
    var maxFileSize = ByteCount(bytes: 256 << 20)

    @Option(name: .shortAndLong, help: "How many files are scanned at once. Default: one a processor.")
    var jobs: Int?

    func validate() throws {
        if reportUnusedAllows, noInlineIgnores {
            throw ValidationError("--report-unused-allows goes without --no-inline-ignores, by which all are unused.")
        }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, not \(jobs).") }
    }

    /// What the options say; the baseline is a file, which is read by whoever scans.
    var settings: ScanSettings {
        var settings = ScanSettings()
        settings.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        settings.selection.minimumSeverity = minSeverity
        settings.selection.minimumConfidence = minConfidence
        settings.honorsInlineDirectives = !noInlineIgnores
        settings.reviewsComments = reportUnusedAllows
        settings.maximumFileSize = maxFileSize.bytes
        return settings
    }
}
