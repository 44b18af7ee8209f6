import Findings
import FoundationEssentials
import Pipeline
import Platform
import ScanSources

/// Commits that a shell's script makes, before it is run: what would be committed is looked at, as a hook of git does it.
struct AgentCommit {
    private let calls: [ShellCall]
    private let rules: RuleOptions
    private let thresholds: ThresholdOptions
    /// By the top of the repository and the variables that git is given.
    private var forecasts: [String: IndexForecast] = [:]
    /// The top, by the folder in which git is asked and its variables; `nil`: there is none.
    private var tops: [String: String?] = [:]
    /// Folders in which the script makes repositories.
    private var new: Set<String> = []
    /// An empty repository that stands for those.
    private var standIn: String?
    /// What could not be looked at, in words.
    private(set) var gap: String?

    /// - Parameters:
    ///   - script: As the shell gets it.
    ///   - folder: Where it is run.
    init(_ script: String, in folder: String, _ rules: RuleOptions, _ thresholds: ThresholdOptions) {
        calls = ShellWalk.calls(script, in: folder)
        if script.utf8.count > ShellScript.maximumSize { gap = "the script is longer than 1 MiB" }
        (self.rules, self.thresholds) = (rules, thresholds)
    }

    /// What is found in the first commit that holds something, by the rules and baselines that hold for a commit.
    ///
    /// - Returns: Nothing, too, where there is no repository: then there is no commit either.
    mutating func findings() throws -> [Finding] {
        defer { removeStandIn() }
        var count = 0
        for call in calls {
            if !call.isAfterSuccess { for key in forecasts.keys { forecasts[key]?.doubt() } }
            guard let git = GitCall(call), git.isOfInterest else { continue }
            count += 1
            if count > Self.maximumCount {
                gap = "the script calls git more than \(Self.maximumCount) times"
                break
            }
            for git in git.resolved() {
                let findings = try findings(git)
                if !findings.isEmpty { return findings }
            }
        }
        return []
    }

    private mutating func findings(_ call: GitCall) throws -> [Finding] {
        guard call.records else { return [] }
        if call.name == "init" { return takeNew(call) }
        for folder in [call.place.folder] + call.place.others {
            guard let key = key(folder, call.variables) else { continue }
            forecasts[key]?.folder = folder
            forecasts[key]?.take(call)
            guard let forecast = forecasts[key] else { continue }
            guard let record = forecast.record(call) else { continue }
            if !call.place.isKnown { gap = "where git is to commit only the shell will know" }
            let findings = try findings(record, forecast)
            if !findings.isEmpty { return findings }
        }
        return []
    }

    /// What names the index that git has in a folder; `nil`: there is none.
    private mutating func key(_ folder: String, _ variables: [String: String]) -> String? {
        let words = variables.map { "\($0)=\($1)" }.sorted()
        let place = ([folder] + words).joined(separator: "\n")
        if tops[place] == nil {
            let forecast = forecast(folder, variables)
            let key = forecast.map { ([$0.top] + words).joined(separator: "\n") }
            tops[place] = .some(key)
            if let key, let forecast, forecasts[key] == nil { forecasts[key] = forecast }
        }
        return tops[place] ?? nil
    }

    /// Git is asked about each, while a client waits.
    private static let maximumCount = 200

    // MARK: Repositories that are to be made

    private mutating func takeNew(_ call: GitCall) -> [Finding] {
        let folder = call.words.last { !$0.hasPrefix("-") }
        let path = folder.map { call.place.path($0, home: Environment.value("HOME")) } ?? call.place.folder
        if let path = Self.resolved(path) { new.insert(path) }
        return []
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private mutating func forecast(_ folder: String, _ variables: [String: String]) -> IndexForecast? {
        if let found = IndexForecast(folder: folder, variables: variables) { return found }
        guard let path = Self.resolved(folder), new.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) else {
            return nil
        }
        guard let repository = standIn ?? makeStandIn() else { return nil }
        standIn = repository
        return IndexForecast(new: folder, repository: "\(repository)/.git")
    }

    private func makeStandIn() -> String? {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/windsock.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return nil }
        let path = String(cString: made)
        do throws(CommandFailure) {
            _ = try GitProgram(folder: path).run("init", "--quiet", "--template=")
        } catch {
            // Where git cannot be run there is no commit either.
        }
        return path
    }

    private func removeStandIn() {
        guard let standIn else { return }
        do throws(CommandFailure) {
            try HookText.remove(standIn)
        } catch {
            StandardError.write("windsock: \(error)\n")
        }
    }

    // MARK: What is committed

    private func findings(_ record: IndexForecast.Record, _ forecast: IndexForecast) throws -> [Finding] {
        var command = try ScanCommand.parse([])
        (command.ruleOptions, command.thresholds, command.paths) = (rules, thresholds, [forecast.top])
        // As in a hook.
        command.thresholds.containers.archives = thresholds.containers.archives ?? 0
        var findings: [Finding] = []
        if record.takesStaged {
            findings = try Self.with(forecast.variables) { try self.findings(command, .staged, forecast) }
                .compactMap { Self.narrowed($0, record, forecast) }
        }
        let files = record.files.sorted().map { "\(forecast.top)/\($0)" }.filter { Self.isFile($0) }
        if !files.isEmpty { findings += try self.findings(command, .files(files), forecast) }
        findings += try names(record, forecast).flatMap { names in try self.findings(command, names, forecast) }
        if let message = record.message {
            let path = ShellCall.Place(folder: forecast.folder).path(message, home: Environment.value("HOME"))
            if Self.isFile(path) { findings += try self.findings(command, .files([path]), forecast) }
        }
        return findings
    }

    /// Names of files that may hold something, as a text.
    private func names(
        _ record: IndexForecast.Record, _ forecast: IndexForecast
    ) -> [ScanRequest.Subject] {
        var names = record.files
        if record.takesStaged {
            names.formUnion(
                forecast.staged.filter { !record.replaced.contains($0) && record.only?.contains($0) ?? true })
        }
        let suspects = names.filter { $0.contains("=") || RandomRuns.masked(path: $0) != $0 }.sorted()
        if suspects.isEmpty { return [] }
        return [.text(Array(suspects.joined(separator: "\n").utf8), name: "names of files")]
    }

    /// Of a link it is committed where it leads, and not what is there.
    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Variables by which git finds a repository hold for the time of a scan.
    private static func with<Result>(_ variables: [String: String], _ body: () throws -> Result) rethrows -> Result {
        let before = variables.keys.map { ($0, Environment.value($0)) }
        for (name, value) in variables { Environment.set(name, value) }
        defer { for (name, value) in before { Environment.set(name, value) } }
        return try body()
    }

    /// Without places that are not committed; `nil` where none is left.
    private static func narrowed(
        _ finding: Finding, _ record: IndexForecast.Record, _ forecast: IndexForecast
    ) -> Finding? {
        func isRecorded(_ path: String) -> Bool {
            !record.replaced.contains(path) && record.only?.contains(path) ?? true
        }
        var finding = finding
        finding.occurrences = finding.occurrences.compactMap { occurrence in
            if isRecorded(occurrence.file) { return occurrence }
            // What stands under several paths was read under the first.
            var other = occurrence
            guard let path = forecast.paths(sharing: occurrence.file).first(where: isRecorded) else { return nil }
            other.rename(path, members: occurrence.members)
            return other
        }
        return finding.occurrences.isEmpty ? nil : finding
    }

    private func findings(
        _ command: ScanCommand, _ subject: ScanRequest.Subject, _ forecast: IndexForecast
    ) throws(CommandFailure) -> [Finding] {
        var strict = command
        // Whoever has written the key can have written the comment.
        strict.thresholds.noInlineIgnores = true
        do throws(CommandFailure) {
            let all = try strict.result(of: subject).findings
            if all.isEmpty || command.thresholds.noInlineIgnores { return all }
            let standing = Set(try command.result(of: subject).findings.map(\.fingerprint))
            return all.filter { standing.contains($0.fingerprint) || !Self.isCommitted($0, forecast) }
        } catch {
            // Git will say what is wrong with the repository; what is wrong with the configuration is ours to say.
            if error.code == .incomplete { return [] }
            throw error
        }
    }

    /// Whether what a comment lets pass is in the last commit: then somebody has let it pass before.
    private static func isCommitted(_ finding: Finding, _ forecast: IndexForecast) -> Bool {
        finding.occurrences.allSatisfy { occurrence in
            do throws(CommandFailure) {
                let outcome = try GitProgram(folder: forecast.folder, variables: forecast.variables).run(
                    "show", "HEAD:\(occurrence.path)")
                return outcome.status == 0
                    && !TextPlaces.ranges(of: finding.secret.bytes, in: Array(outcome.output.utf8)).isEmpty
            } catch {
                return false
            }
        }
    }
}
