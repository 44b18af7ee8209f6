import ArgumentParser
import LanguageModel

/// `windsock advise`
struct AdviseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract:
            "Have a language model say what to do about each finding, or what it probably is. No secret is sent, and no finding changed.",
        discussion: """
            Sent are facts of the finding and the lines around it, in which everything that may be a secret is masked; --dry-run shows \
            it, byte for byte, without a key or any other set-up. Nothing is written to files: a patch is shown.

            Exit code: 0, whatever a model says or does not say; 2 wrong usage; 3 something could not be read.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    @Argument(
        help: "A JSON report of windsock, or a file or folder to scan. Default: the working directory.",
        completion: .file())
    var subject = "."

    @Option(
        help: ArgumentHelp(
            "The model, as `windsock llm models` lists it. Default: what `windsock llm use` has chosen, or mistral-small-latest.",
            valueName: "model"))
    var model: String?

    @Flag(help: "Ask for an opinion of each finding: a secret, a test value, or none; why, and how urgent it is.")
    var triage = false

    @Flag(help: "Print the body of each request, one a line, and send nothing.")
    var dryRun = false

    @Option(help: "text, json or markdown.")
    var format: Format = .text

    @Option(help: ArgumentHelp("Most tokens in all, those of questions included.", valueName: "number"))
    var maxTokens = 200_000

    @Option(
        help: ArgumentHelp("Where the files are that a report speaks of.", valueName: "folder"),
        completion: .directory)
    var repository = "."

    @Option(
        help: ArgumentHelp(
            "Note in this store what the model says of each secret, beside what was decided about it; it decides nothing.",
            valueName: "file"), completion: .file())
    var store: String?

    @OptionGroup(title: "Model") var options: ModelOptions
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

    func validate() throws {
        guard maxTokens > 0 else { throw ValidationError("--max-tokens must be above 0.") }
        if thresholds.reportUnusedAllows { throw ValidationError("--report-unused-allows goes with scan.") }
        if dryRun, store != nil {
            throw ValidationError("--dry-run asks nobody, so that there is nothing for --store.")
        }
        if dryRun, format != .text { throw ValidationError("--dry-run prints what is sent, and takes no --format.") }
    }

    func run() throws {
        let setup = try ModelSetup(options, model: model)
        // What is missing for asking is said before anything is scanned.
        let asked = dryRun ? nil : try setup.client()
        let source = try AdviseSource(subject, repository: repository, ruleOptions, thresholds, hiding: setup.keyValues)
        let notes = try store.map { (path) throws(CommandFailure) in try StoreFile.open(path, for: .writing) }
        let run = AdviseRun(
            source: source, store: notes, setup: setup, purpose: triage ? .triage : .advice,
            model: setup.model ?? ModelSetup.standardModel)
        if let asked {
            try run.ask(asked.client, key: asked.key, format: format, budget: TokenBudget(maxTokens))
        } else {
            try run.printRequests()
        }
        source.tellProblems()
        // Who ends it has not had everything.
        if interruption.isRequested { throw ExitCode(ExitStatus.incomplete.rawValue) }
        if source.status != .clean { throw ExitCode(source.status.rawValue) }
    }
}
