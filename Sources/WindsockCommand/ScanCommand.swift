import ArgumentParser
import Findings
import FoundationEssentials
import Git
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Scan files, the index, or the history.",
        discussion: """
            Exit code: 0 clean and everything was read; 1 findings; 2 wrong usage, nothing was scanned; \
            3 incomplete: something could not be read and nothing was found in the rest; \
            4 a key was confirmed live (--verify).
            """)

    @Argument(help: "Files and folders; - for standard input. Default: the working directory.", completion: .file())
    var paths: [String] = []

    @OptionGroup(title: "What to scan") var selection: SelectionOptions
    @OptionGroup(title: "History") var history: HistoryOptions
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions
    @OptionGroup(title: "Verification") var verification: VerifyFindingsOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try selection.validate(with: paths)
        try history.validate(
            readsHistory: selection.history, readsObjects: selection.readsObjects,
            readsFiles: selection.readsFiles(paths))
    }

    func run() throws {
        let started = Date()
        let engine = try ruleOptions.load()
        var settings = try thresholds.settings()
        settings.computesLineHashes = output.needsLineHashes
        settings.explains = output.explain
        settings.listsObjects = history.listScanned != nil
        let verifier = try verification.prepare(engine.rules)
        installInterruptHandlers()
        let progress = Progress()
        let line = output.showsProgress ? ProgressLine(progress, noun: selection.history ? "objects" : "files") : nil
        let pipeline = ScanPipeline(engine: engine, settings: settings, progress: progress, interruption: interruption)
        var result: ScanResult
        do throws(SourceError) {
            result = try selection.run(pipeline, paths: paths, history)
        } catch {
            line?.finish()
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        line?.finish()
        selection.inspectHygiene(&result, settings, paths: paths, now: started.timeIntervalSince1970)
        if let verifier { verify(&result, verifier) }
        result.summary.startTime = started.timeIntervalSince1970
        result.summary.duration = Date().timeIntervalSince(started)
        var status = verification.status(of: result)
        if status == .clean, selection.hygiene == true, result.hygiene?.isEmpty == false { status = .findings }
        do throws(CommandFailure) {
            try history.list(result.objects)
            try output.write(result, headCommit: selection.headCommit(paths: paths))
        } catch {
            StandardError.write("windsock: \(error)\n")
            if status == .clean { status = error.code }
        }
        throw ExitCode(status.rawValue)
    }

    private func verify(_ result: inout ScanResult, _ verifier: FindingVerifier) {
        guard verifier.isDryRun else { return verifier.verify(&result.findings) }
        let text = verifier.dryRun(result.findings)
        // Other formats are for programs, which would stumble over it.
        if output.format == .text, output.output == nil {
            _ = OutputFile.write(Array(text.utf8), to: 1)
        } else {
            StandardError.write(text)
        }
    }

    static func status(of result: ScanResult) -> ExitStatus {
        if !result.findings.isEmpty { return .findings }
        return result.summary.isComplete ? .clean : .incomplete
    }
}
