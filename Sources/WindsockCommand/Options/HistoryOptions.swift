import ArgumentParser
import FoundationEssentials
import History

/// What of a history is scanned, and how.
struct HistoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only what was committed since then: 2024-03-01, 2024-03-01T12:00Z, 7d, \"2 weeks ago\".", valueName: "date"
        ))
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Only what this branch, tag or commit holds; may be given several times.", valueName: "ref"))
    var branch: [String] = []

    @Flag(help: "Compare the content of every object with its id. Takes longer.")
    var verifyObjects = false

    @Flag(help: "Read everything again, and remember nothing of it.")
    var noCache = false

    @Flag(help: "Scan the repositories of submodules, too; with --history or files.")
    var recurseSubmodules = false

    @Option(
        help: ArgumentHelp(
            "Write the id and kind of every git object that was looked at to a file, sorted.", valueName: "file"),
        completion: .file())
    var listScanned: String?

    /// - Parameters:
    ///   - readsHistory: Whether `--history` is given.
    ///   - readsObjects: Whether what is scanned comes from git's objects.
    ///   - readsFiles: Whether it is folders and files.
    func validate(readsHistory: Bool, readsObjects: Bool, readsFiles: Bool) throws {
        if recurseSubmodules, !readsHistory, !readsFiles {
            throw ValidationError("--recurse-submodules goes with --history, or with files.")
        }
        if !readsObjects, listScanned != nil {
            throw ValidationError("--list-scanned goes with --history, --range, --ci or --staged.")
        }
        if !readsHistory, let branch = branch.first {
            throw ValidationError(
                "--branch goes with --history: `windsock scan --history --branch \(branch)`. What it adds to another is a range:"
                    + " --range OTHER..\(branch).")
        }
        if !readsHistory, let since {
            throw ValidationError("--since goes with --history: `windsock scan --history --since \"\(since)\"`.")
        }
        if !readsObjects, verifyObjects {
            throw ValidationError("--verify-objects goes with --history, --range, --ci or --staged.")
        }
        if let since {
            guard let date = SelectionDate(since, now: Self.now) else {
                throw ValidationError(
                    "\(since) is no date: write 2024-03-01, 2024-03-01T12:00, 2024-03-01T12:00+02:00, 7d, \"2 weeks ago\""
                        + " or @ and the seconds since 1970. Without a zone it is UTC.")
            }
            if date.seconds > Self.now {
                throw ValidationError("\(since) is in the future: nothing was committed since.")
            }
        }
    }

    var selection: HistorySelection {
        HistorySelection(branches: branch, since: since.flatMap { SelectionDate($0, now: Self.now) })
    }

    private static var now: Int { Int(Date().timeIntervalSince1970) }
}
