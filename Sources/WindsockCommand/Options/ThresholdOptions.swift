import ArgumentParser
import FoundationEssentials
import Pipeline
import Reports
import Rules
import ScanSources

/// What is reported and what is not.
struct ThresholdOptions: ParsableArguments {
    @Option(help: "Least severity that is reported: low (the default), medium, high, critical.")
    var minSeverity: Severity?

    @Option(help: "Least confidence that is reported: low, medium (the default), high.")
    var minConfidence: Confidence?

    @Option(
        help: ArgumentHelp(
            "Leave these paths out, as git's ignore files write them, for example vendor/ or '*.min.js'; may be given several times.",
            valueName: "glob"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp(
            "Do not report the secrets in this file; may be given several times.",
            discussion: "A .windsock-baseline at the top of the repository counts by itself (--no-baseline).",
            valueName: "file"),
        completion: .file())
    var baseline: [String] = []

    @Flag(
        help:
            "Leave .windsock-baseline at the top of what is scanned alone, and the baselines of configurations. Those of --baseline count."
    )
    var noBaseline = false

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
            discussion: "Default: 256M.", valueName: "size"))
    var maxFileSize: ByteCount?

    @OptionGroup var containers: ArchiveOptions

    @Option(name: .shortAndLong, help: "How many files are scanned at once. Default: one a processor.")
    var jobs: Int?

    func validate() throws {
        if reportUnusedAllows, noInlineIgnores {
            throw ValidationError("--report-unused-allows goes without --no-inline-ignores, by which all are unused.")
        }
        for glob in exclude {
            if let objection = PathGlob.objection(to: glob) {
                throw ValidationError("--exclude \"\(glob.visible)\" \(objection).")
            }
        }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, not \(jobs).") }
    }

    /// What the options say; the baseline is a file, which is read by whoever scans.
    var settings: ScanSettings {
        var settings = ScanSettings()
        settings.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        settings.selection.minimumSeverity = minSeverity ?? settings.selection.minimumSeverity
        settings.selection.minimumConfidence = minConfidence ?? settings.selection.minimumConfidence
        settings.honorsInlineDirectives = !noInlineIgnores
        settings.reviewsComments = reportUnusedAllows
        settings.maximumFileSize = maxFileSize?.bytes ?? settings.maximumFileSize
        settings.archives = containers.depth()
        return settings
    }
}
