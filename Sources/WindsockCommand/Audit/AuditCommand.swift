import ArgumentParser
import Findings
import FoundationEssentials
import History
import Pipeline
import Reports
import Rules
import Scanner
import Store
import Synchronization
import Verification

/// `windsock audit SOURCE…`
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Scan the histories of many repositories into one store.",
        discussion: """
            A source is a repository, a folder with repositories somewhere below it, a file that lists sources one a line, - for such \
            a list on standard input, or an address (https, ssh, file), which git fetches with what it logs in with elsewhere. \
            github:ORGANISATION, gitlab:GROUP, gitea:HOST/ORGANISATION, bitbucket:WORKSPACE and azure:ORGANISATION/PROJECT are all \
            that these have; a host of one's own stands in front: github:git.example.com/ORGANISATION. \
            What is as it was at the last audit is not read again. Exit code: as that of scan, over what is in these repositories now.
            """)

    @Argument(
        help: ArgumentHelp("Repositories, folders of repositories, lists of them, addresses.", valueName: "source"),
        completion: .file())
    var sources: [String] = []

    @Option(
        help: ArgumentHelp(
            "Forget a repository, by its name or address as reports have it: what was seen there goes out of the store, decisions stay. May be given several times.",
            valueName: "name"))
    var forget: [String] = []

    @Option(
        help: ArgumentHelp(
            "The store. Default: audit.sqlite in $XDG_STATE_HOME/windsock.", valueName: "file"), completion: .file())
    var store: String?

    @OptionGroup(title: "How it is scanned") var scanning: AuditScanOptions
    @OptionGroup(title: "Forges") var forges: ForgeOptions
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Exit code") var exitOptions: ExitOptions
    @OptionGroup(title: "Verification") var verification: VerifyFindingsOptions
    @OptionGroup(title: "Output") var output: StoredOutputOptions

    func validate() throws {
        if !forget.isEmpty, !sources.isEmpty { throw ValidationError("--forget goes without sources.") }
        if sources.isEmpty, forget.isEmpty {
            throw ValidationError("Name a repository, a folder, a list or an address.")
        }
        if verification.options.verifyDryRun {
            throw ValidationError("--verify-dry-run goes with scan: an audit has the keys of one repository at a time.")
        }
        try exitOptions.validate(
            verifies: verification.isOn, readsHistory: true, output.minSeverity, output.minConfidence)
    }

    func run() throws {
        if !forget.isEmpty { return try forgetRepositories() }
        let started = Date()
        try output.check()
        installInterruptHandlers()
        let coverage = try forges.coverage.map { (path) throws(CommandFailure) in try CoverageLog(path) }
        let log = try VerificationSetup(verification.options).openAuditLog()
        let targets = try AuditTargets(
            sources, looksForWikis: !scanning.noWikis,
            forges: try ForgeReader(forges, verification.options, log: log), coverage: coverage
        ).targets
        let (engine, settings) = try configured()
        let audit = RepositoryAudit(engine, settings, isWhole: ruleOptions.only.isEmpty)
        let mirrors = try MirrorFolder(
            scanning.mirrors, maximumSize: scanning.maxMirrorSize.bytes, fetchLimit: scanning.fetchTimeout.seconds)
        if targets.contains(where: \.isFetched) { try mirrors.make() }
        let progress = AuditProgress(targets)
        let run = AuditRun(
            targets, audit, mirrors: mirrors, store: try StoreFile.open(store, for: .writing),
            verification: try verifier(engine.rules, log),
            jobs: settings.jobs, readsAgain: scanning.readAgain || verification.isOn, progress: progress,
            coverage: coverage)
        let line = output.showsProgress ? ProgressLine { progress.line } : nil
        let outcome = run.run()
        line?.finish()
        let status = try tell(outcome, try run.content(), since: started)
        if let problem = coverage?.problem { throw CommandFailure(problem, code: .incomplete) }
        throw ExitCode(status.rawValue)
    }

    private func forgetRepositories() throws(CommandFailure) {
        let path = try StoreFile.path(store)
        // A name that is misspelt makes no store.
        guard TextFile.exists(path) else { throw CommandFailure("there is no store \(path.visible)") }
        let store = try StoreFile.open(path, for: .writing)
        for name in forget {
            let count = try StoreFile.told { () throws(StoreError) in
                let count = try store.forget(repository: name)
                // Where a key is in its address the store has another name for it.
                return count > 0 ? count : try store.forget(repository: KeptName.identity(name))
            }
            guard count > 0 else {
                throw CommandFailure(
                    "the store has no repository \(name.visible); windsock report --group-by repository lists them")
            }
            try OutputFile.write(Array("\(KeptName.shown(name).visible) is forgotten\n".utf8), path: "-")
        }
    }

    /// The rules and settings of all repositories: the user's, and none of the repositories' own.
    private func configured() throws(CommandFailure) -> (ScanEngine, ScanSettings) {
        var options = ruleOptions
        options.noRepositoryConfig = true
        let configuration = try ScanConfiguration(options, .history(HistorySelection()), repository: ".")
        var settings = ScanSettings()
        settings.jobs = scanning.jobs ?? ProcessInfo.processInfo.activeProcessorCount
        settings.maximumFileSize = scanning.maxFileSize?.bytes ?? settings.maximumFileSize
        settings.archives = scanning.containers.depth(usually: .audit)
        settings.fingerprintKey = try Environment.fingerprintKey()
        return (try configuration.engine(), settings)
    }

    private func verifier(_ rules: [Rule], _ log: AuditLog?) throws(CommandFailure) -> AuditVerification? {
        guard verification.isOn else { return nil }
        return AuditVerification(try FindingVerifier(verification.options, rules: rules, log: log))
    }

    /// Writes the reports.
    ///
    /// - Returns: What the exit code is to say.
    private func tell(
        _ outcome: AuditRun.Outcome, _ content: StoreContent, since started: Date
    ) throws(CommandFailure) -> ExitStatus {
        var selection = output.selection
        selection.repositories = outcome.keys
        var result = StoredResult(content, selection).result(of: try StoreFile.path(store))
        result.summary.wasInterrupted = interruption.isRequested
        // The store has what was read when; this is about this run.
        result.summary.takeCounts(of: outcome.read)
        result.summary.duration = Date().timeIntervalSince(started)
        // The list has them.
        let isListed = output.format == nil && output.output == nil
        for failure in outcome.failures where !isListed {
            StandardError.write("windsock: \(failure.subject.visible): \(failure.message)\n")
        }
        if let failure = outcome.storeFailure { throw CommandFailure(failure, code: .incomplete) }
        let counts = AuditListing.Counts(
            scanned: outcome.scannedCount, unchanged: outcome.unchangedCount, failed: outcome.failures.count,
            new: outcome.changes.new, gone: outcome.changes.gone, reopened: outcome.changes.reopened)
        try output.write(result) { AuditListing(result, counts, isColored: $0).bytes() }
        let status = ExitStatus(of: result, countsHygiene: false, exitOptions)
        return status == .clean && !outcome.failures.isEmpty ? .incomplete : status
    }
}
