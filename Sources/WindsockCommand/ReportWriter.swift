import Findings
import Reports

/// Writes the reports that options ask for.
struct ReportWriter {
    let options: OutputOptions
    /// What the scan keeps from happening.
    let stops: StoppedStep?
    /// Whether a person sees it at each commit: where there is nothing to say, nothing is said.
    let isHook: Bool
    /// The command that it is part of.
    let stopped: StoppedCommand

    init(
        _ options: OutputOptions, stops: StoppedStep? = nil, isHook: Bool = false,
        stopped: StoppedCommand = StoppedCommand()
    ) {
        self.options = options
        self.stops = stops
        self.isHook = isHook
        self.stopped = stopped
    }

    /// Writes all reports; one that cannot be written does not keep the others from it.
    ///
    /// If none could be, the findings are told on standard error, so that a full disk does not lose them.
    func write(_ result: ScanResult) throws(CommandFailure) {
        var failure: CommandFailure?
        var isWritten = false
        for destination in options.report + mainReport(result) {
            do throws(CommandFailure) {
                try OutputFile.write(
                    bytes(of: result, to: destination), path: destination.path,
                    isPrivate: options.showSecrets && destination.format.canShowSecrets)
                isWritten = true
            } catch {
                failure = error
            }
        }
        explainBeside(result)
        if options.formats.contains(.github) { writeStepSummary(result) }
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
            !(options.report.map(\.format) + [options.format]).contains(where: \.holdsExplanations)
        else { return }
        StandardError.write(
            ExplanationListing.text(
                explanations,
                options: ReportOptions(toolVersion: Windsock.version, showSecrets: options.showSecrets)))
    }

    /// In a job of GitHub Actions, adds what annotations have no room for to the summary of the step.
    private func writeStepSummary(_ result: ScanResult) {
        guard let path = Environment.value("GITHUB_STEP_SUMMARY") else { return }
        let report = Report.write(
            result, as: .markdown, options: ReportOptions(toolVersion: Windsock.version))
        do throws(CommandFailure) {
            try OutputFile.append(report, path: path)
        } catch {
            // The findings are in the log; a summary that is missing is no reason to fail.
            error.tell()
        }
    }

    private func bytes(of result: ScanResult, to destination: ReportDestination) -> [UInt8] {
        let isStandardOutput = destination.path == "-"
        let isTerminal = isStandardOutput && StandardOutput.isTerminal
        let isColored =
            (isStandardOutput || options.color == .always)
            && TerminalColors.areUsed(options.color, isTerminal: isTerminal)
        var reportOptions = ReportOptions(
            toolVersion: Windsock.version, showSecrets: options.showSecrets, color: isColored,
            terminalWidth: isTerminal ? StandardOutput.width : 100,
            informationURI: Windsock.informationURI, headCommit: result.repository.commit,
            showsTimelines: options.timeline,
            stops: stops)
        reportOptions.stopped = stopped
        reportOptions.isVerbose = options.verbose
        reportOptions.isQuiet = options.quiet
        return Report.write(result, as: destination.format, options: reportOptions)
    }

    /// The report of `--format`; left out on standard output where other reports were asked for and it says nothing.
    private func mainReport(_ result: ScanResult) -> [ReportDestination] {
        let saysNothing =
            result.findings.isEmpty && result.hygiene?.isEmpty != false && result.summary.isComplete && !options.explain
        if options.quiet || isHook, options.format == .text, options.output == nil, saysNothing { return [] }
        return [ReportDestination(format: options.format, path: options.output ?? "-")]
    }
}
