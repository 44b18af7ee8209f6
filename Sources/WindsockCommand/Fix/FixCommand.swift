import ArgumentParser
import Remediation

/// `windsock fix`
struct FixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract:
            "Replace secrets in files by look-ups, and say what to rewrite in the history. Changes nothing unless --write is given.",
        discussion: """
            Shows what would change, without a secret in it. What cannot be replaced is named, with the reason. Exit code: 0 \
            nothing is left; 1 something is, or would be changed by --write; 2 wrong usage; 3 something could not be read or written.
            """)

    @Argument(
        help: "Files and folders; with --history the repository. Default: the working directory.", completion: .file())
    var paths: [String] = []

    @Flag(help: "Make the changes.")
    var write = false

    @Flag(help: "Put back what the last --write has changed, where nothing else has changed it since.")
    var undo = false

    @Flag(
        help:
            "Keys of tests, which are none: put them together at run time, so that no scanner stumbles over them. Name the files."
    )
    var fixture = false

    @Flag(
        help: "Make the file that git filter-repo rewrites the history with, and say what else keeps a copy.")
    var history = false

    @Option(
        help: ArgumentHelp(
            "With --history and --write: where that file goes, which holds the secrets; - for standard output.",
            discussion: "Default: a file that only you can read, outside of the repository.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write a list in Markdown of what to do about each secret, to be ticked.", valueName: "file"),
        completion: .file())
    var checklist: String?

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

    func validate() throws {
        if write, undo { throw ValidationError("--write and --undo are opposites.") }
        if undo, fixture || history || checklist != nil || !paths.isEmpty {
            throw ValidationError("--undo goes alone: it puts back what the last --write has changed.")
        }
        if fixture, history { throw ValidationError("--fixture is about files, --history about commits.") }
        if fixture, paths.isEmpty { throw ValidationError("--fixture wants the files of tests by name.") }
        if history, paths.count > 1 { throw ValidationError("Name one repository, not \(paths.count) paths.") }
        if output != nil, !history || !write { throw ValidationError("--output goes with --history --write.") }
        if thresholds.reportUnusedAllows { throw ValidationError("--report-unused-allows goes with scan.") }
    }

    func run() throws {
        if undo { return try FixRecord.undo() }
        if let checklist { try OutputFile.check(checklist) }
        if history {
            return try FixHistory(repository: paths.first ?? ".", ruleOptions, thresholds).run(
                writes: write, output: output, checklist: checklist)
        }
        var run = try FixRun(paths, ruleOptions, thresholds, purpose: fixture ? .fixtures : .lookups)
        if write { try run.write() }
        let status = run.tell(isWritten: write)
        if let checklist {
            try OutputFile.write(Array(FixChecklist.text(run, isWritten: write).utf8), path: checklist)
        }
        if status != .clean { throw ExitCode(status.rawValue) }
    }
}
