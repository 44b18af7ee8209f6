import ArgumentParser
import Findings
import Reports
import Scanner

/// Where reports go and what they look like.
struct OutputOptions: ParsableArguments {
    @Option(help: "Format of the report on standard output or in --output.")
    var format: ReportFormat = .text

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write another report, for example sarif=out.sarif; may be given several times.", valueName: "format=file"))
    var report: [ReportDestination] = []

    @Flag(
        help:
            "Tell the story of each secret of a history: who brought it, where it was, who removed it, what still has it."
    )
    var timeline = false

    @Flag(help: "Print secrets in full. Think of where the output goes.")
    var showSecrets = false

    @Flag(
        help:
            "Say of each match why it is reported or not: in the text and JSON reports, with other formats on standard error."
    )
    var explain = false

    @Flag(name: .shortAndLong, help: "Print nothing but findings and errors.")
    var quiet = false

    @Flag(help: "Show no progress line.")
    var noProgress = false

    @Option(help: "Colour: auto, always, never.")
    var color: ColorMode = .auto

    var showsProgress: Bool { !quiet && !noProgress && StandardError.isTerminal }

    /// Whether any report needs GitHub's line hashes.
    var needsLineHashes: Bool { format == .sarif || report.contains { $0.format == .sarif } }

    /// Writes all reports; one that cannot be written does not keep the others from it.
    ///
    /// If none could be, the findings are told on standard error, so that a full disk does not lose them.
    func write(_ result: ScanResult, headCommit: String?) throws(CommandFailure) {
        var failure: CommandFailure?
        var isWritten = false
        for destination in report + mainReport(result) {
            do throws(CommandFailure) {
                try OutputFile.write(bytes(result, destination, headCommit), path: destination.path)
                isWritten = true
            } catch {
                failure = error
            }
        }
        explainBeside(result)
        guard let failure else { return }
        if !isWritten, !failure.isClosedPipe, !result.findings.isEmpty {
            let text = Report.write(result, as: .text, options: ReportOptions(toolVersion: Windsock.version))
            StandardError.write(String(decoding: text, as: UTF8.self))
        }
        throw failure
    }

    /// Formats that have no place for explanations leave them to standard error.
    private func explainBeside(_ result: ScanResult) {
        guard let explanations = result.explanations,
            !(report.map(\.format) + [format]).contains(where: \.holdsExplanations)
        else { return }
        let options = ReportOptions(toolVersion: Windsock.version, showSecrets: showSecrets)
        StandardError.write(ExplanationListing.text(explanations, options: options))
    }

    private func bytes(_ result: ScanResult, _ destination: ReportDestination, _ headCommit: String?) -> [UInt8] {
        let isTerminal = destination.path == "-" && StandardOutput.isTerminal
        let options = ReportOptions(
            toolVersion: Windsock.version, showSecrets: showSecrets,
            color: color == .always || color == .auto && isTerminal && !Self.refusesColor,
            terminalWidth: isTerminal ? StandardOutput.width : 100,
            informationURI: Windsock.informationURI, headCommit: headCommit, showsTimelines: timeline)
        return Report.write(result, as: destination.format, options: options)
    }

    /// The report of `--format`; left out on standard output where other reports were asked for and it says nothing.
    private func mainReport(_ result: ScanResult) -> [ReportDestination] {
        if quiet, format == .text, result.findings.isEmpty, result.summary.isComplete, !explain { return [] }
        return [ReportDestination(format: format, path: output ?? "-")]
    }

    /// https://no-color.org: set and not empty.
    private static var refusesColor: Bool { Environment.value("NO_COLOR") != nil }
}
