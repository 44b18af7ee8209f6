import ArgumentParser
import Findings
import History
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner

struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Accept the secrets that are known, so that only new ones are reported.",
        subcommands: [Create.self, Prune.self])
}

/// What creating and pruning share: a scan without the baseline.
struct BaselineScanOptions: ParsableArguments {
    @Argument(help: "The repository or folder.", completion: .directory)
    var path = "."

    @Flag(help: "Look at the whole history, not only at the files.")
    var history = false

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup var thresholds: BaselineThresholds

    /// - Throws: `CommandFailure` too when something could not be read: a baseline made from half a scan misleads.
    func findings() throws -> [Finding] {
        let engine = try RuleLoader(ruleOptions).load()
        var settings = ScanSettings()
        settings.fingerprintKey = try Environment.fingerprintKey()
        settings.selection.minimumConfidence = thresholds.minConfidence
        settings.selection.minimumSeverity = thresholds.minSeverity
        let pipeline = ScanPipeline(engine: engine, settings: settings, interruption: interruption)
        let result: ScanResult
        do throws(SourceError) {
            let collection =
                try history
                ? pipeline.collect(HistorySource(repositoryPath: path), mode: .history, target: path)
                : pipeline.collect(WorkingTreeSource(paths: [path]), mode: .tree, target: path)
            result = pipeline.result(of: collection)
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        for problem in result.summary.problems {
            StandardError.write("windsock: \(problem.subject): \(problem.message)\n")
        }
        guard result.summary.isComplete else {
            throw CommandFailure("the scan is incomplete, so that no baseline was written", code: .incomplete)
        }
        return result.findings
    }
}

/// Thresholds of the scans that the baseline is for.
struct BaselineThresholds: ParsableArguments {
    @Option(help: "Least severity: low, medium, high, critical.")
    var minSeverity: Severity = .low

    @Option(help: "Least confidence: low, medium, high.")
    var minConfidence: Confidence = .medium
}

extension BaselineCommand {
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Write every secret that is found now to a baseline.",
            discussion: "Entries that are already in the file stay, with their reasons.")

        @OptionGroup var scan: BaselineScanOptions

        @Option(name: .shortAndLong, help: "The baseline's file.", completion: .file())
        var output = ".windsock-baseline"

        @Option(help: "Why these secrets are accepted, for all new entries.")
        var reason = ""

        func run() throws {
            try OutputFile.check(output)
            let key = try Environment.fingerprintKey()
            var baseline = try BaselineFile.read(output, mustExist: false, key: key)
            let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
            var added = 0
            for finding in try scan.findings() where baseline.accept(finding, reason: line) { added += 1 }
            try BaselineFile.write(&baseline, output, key: key)
            print("\(output): \(Quantity.count(baseline.entries.count, "secret")), \(added) new")
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune",
            abstract: "Take secrets out of a baseline that are no longer found.")

        @OptionGroup var scan: BaselineScanOptions

        @Option(name: .shortAndLong, help: "The baseline's file.", completion: .file())
        var output = ".windsock-baseline"

        func run() throws {
            try OutputFile.check(output)
            let key = try Environment.fingerprintKey()
            var baseline = try BaselineFile.read(output, mustExist: true, key: key)
            let removed = baseline.prune(keeping: try scan.findings())
            try BaselineFile.write(&baseline, output, key: key)
            print("\(output): \(Quantity.count(baseline.entries.count, "secret")), \(removed) taken out")
        }
    }
}

enum BaselineFile {
    /// - Parameter key: The team's key for fingerprints.
    /// - Throws: `CommandFailure`, too, for one whose entries were made with another key.
    static func read(_ path: String, mustExist: Bool, key: FingerprintKey?) throws(CommandFailure) -> Baseline {
        if !mustExist, !TextFile.exists(path) { return Baseline() }
        let baseline = try read(path)
        do throws(BaselineKeyMismatch) {
            try baseline.check(key)
        } catch {
            throw CommandFailure("the baseline \(path) cannot be used: \(error)")
        }
        return baseline
    }

    private static func read(_ path: String) throws(CommandFailure) -> Baseline {
        do throws(RuleFileError) {
            let text: String
            do throws(CommandFailure) {
                text = try TextFile.read(path, purpose: "the baseline")
            } catch {
                throw RuleFileError(file: path, reason: error.description)
            }
            return try Baseline(text: text, file: path)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// Writes a baseline, and says what it would tell whoever reads it.
    static func write(_ baseline: inout Baseline, _ path: String, key: FingerprintKey?) throws(CommandFailure) {
        baseline.use(key)
        try OutputFile.write(Array(baseline.text.utf8), path: path)
        let count = baseline.guessableCount
        guard count > 0 else { return }
        StandardError.write(
            "windsock: \(count) of the secrets in \(path) \(count == 1 ? "is" : "are") so weak that whoever reads the file can find "
                + "\(count == 1 ? "it" : "them") by trying (v2:); change them, or set \(FingerprintKey.variable) to a key that only your team has\n"
        )
    }
}
