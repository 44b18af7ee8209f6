import ArgumentParser
import Findings
import FoundationEssentials
import Pipeline
import Platform
import Reports
import Scanner

/// A stream that may never end is scanned while it comes.
extension ScanCommand {
    func validateFollowing() throws {
        guard selection.follow else { return }
        guard paths == ["-"] else {
            throw ValidationError("--follow goes with standard input: tail -F app.log | windsock scan - --follow")
        }
        let isMore =
            output.output != nil || !output.report.isEmpty || output.explain || verification.isOn
            || storing.store != nil
            || thresholds.reportUnusedAllows
        if isMore {
            throw ValidationError(
                "--follow tells findings as they come, on standard output alone: it goes without --output, --report, --store, --explain, --verify and --report-unused-allows."
            )
        }
        if let format = output.givenFormat, ![.text, .short, .jsonl].contains(format) {
            throw ValidationError("--follow goes with --format text, short or jsonl: other reports are one document.")
        }
    }

    func follow() throws {
        let started = Date()
        let name = selection.stdinName
        let configuration = try configuration(.standardInput(name: name))
        let engine = try configuration.engine()
        var (command, thresholds, output) = (self, thresholds, output)
        configuration.fill(&thresholds, &output)
        (command.thresholds, command.output) = (thresholds, output)
        try command.exitOptions.check(command.thresholds)
        let (settings, notes) = try command.settings(configuration, namedThresholds: self.thresholds)
        installInterruptHandlers()
        var report = FollowReport(command.output, startTime: started.timeIntervalSince1970)
        var scan = StreamScan(engine: engine, settings: settings, name: name, interruption: interruption)
        let stream = scan.run(STDIN_FILENO) { report.tell($0) }
        var result = ScanResult(
            findings: stream.findings, rules: [], summary: ScanSummary(mode: .standardInput, target: name))
        result.summary.filesScanned = 1
        result.summary.bytesScanned = stream.byteCount
        result.summary.suppression = stream.suppression
        result.summary.problems = stream.problems
        if stream.byteCount == 0, !stream.wasStopped {
            result.summary.problems.append(
                Problem(
                    subject: name, message: "there was nothing to read",
                    advice: "check that the command before the pipe has written something"))
        }
        result.summary.setting.notes = configuration.notes() + notes
        result.summary.startTime = started.timeIntervalSince1970
        result.summary.duration = Date().timeIntervalSince(started)
        report.finish(result, stream)
        var status = ExitStatus(of: result, countsHygiene: false, command.exitOptions)
        // What nobody has read was not told.
        if report.isBroken, status == .clean { status = .incomplete }
        throw ExitCode(status.rawValue)
    }
}

/// Writes findings as they come, and a summary at the end.
private struct FollowReport {
    private let options: OutputOptions
    private let startTime: Double
    private var lines: JSONLinesWriter
    /// Whether standard output takes nothing any more.
    private(set) var isBroken = false

    init(_ options: OutputOptions, startTime: Double) {
        self.options = options
        self.startTime = startTime
        lines = JSONLinesWriter(options: Self.reportOptions(options), scanTime: startTime)
    }

    private static func reportOptions(_ options: OutputOptions) -> ReportOptions {
        let isTerminal = StandardOutput.isTerminal
        var result = ReportOptions(
            toolVersion: Windsock.version, showSecrets: options.showSecrets,
            color: TerminalColors.areUsed(options.color, isTerminal: isTerminal),
            terminalWidth: isTerminal ? StandardOutput.width : 100, informationURI: Windsock.informationURI)
        // Findings alone: what was covered is said at the end.
        result.isQuiet = true
        return result
    }

    /// - Returns: Whether somebody still reads.
    mutating func tell(_ findings: [Finding]) -> Bool {
        if options.format == .jsonl {
            write(findings.flatMap { lines.line(for: $0) })
        } else {
            var summary = ScanSummary(mode: .standardInput, target: "")
            summary.startTime = startTime
            let result = ScanResult(findings: findings, rules: [], summary: summary)
            write(Report.write(result, as: options.format, options: Self.reportOptions(options)))
            if options.format == .text { write(Array("\n".utf8)) }
        }
        return !isBroken
    }

    mutating func finish(_ result: ScanResult, _ stream: StreamScan.Summary) {
        if options.format == .jsonl { return write(lines.line(for: result.summary)) }
        var text = ""
        for problem in result.summary.problems {
            text += "\(problem.subject): not read: \(problem.message)"
            text += problem.advice.map { " (\($0))\n" } ?? "\n"
        }
        if !options.quiet {
            var ending = stream.wasStopped ? "stopped" : "ended"
            if stream.repeatCount > 0 { ending += "; seen again \(stream.repeatCount) times" }
            text +=
                "Followed \(result.summary.target): \(FollowWording.coverage(result.summary, lines: stream.lineCount)), \(ending)\n"
            text += FollowWording.verdict(result) + "\n"
        }
        guard !text.isEmpty else { return }
        if options.format == .short { return StandardError.write(text) }
        write(Array(text.utf8))
    }

    private mutating func write(_ bytes: [UInt8]) {
        guard !isBroken, !bytes.isEmpty else { return }
        isBroken = OutputFile.write(bytes, to: STDOUT_FILENO) != 0
    }
}
