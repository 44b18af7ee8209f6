import ArgumentParser
import Findings
import Git
import Pipeline
import ScanSources
import Scanner

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

    @Option(help: ArgumentHelp("What standard input is called in the report.", valueName: "name"))
    var stdinName = "standard input"

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
        let modes = [staged, uncommitted, history, range != nil, ci, prePush].count { $0 }
        if modes > 1 {
            throw ValidationError(
                "Only one of --staged, --uncommitted, --history, --range, --ci and --pre-push can be given.")
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

    /// Whether what is scanned are files and folders.
    func readsFiles(_ paths: [String]) -> Bool { !readsObjects && !uncommitted && paths != ["-"] }

    private func repository(_ paths: [String]) -> String { paths.first ?? "." }

    /// Adds what is looked for besides secrets.
    func inspectHygiene(_ result: inout ScanResult, _ settings: ScanSettings, paths: [String], now: Double) {
        guard hygiene ?? history else { return }
        let source = WorkingTreeSource(paths: paths.isEmpty ? ["."] : paths, useGitignore: true)
        do throws(SourceError) {
            try HygieneCheck(rules: result.rules, settings: settings, now: now).check(&result, source)
        } catch {
            StandardError.write("windsock: hygiene was not looked at: \(error)\n")
        }
    }

    func run(
        _ pipeline: ScanPipeline, paths: [String], _ options: HistoryOptions
    ) throws(SourceError) -> ScanResult {
        let repository = repository(paths)
        if options.verifyObjects { try HistorySource.verifyHashes() }
        if staged {
            return try pipeline.run(IndexSource(repositoryPath: repository), mode: .staged, target: repository)
        }
        if uncommitted {
            return try pipeline.run(
                UncommittedSource(repositoryPath: repository), mode: .uncommitted, target: repository)
        }
        if history {
            let result = try runHistory(pipeline, repository, options)
            return try options.recurseSubmodules
                ? withSubmodules(of: repository, result) { submodule throws(SourceError) in
                    .scanned(try runHistory(pipeline, submodule.gitDirectory, options))
                } : result
        }
        if prePush {
            return try PrePush(repository: repository).run(pipeline)
        }
        if ci {
            let job = try CIJob.detect()
            return try run(pipeline, RangeSource(repositoryPath: repository, job: job), paths, target: job.description)
        }
        if let range {
            return try run(pipeline, RangeSource(repositoryPath: repository, range: range), paths, target: range)
        }
        if paths == ["-"] {
            return try pipeline.run(StandardInputSource(name: stdinName), mode: .standardInput, target: stdinName)
                .failingIfNothingWasRead()
        }
        let result = try runFiles(pipeline, paths.isEmpty ? ["."] : paths)
        guard options.recurseSubmodules else { return result }
        return try withSubmodules(of: repository, result) { submodule throws(SourceError) in
            // What HEAD no longer has has no files either.
            guard let checkout = submodule.checkout else { return submodule.isCurrent ? .missing : .notMeant }
            return .scanned(try runFiles(pipeline, [checkout]))
        }
    }

    private func runFiles(_ pipeline: ScanPipeline, _ paths: [String]) throws(SourceError) -> ScanResult {
        let source = WorkingTreeSource(paths: paths, useGitignore: !noGitignore)
        return try pipeline.run(source, mode: .tree, target: Self.target(paths)).failingIfNothingWasRead()
    }

    private func runHistory(
        _ pipeline: ScanPipeline, _ repository: String, _ options: HistoryOptions
    ) throws(SourceError) -> ScanResult {
        // Objects that are known are not read, and what is not read cannot be compared with its id.
        let isCached = !options.noCache && !options.verifyObjects
        let source = HistorySource(
            repositoryPath: repository, selection: options.selection,
            cacheKey: isCached ? pipeline.cacheKey(program: ProgramIdentity.description) : nil,
            needsReading: { pipeline.itemsToRead($0) },
            verifiesObjects: options.verifyObjects)
        let result = try pipeline.run(source, mode: .history, target: repository)
        // Often nothing was committed since yesterday.
        return options.since == nil ? result.failingIfNothingWasRead() : result
    }

    /// What came of a submodule.
    private enum SubmoduleOutcome {
        case scanned(ScanResult)
        case missing
        case notMeant
    }

    /// Adds what a scan finds in each submodule.
    private func withSubmodules(
        of repository: String, _ result: ScanResult,
        scan: (Submodules.Entry) throws(SourceError) -> SubmoduleOutcome
    ) throws(SourceError) -> ScanResult {
        let submodules = try Submodules(of: repository)
        var combined = result
        var missing = submodules.missing
        var problems = submodules.problems.map {
            Problem(subject: $0.subject, message: $0.message, advice: $0.advice)
        }
        for submodule in submodules.found {
            do throws(SourceError) {
                switch try scan(submodule) {
                case .scanned(let found): combined = combined.combined(with: found.prefixed(with: submodule.path))
                case .missing: missing.append(submodule.path)
                case .notMeant: break
                }
            } catch {
                problems.append(Problem(subject: submodule.path, message: error.description))
            }
        }
        combined.summary.omitted[.submodule] = nil
        combined.summary.problems += problems
        combined.summary.problems += missing.map {
            Problem(
                subject: $0, message: "the submodule is not here, and was not scanned",
                advice: "git submodule update --init --recursive")
        }
        return combined
    }

    private func run(
        _ pipeline: ScanPipeline, _ source: RangeSource, _ paths: [String], target: String
    ) throws(SourceError) -> ScanResult {
        try pipeline.run(source, mode: .range, target: target)
    }

    /// pre-commit names thousands of files; nobody reads that line to its end.
    private static func target(_ paths: [String]) -> String {
        let shown = paths.isEmpty ? "." : paths.prefix(targetCount).joined(separator: " ")
        return paths.count > targetCount ? "\(shown) and \(paths.count - targetCount) more" : shown
    }

    private static let targetCount = 3

    /// The id of HEAD's commit, for reports that demand one.
    func headCommit(paths: [String]) -> String? {
        guard paths != ["-"] else { return nil }
        do {
            return try Repository.open(at: repository(paths)).head.commit?.description
        } catch {
            // Not a repository, or nothing committed yet: the scan has said what there is to say about it.
            return nil
        }
    }
}

extension ScanResult {
    /// "Clean" must not be said of nothing: an empty folder or input is more often a mistake in a script.
    fileprivate func failingIfNothingWasRead() -> ScanResult {
        let isEmptyInput = summary.mode == .standardInput && summary.bytesScanned == 0
        guard isEmptyInput || summary.filesScanned + summary.blobsScanned + summary.commitCount == 0,
            summary.omitted.isEmpty, summary.problems.isEmpty, !summary.wasInterrupted
        else { return self }
        let advice =
            switch summary.mode {
            case .history: "name a repository that has commits"
            case .standardInput: "check that the command before the pipe has written something"
            case .tree, .staged, .uncommitted, .range:
                "name a folder or a repository that has files; --no-gitignore reads ignored ones"
            }
        var result = self
        result.summary.problems.append(
            Problem(
                subject: summary.target, message: "there was nothing to read", advice: advice))
        return result
    }
}
