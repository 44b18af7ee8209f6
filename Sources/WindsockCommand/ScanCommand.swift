import ArgumentParser
import BuiltinRules
import Findings
import FoundationEssentials
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner
import Store

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        // With this name the parser does not look for a request of completions, which takes a millisecond; see
        // `Windsock.parseDirectly`.
        commandName: "scan", _superCommandName: "windsock",
        abstract: "Scan files, the index, or the history.",
        discussion: """
            Exit code: 0 clean and everything was read; 1 findings; 2 wrong usage, nothing was scanned; \
            3 incomplete: something could not be read and nothing was found in the rest; \
            4 a key was confirmed live (--verify).
            """)

    @Argument(help: "Files and folders; - for standard input. Default: the working directory.", completion: .file())
    var paths: [String] = []

    @OptionGroup(title: "What to scan") var selection: SelectionOptions
    @OptionGroup(title: "Images and packages") var published: PublishedOptions
    @OptionGroup(title: "History") var history: HistoryOptions
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions
    @OptionGroup(title: "Exit code") var exitOptions: ExitOptions
    @OptionGroup(title: "Verification") var verification: VerifyFindingsOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Store") var storing: StoreOption
    @OptionGroup(title: "Secrets that you have") var knownOption: KnownOption

    /// The hook that scans; `nil` for a scan that a person or another program asked for.
    var hook: HookKind? = nil
    /// The file that git has the message in which the hook reads.
    var messageFile: String? = nil

    enum CodingKeys: String, CodingKey {
        case paths, selection, published, history, ruleOptions, thresholds, exitOptions, verification, output, storing
        case knownOption
    }

    func validate() throws {
        try selection.validate(with: paths)
        try validateKnown()
        try published.validate(selection, paths)
        try validateFollowing()
        try history.validate(
            readsHistory: selection.history, readsObjects: selection.readsObjects,
            readsFiles: selection.readsFiles(paths))
        if thresholds.reportUnusedAllows, selection.readsCommits {
            throw ValidationError(
                "--report-unused-allows goes with files, --staged or --uncommitted: of a history only a part is read as text."
            )
        }
        if thresholds.reportUnusedAllows, !ruleOptions.only.isEmpty {
            throw ValidationError(
                "--report-unused-allows goes without --only: what is for other rules would look unused.")
        }
        try exitOptions.validate(
            verifies: verification.isOn, readsHistory: selection.history, thresholds.minSeverity,
            thresholds.minConfidence)
    }

    func run() throws {
        do {
            var command = self
            HookTrial.current?.apply(to: &command)
            if knownOption.known != nil { command.readEverything() }
            try command.scan()
        } catch let failure as CommandFailure where failure.code == .incomplete {
            reportNothing(failure)
            throw failure
        }
    }

    /// Writes the reports that were asked for where nothing could be scanned: whoever reads them finds the cause there, and no
    /// step of a job stumbles over a file that is missing.
    private func reportNothing(_ failure: CommandFailure) {
        guard output.givenFormat != nil || output.output != nil || !output.report.isEmpty else { return }
        var summary = ScanSummary(mode: published.mode ?? selection.mode(paths), target: selection.range ?? repository)
        summary.problems = [Problem(subject: summary.target, message: EchoedArguments.masked(failure.description))]
        summary.startTime = Date().timeIntervalSince1970
        _ = report(ScanResult(findings: [], rules: [], summary: summary))
    }

    private func scan() throws {
        if selection.follow { return try follow() }
        let started = Date()
        let timings = Timings()
        try checkPaths()
        try checkDestinations()
        let file = try knownOption.file()
        let given = try file.map { (file) throws(CommandFailure) in (file: file, secrets: try file.secrets()) }
        let subject = try told { () throws(SourceError) -> ScanRequest.Subject in try self.subject() }
        let (configuration, engine) = try timings.measure(.rules) {
            () throws(CommandFailure) -> (ScanConfiguration, ScanEngine) in
            let found = try self.configuration(subject)
            return (found, try found.engine(lookingFor: given?.secrets))
        }
        var (command, thresholds, output) = (self, thresholds, output)
        configuration.fill(&thresholds, &output)
        (command.thresholds, command.output) = (thresholds, output)
        try command.exitOptions.check(command.thresholds)
        let (settings, notes) = try command.settings(configuration, namedThresholds: self.thresholds)
        // With it lives the index that it was read from, which a scan of what is staged reads, too.
        try withExtendedLifetime(configuration) {
            try command.scan(
                subject, engine, settings, given, notes: configuration.notes() + notes, configuration.unstaged(),
                timings,
                started)
        }
    }

    private func scan(
        _ subject: ScanRequest.Subject, _ engine: ScanEngine, _ settings: ScanSettings,
        _ given: (file: GivenFile, secrets: GivenSecrets)?, notes: [String],
        _ unstaged: [(file: String, note: String)], _ timings: Timings, _ started: Date
    ) throws {
        let verifier = try FindingVerifier(verification, rules: engine.rules)
        let store = try storing.store.map { (path) throws(CommandFailure) in try StoreFile.open(path, for: .writing) }
        installInterruptHandlers()
        let progress = Progress()
        let line = output.showsProgress ? ProgressLine(progress, noun: selection.history ? "objects" : "files") : nil
        let scan = Scan(
            request(subject, settings), engine: engine, progress: progress, interruption: interruption, timings: timings
        )
        var result: ScanResult
        do throws(SourceError) {
            result = try scan.run()
        } catch {
            line?.finish()
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        line?.finish()
        if let given { finish(&result, given.file, given.secrets) }
        let failure = timings.measure(.hygiene) { scan.addHabits(to: &result, now: started.timeIntervalSince1970) }
        if let failure { StandardError.write("windsock: hygiene was not looked at: \(failure)\n") }
        if exitOptions.failOn.contains(where: \.isNew) { timings.measure(.judging) { scan.noteNews(in: &result) } }
        if let verifier { timings.measure(.verification) { verify(&result, verifier) } }
        let notes = notes + self.notes(of: unstaged, in: result)
        result.summary.setting.notes += notes
        explainNews(in: &result, engine, settings)
        result.summary.startTime = started.timeIntervalSince1970
        result.summary.duration = Date().timeIntervalSince(started)
        result.repository = scan.sourceRepository()
        if output.formats.contains(where: \.putsChangesFirst) {
            timings.measure(.judging) { scan.noteChangedLines(in: &result) }
        }
        let status = timings.measure(.reports) { report(result, of: subject, store, given?.secrets) }
        if selection.readsFiles(paths), paths.isEmpty, !published.isUsed, !output.quiet, hook == nil,
            let hint = UnreadInput.hint
        {
            StandardError.write("windsock: \(hint)\n")
        }
        // Where a hook says nothing, this has to be said all the same.
        if hook != nil, result.findings.isEmpty, result.summary.isComplete, output.format == .text {
            for note in notes { StandardError.write("windsock: \(note.visible)\n") }
        }
        if output.timings {
            let seconds = Date().timeIntervalSince(started)
            StandardError.write(TimingsListing.text(timings, summary: result.summary, seconds: seconds))
        }
        throw ExitCode(status.rawValue)
    }

    /// What there is to say of files that are not staged: to somebody who asks all of it, at each commit only what matters to it.
    private func notes(of unstaged: [(file: String, note: String)], in result: ScanResult) -> [String] {
        unstaged.filter { file, _ in
            hook == nil || !result.findings.isEmpty || result.summary.suppression.byFile[file] != nil
                || result.summary.setting.excludedBy[file] != nil
        }.map(\.note)
    }

    /// What cannot be scanned at all, as the command says it.
    private func told<Value>(_ body: () throws(SourceError) -> Value) throws(CommandFailure) -> Value {
        do throws(SourceError) {
            return try body()
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
    }

    /// Notes which rules it was, and which of the findings are new because they are others than those of the baseline.
    private func explainNews(in result: inout ScanResult, _ engine: ScanEngine, _ settings: ScanSettings) {
        let isToldOfRules =
            storing.store != nil
            || ([output.format] + output.report.map(\.format)).contains {
                [.json, .jsonl, .sarif].contains($0)
            }
        let baseline = settings.selection.baseline
        guard isToldOfRules || baseline?.rules != nil && !result.findings.isEmpty else { return }
        let digest = engine.rulesDigest
        if isToldOfRules { result.summary.setting.rulesDigest = digest }
        guard let then = baseline?.rules, then != digest else { return }
        let old = Set(
            result.findings.standing(sinceLastChangeOf: BaselineFile.name, in: repository).map(\.fingerprint))
        for index in result.findings.indices where old.contains(result.findings[index].fingerprint) {
            result.findings[index].remarks.append(
                "stood there when the baseline was made, with other rules: it is new because the rules are")
        }
    }

    /// `--only a b` is what it looks like in other programs; here each value has an option of its own.
    private func checkPaths() throws(CommandFailure) {
        for path in paths where !ruleOptions.only.isEmpty && !TextFile.exists(path) && RuleSet.builtin.rule(path) != nil
        {
            throw CommandFailure(
                "there is no file \(path); a rule of that name wants an option of its own: --only \(path)")
        }
    }

    /// What cannot be written is better known before an hour of scanning than behind it.
    private func checkDestinations() throws(CommandFailure) {
        for path in output.report.map(\.path) + [output.output, history.listScanned].compactMap({ $0 }) {
            try OutputFile.check(path)
        }
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

    /// Writes what was found.
    ///
    /// - Returns: What the exit code is to say.
    private func report(
        _ scanned: ScanResult, of subject: ScanRequest.Subject? = nil, _ store: Store? = nil,
        _ given: GivenSecrets? = nil
    ) -> ExitStatus {
        var result = scanned
        var failure: CommandFailure?
        do throws(CommandFailure) {
            if let store, let subject { try record(result, of: subject, in: store) }
            if let store, let given { try addStored(to: &result, given, store) }
        } catch {
            failure = error
        }
        var status = ExitStatus(
            of: result, countsHygiene: selection.hygiene == true || thresholds.reportUnusedAllows, exitOptions)
        do throws(CommandFailure) {
            if let failure { throw failure }
            if let path = history.listScanned, let objects = result.objects {
                try ScannedObjectList.write(objects, path: path)
            }
            let stops = hook?.step ?? (selection.staged ? .commit : nil)
            try ReportWriter(
                output, stops: stops, isHook: hook != nil,
                stopped: hook == nil || result.findings.isEmpty && result.summary.isComplete
                    ? StoppedCommand() : StoppedCommit.command(messageFile: messageFile, isPush: hook == .prePush)
            ).write(result)
        } catch {
            error.tell()
            if status == .clean { status = error.code }
        }
        return status
    }
}
