import ArgumentParser
import Findings
import FoundationEssentials
import Pipeline
import Platform
import Reports
import Rules
import ScanSources

/// Which baseline is meant.
struct BaselineFileOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The baseline's file. Default: .windsock-baseline at the top of the repository.", valueName: "file"),
        completion: .file())
    var output: String?

    /// - Parameter scanned: The repository or folder.
    func path(from scanned: String) throws(CommandFailure) -> String {
        if let output { return output }
        guard TextFile.exists(scanned) else {
            throw CommandFailure(
                "could not look for the baseline of \(scanned): No such file or directory. Check the spelling; relative paths start in the current directory"
            )
        }
        do {
            let root = try ScanSetup(.files([scanned]), repository: scanned).root
            let path = root == "/" ? "/" + BaselineFile.name : "\(root)/\(BaselineFile.name)"
            try Self.check(path, in: root)
            return SetupFile.shown(path)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

extension BaselineFileOptions {
    /// Who may change what is scanned may have made a link of it, to a file that is not theirs to change.
    private static func check(_ path: String, in root: String) throws(CommandFailure) {
        let target = OutputFile.target(path)
        if target == path { return }
        let folder = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "/"
        let resolved = realpath(folder, nil)
        defer { free(resolved) }
        let real = resolved.map { String(cString: $0) } ?? folder
        guard real == root || real.hasPrefix(root == "/" ? "/" : root + "/") else {
            throw CommandFailure(
                "\(SetupFile.shown(path)) is a link that leads out of the repository, and nothing is written there; name the file with --output if that is meant"
            )
        }
    }
}

/// On which terms secrets are accepted.
struct BaselineTermsOptions: ParsableArguments {
    @Option(help: "Why these secrets are accepted, for all new entries.")
    var reason = ""

    @Option(help: "Who answers for them: one word, for example @platform.")
    var owner = ""

    @Option(
        help: ArgumentHelp(
            "The last day on which they are accepted, for example 2026-03-01; then they are reported as new.",
            valueName: "day"), transform: Self.day)
    var until: CalendarDay?

    var terms: Baseline.Terms {
        Baseline.Terms(
            reason: reason.split(whereSeparator: \.isNewline).joined(separator: " "), owner: owner, until: until,
            notesPaths: true)
    }

    static func day(_ text: String) throws -> CalendarDay {
        guard let day = CalendarDay(text) else {
            throw ValidationError("\(text) is no day of the calendar; write it as 2026-03-01")
        }
        return day
    }

    func validate() throws {
        if owner.contains(where: \.isWhitespace) {
            throw ValidationError("--owner is one word: a name, a team, an address.")
        }
        if let until, until < .today { throw ValidationError("--until \(until) is over: nothing would be accepted.") }
    }
}

/// A baseline that is read, changed and written.
struct OpenBaseline {
    /// As the user knows it.
    let name: String
    var baseline: Baseline
    private let key: FingerprintKey?

    /// - Throws: `CommandFailure` where it cannot be read, or could not be written.
    init(_ path: String, mustExist: Bool) throws(CommandFailure) {
        try OutputFile.check(path)
        name = path
        key = try Environment.fingerprintKey()
        baseline = try BaselineFile.read(path, mustExist: mustExist, key: key)
    }

    /// Writes it, and says what it would tell whoever reads it.
    mutating func write() throws(CommandFailure) {
        baseline.use(key)
        try OutputFile.write(Array(baseline.text.utf8), path: name)
        let count = baseline.guessableCount
        guard count > 0 else { return }
        StandardError.write(
            "windsock: \(count) of the secrets in \(name) \(count == 1 ? "is" : "are") so weak that whoever reads the file can find "
                + "\(count == 1 ? "it" : "them") by trying (v2:); change them, or set \(FingerprintKey.variable) to a key that only your team has\n"
        )
    }
}

enum BaselineFile {
    /// What is used by itself at the top of what is scanned.
    static let name = ".windsock-baseline"

    /// - Parameter key: The team's key for fingerprints.
    /// - Throws: `CommandFailure`, too, for one whose entries were made with another key.
    static func read(_ path: String, mustExist: Bool, key: FingerprintKey?) throws(CommandFailure) -> Baseline {
        if !mustExist, !TextFile.exists(path) { return Baseline() }
        return try baseline(try TextFile.read(path, purpose: "the baseline"), file: path, key: key)
    }

    /// - Parameter text: What stands in the file.
    static func baseline(_ text: String, file: String, key: FingerprintKey?) throws(CommandFailure) -> Baseline {
        var baseline: Baseline
        do throws(RuleFileError) {
            baseline = try Baseline(text: text, file: file)
        } catch {
            guard !error.reason.contains("merge conflict"),
                let format = ForeignBaseline.Format(recognizing: text, name: file)
            else {
                throw CommandFailure("\(error)")
            }
            throw CommandFailure(
                "\(file) is \(format.words), no baseline of windsock; `windsock baseline import \(file)` makes one of it"
            )
        }
        do throws(BaselineKeyMismatch) {
            try baseline.check(key)
        } catch {
            throw CommandFailure("the baseline \(file) cannot be used: \(error)")
        }
        baseline.attribute(to: file)
        return baseline
    }
}
