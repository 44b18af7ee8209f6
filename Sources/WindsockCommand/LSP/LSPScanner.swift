import Bytes
import Findings
import FoundationEssentials
import Pipeline
import Rules
import ScanSources
import Scanner

/// Looks for secrets in open texts, by the rules and the baseline of the folder that each is in.
///
/// Not `Sendable`: whoever has it asks from one thread.
final class LSPScanner {
    /// The rules of a folder, made ready.
    private struct Setup {
        let root: String
        let scan: TextScan
        let exclusions: [PathExclusion]
    }

    private let rules: RuleOptions
    private let thresholds: ThresholdOptions
    private var setups: [String: Setup] = [:]

    init(_ rules: RuleOptions, _ thresholds: ThresholdOptions) {
        self.rules = rules
        self.thresholds = thresholds
    }

    /// Reads configurations and baselines anew when they are next needed.
    func forgetSettings() { setups = [:] }

    /// What is found in a text.
    ///
    /// - Parameter path: Absolute; `nil` for one that is in no file yet.
    /// - Throws: `CommandFailure` for a configuration that cannot be used.
    func findings(in text: [UInt8], path: String?) throws(CommandFailure) -> [Finding] {
        let setup = try setup(for: path)
        let name = path.map { Self.relative($0, to: setup.root) }
        if let name, setup.exclusions.contains(where: { $0.matches(name) }) { return [] }
        return setup.scan.findings(in: LSPDocument.inLines(text).withoutZeros, path: name)
    }

    /// What a file is called where it is scanned: relative to the top of what it is in.
    func name(of path: String) throws(CommandFailure) -> String { Self.relative(path, to: try setup(for: path).root) }

    /// Accepts a secret in the baseline at the top of what a file is in.
    func accept(_ finding: Finding, path: String?) throws(CommandFailure) -> String {
        let root = try setup(for: path).root
        var open = try OpenBaseline("\(root)/\(BaselineFile.name)", mustExist: false)
        _ = open.baseline.accept(finding, as: Baseline.Terms(reason: "accepted in an editor", notesPaths: true))
        try open.write()
        forgetSettings()
        return open.name
    }

    private func setup(for path: String?) throws(CommandFailure) -> Setup {
        let folder = path.map(Self.parent) ?? "."
        if let known = setups[folder] { return known }
        // A file that is not saved yet may have folders that are not there yet.
        var start = folder
        while start != "/", start != ".", !FileManager.default.fileExists(atPath: start) { start = Self.parent(start) }
        let root: String
        do throws(SourceError) {
            root = try ScanSetup(.files([start]), repository: start).root
        } catch {
            throw CommandFailure("\(error)")
        }
        if let same = setups.values.first(where: { $0.root == root }) {
            setups[folder] = same
            return same
        }
        var configuration = try ScanConfiguration(rules, .files([root]), repository: root)
        configuration.exclude(thresholds.exclude, option: "--exclude")
        let settings = try configuration.settings(thresholds, rules).settings
        let setup = Setup(
            root: root, scan: TextScan(engine: try configuration.engine(), settings: settings),
            exclusions: settings.exclusions)
        setups[folder] = setup
        return setup
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func relative(_ path: String, to root: String) -> String {
        let prefix = root == "/" ? "/" : root + "/"
        if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
        // The root has its links resolved, the editor's path may not.
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return resolved.hasPrefix(prefix) ? String(resolved.dropFirst(prefix.count)) : path
    }
}
