import ArgumentParser
import Findings
import Reports
import Rules

/// What of a store is told, and where that goes.
struct StoredOutputOptions: ParsableArguments {
    @Option(help: "Format of the report on standard output or in --output. Default: a list of a line a secret.")
    var format: ReportFormat?

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write another report, for example sarif=out.sarif; may be given several times.", valueName: "format=file"),
        completion: .reportDestinations, transform: ReportDestination.init(argument:))
    var report: [ReportDestination] = []

    @Option(help: "Least severity that is told: low (the default), medium, high, critical.")
    var minSeverity: Severity?

    @Option(help: "Least confidence that is told: low, medium (the default), high.")
    var minConfidence: Confidence?

    @Flag(name: .shortAndLong, help: "Print nothing but findings and errors.")
    var quiet = false

    @Flag(help: "Show no progress line.")
    var noProgress = false

    @Option(help: "Colour: auto, always, never.")
    var color: ColorMode = .auto

    var showsProgress: Bool { !quiet && !noProgress && StandardError.isTerminal && !TerminalColors.isDumb }

    /// What is told of what there is.
    var selection: StoredSelection {
        StoredSelection(minimumSeverity: minSeverity ?? .low, minimumConfidence: minConfidence ?? .medium)
    }

    /// What cannot be written is better known before.
    func check() throws(CommandFailure) {
        for path in report.map(\.path) + [output].compactMap({ $0 }) { try OutputFile.check(path) }
    }

    /// Writes all reports.
    ///
    /// - Parameter listing: Makes the list that is written where no format is named; is told whether it is coloured.
    func write(_ result: ScanResult, listing: (Bool) -> [UInt8]) throws(CommandFailure) {
        for destination in report {
            try OutputFile.write(bytes(of: result, as: destination.format, isColored: false), path: destination.path)
        }
        let isTerminal = output == nil && StandardOutput.isTerminal
        let isColored = TerminalColors.areUsed(color, isTerminal: isTerminal) && (output == nil || color == .always)
        if quiet, result.findings.isEmpty, result.summary.isComplete, format == nil, output == nil { return }
        let main = format.map { bytes(of: result, as: $0, isColored: isColored) } ?? listing(isColored)
        try OutputFile.write(main, path: output ?? "-")
    }

    private func bytes(of result: ScanResult, as format: ReportFormat, isColored: Bool) -> [UInt8] {
        var options = ReportOptions(
            toolVersion: Windsock.version, color: isColored,
            terminalWidth: StandardOutput.isTerminal ? StandardOutput.width : 100,
            informationURI: Windsock.informationURI, headCommit: result.repository.commit, showsTimelines: true)
        options.isVerbose = true
        return Report.write(result, as: format, options: options)
    }
}
