import ArgumentParser
import Findings
import FoundationEssentials
import Reports

/// What `agent scan` and `agent clean` have in common.
struct AgentMemoryOptions: ParsableArguments {
    @Flag(help: "Look at what clients keep in this repository, too: settings.local.json, .mcp.json and their like.")
    var project = false

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

    /// - Returns: Also whether all of it could be read.
    func leaks() throws -> (leaks: [AgentLeak], count: Int, isComplete: Bool) {
        guard let home = Environment.value("HOME"), home.hasPrefix("/") else {
            throw CommandFailure("HOME is not set: where clients keep what went through them is not known")
        }
        var repository: String?
        if project {
            let outcome = try GitProgram(folder: ".").run("rev-parse", "--show-toplevel")
            repository = outcome.status == 0 ? outcome.output : FileManager.default.currentDirectoryPath
        }
        let files = AgentMemory(home: home, repository: repository).files()
        // What a repository lets pass in its own files is nothing to one's home.
        var rules = ruleOptions
        rules.noRepositoryConfig = true
        let scanner = AgentScanner(rules, thresholds)
        if let notice = scanner.notice { StandardError.write("windsock: \(notice)\n") }
        var leaks: [AgentLeak] = []
        var isComplete = true
        for file in files {
            do throws(CommandFailure) {
                if let leak = try AgentLeak(file, scanner) { leaks.append(leak) }
            } catch {
                error.tell()
                isComplete = false
            }
        }
        return (Self.leaks(leaks, in: files), files.count, isComplete)
    }

    /// Also those of files that hold a secret of another file, and nothing around it by which it would be known.
    private static func leaks(_ leaks: [AgentLeak], in files: [AgentMemory.File]) -> [AgentLeak] {
        let known = Dictionary(
            leaks.flatMap(\.findings).map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
        if known.isEmpty { return [] }
        let found = Dictionary(uniqueKeysWithValues: leaks.map { ($0.file.path, $0) })
        let order = known.values.sorted { $0.fingerprint.description < $1.fingerprint.description }
        var all: [AgentLeak] = []
        for file in files {
            do throws(CommandFailure) {
                if let leak = try AgentLeak(file, holding: order, besides: found[file.path]) { all.append(leak) }
            } catch {
                // It was told of when it was read for the first time.
                continue
            }
        }
        return all
    }

    static func text(_ leak: AgentLeak) -> String {
        var lines = ["\(leak.file.path.visible) (\(leak.file.owner)), since \(leak.since)"]
        for finding in leak.findings {
            let provider = finding.rule.provider
            let places = finding.occurrences.count
            lines.append(
                "  \(finding.rule.id)\(provider.isEmpty ? "" : " of \(provider)"): \(finding.secret.redacted.visible), \(Quantity.count(places, "place")), \(finding.severity.rawValue)"
            )
        }
        return lines.joined(separator: "\n")
    }
}

extension AgentCommand {
    struct Scan: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "scan",
            abstract:
                "Find the secrets that agents and shells have kept: in transcripts, histories, memories and settings.",
            discussion: "Exit code: 0 none; 1 there are some; 3 something could not be read.")
        @OptionGroup var options: AgentMemoryOptions

        func run() throws {
            let (leaks, count, isComplete) = try options.leaks()
            for leak in leaks { print(AgentMemoryOptions.text(leak)) }
            let secrets = Set(leaks.flatMap(\.findings).map(\.fingerprint)).count
            print(
                "\(Quantity.count(secrets, "secret")) in \(leaks.count) of \(Quantity.count(count, "file"))\(secrets == 0 ? "" : ": what went through an agent has left the machine, so change them; `windsock agent clean` masks what is kept")"
            )
            if !leaks.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
            if !isComplete { throw ExitCode(ExitStatus.incomplete.rawValue) }
        }
    }

    struct Clean: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clean",
            abstract:
                "Mask the secrets that agents and shells have kept, where they stand. Says what it would do, unless --write is given.",
            discussion: """
                Transcripts, histories and memories are masked; of settings, whose keys may be in use, it is only said what is in \
                them. Bytes are replaced by as many: a client that is running goes on. Rows of databases are replaced by SQLite in one \
                transaction, and the file is written anew, so that nothing of them is left in it. Exit code: 0 nothing is left; 1 something \
                is; 3 something could not be read or written.
                """)
        @OptionGroup var options: AgentMemoryOptions

        @Flag(help: "Mask them.")
        var write = false

        @Flag(help: "Put back what the last run has masked.")
        var undo = false

        func validate() throws {
            if write, undo { throw ValidationError("--write and --undo are opposites.") }
        }

        func run() throws {
            let cleaning = try AgentCleaning()
            if undo { return try undo(cleaning) }
            let (leaks, _, isComplete) = try options.leaks()
            var files: [AgentCleaning.Masked] = []
            var texts: [String: String] = [:]
            var left = 0
            var failures: [CommandFailure] = []
            for leak in leaks {
                if leak.file.kind == .setting {
                    left += 1
                    print(
                        "\(AgentMemoryOptions.text(leak))\n  a setting: put the value into the environment, and change it by hand"
                    )
                } else if leak.hasOtherNames {
                    left += 1
                    print("\(AgentMemoryOptions.text(leak))\n  left: \(AgentCleaning.otherNames)")
                } else if let file = masked(leak, &failures) {
                    files.append(file)
                    texts[leak.file.path] = AgentMemoryOptions.text(leak)
                } else {
                    left += 1
                    let reason = leak.isDatabase ? AgentDatabase.reasonToLeave : "its form would not survive it"
                    print("\(AgentMemoryOptions.text(leak))\n  left: \(reason)")
                }
            }
            let outcome = write && !files.isEmpty ? try cleaning.mask(files) : AgentCleaning.Outcome()
            for file in files {
                let what = !write ? "would be masked" : outcome.paths.contains(file.path) ? "masked" : "not masked"
                print("\(texts[file.path] ?? file.path)\n  \(what) in \(file.places)")
            }
            if let record = outcome.record {
                print(
                    "`windsock agent clean --undo` puts it back; what it needs for that, secrets included, is in \(record): remove it when all is well"
                )
            } else if !write, !files.isEmpty {
                print("nothing was changed; --write does it")
            }
            failures += outcome.failures
            for failure in failures { failure.tell() }
            if !failures.isEmpty { throw ExitCode(ExitStatus.incomplete.rawValue) }
            if left > 0 || !write && !files.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
            if !isComplete { throw ExitCode(ExitStatus.incomplete.rawValue) }
        }

        /// What is to be masked of a file; `nil`: it is left as it is.
        private func masked(_ leak: AgentLeak, _ failures: inout [CommandFailure]) -> AgentCleaning.Masked? {
            guard leak.isDatabase else {
                return leak.changes().map { AgentCleaning.Masked(path: leak.file.path, changes: $0) }
            }
            do throws(CommandFailure) {
                return try AgentDatabase(path: leak.file.path).masked(leak)
            } catch {
                failures.append(error)
                return nil
            }
        }

        private func undo(_ cleaning: AgentCleaning) throws {
            let outcome = try cleaning.undo()
            print("put back what was masked in \(Quantity.count(outcome.paths.count, "file"))")
            for failure in outcome.failures { failure.tell() }
            guard let record = outcome.record else { return }
            print("what stood in the others, secrets included, is in \(record): remove it when it is needed no more")
            throw ExitCode(ExitStatus.incomplete.rawValue)
        }
    }
}
