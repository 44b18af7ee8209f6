import ArgumentParser
import Findings
import Pipeline

/// What a scan reads.
struct SelectionOptions: ParsableArguments {
    @Flag(help: "Scan what the index would commit.")
    var staged = false

    @Flag(help: "Scan everything that could be committed now: staged, changed, and untracked files.")
    var uncommitted = false

    @Flag(help: "Scan every object git remembers, and its messages.")
    var history = false

    @Option(help: ArgumentHelp("Scan what the commits of a range add, for example main..HEAD.", valueName: "a..b"))
    var range: String?

    @Flag(
        help: ArgumentHelp(
            "Scan the commits that this CI job is about: a pull request's, or what was pushed.",
            discussion: "Understands GitHub Actions, GitLab CI, Bitbucket Pipelines, Azure Pipelines and Jenkins."))
    var ci = false

    @Flag(
        help: ArgumentHelp(
            "Scan what a push would send: the range in PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF, or the lines that git gives"
                + " a pre-push hook."))
    var prePush = false

    @Flag(
        help:
            "Scan what a unified diff on standard input adds, for example that of git diff: by the files and lines that it makes."
    )
    var patch = false

    @Option(help: ArgumentHelp("What standard input is called in the report.", valueName: "name"))
    var stdinName = "standard input"

    @Flag(
        help: ArgumentHelp(
            "Scan standard input for as long as it lasts, and tell what is found as it comes.",
            discussion: "windsock scan - --follow; as text, --format short or jsonl."))
    var follow = false

    @Flag(help: "Scan ignored files, too.")
    var noGitignore = false

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Look for habits that leak secrets, too: tracked .env files, secrets in code for browsers, old ones.",
            discussion:
                "Default: only with --history. What is found is shown apart, and is exit code 1 only with --hygiene."))
    var hygiene: Bool?

    func validate(with paths: [String]) throws {
        let modes = [staged, uncommitted, history, range != nil, ci, prePush, patch].count { $0 }
        if modes > 1 {
            throw ValidationError(
                "Only one of --staged, --uncommitted, --history, --range, --ci, --pre-push and --patch can be given.")
        }
        if patch, !paths.isEmpty {
            throw ValidationError(
                "--patch reads standard input, and goes with no path: git diff | windsock scan --patch")
        }
        if modes == 1, paths.count > 1 { throw ValidationError("Name one repository, not \(paths.count) paths.") }
        if hygiene == true, modes > 0 && !history || paths.contains("-") {
            throw ValidationError("--hygiene goes with files and folders, or with --history.")
        }
        if paths.contains("-"), paths.count > 1 || modes > 0 {
            throw ValidationError("- (standard input) goes with no other path and no mode.")
        }
    }

    /// Whether what is scanned comes from git's objects.
    var readsObjects: Bool { staged || history || range != nil || ci || prePush }

    /// Whether what is scanned comes from commits.
    var readsCommits: Bool { history || range != nil || ci || prePush }

    /// Whether what is scanned are files and folders.
    func readsFiles(_ paths: [String]) -> Bool { !readsObjects && !uncommitted && !patch && paths != ["-"] }

    /// What is scanned, for a report that says why nothing was.
    func mode(_ paths: [String]) -> ScanMode {
        if staged { return .staged }
        if uncommitted { return .uncommitted }
        if history { return .history }
        if patch { return .patch }
        if range != nil || ci || prePush { return .range }
        return paths == ["-"] ? .standardInput : .tree
    }

    /// Whether habits that leak secrets are looked for.
    var habits: ScanRequest.Habits {
        switch hygiene {
        case true?: .asked
        case false?: .ignored
        case nil: history ? .alongside : .ignored
        }
    }
}
