import ArgumentParser

/// The command. Each subcommand has a file of its own; what they do is in the modules they call.
///
/// Each says its name, also where that is the type's: making it out of the type takes a third of the time of `--version`.
@main
struct Windsock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "windsock",
        abstract: "Finds leaked API keys in source repositories: in the tree, in the index, and in all of the history.",
        version: version,
        subcommands: [
            ScanCommand.self, AuditCommand.self, ReportCommand.self, TriageCommand.self, VerifyCommand.self,
            RevokeCommand.self, RulesCommand.self, HookCommand.self, FixCommand.self, AdviseCommand.self,
            LLMCommand.self,
            AgentCommand.self, MCPCommand.self, LSPCommand.self, BaselineCommand.self,
            ConfigCommand.self,
            CompletionsCommand.self, ManualCommand.self,
        ])

    static let version = "0.1.0"

    /// Where reports say that windsock is described.
    static let informationURI = "https://github.com/windsock-scanner/windsock"

    static func main() {
        // A closed pipe is an error of a write, told by the exit code alone: whoever closed it wants no more.
        ignoreBrokenPipe()
        Environment.nameTimeZone()
        // Without /proc Linux does not say how a program was called. Help, and success, would be taken for a clean scan.
        guard !CommandLine.arguments.isEmpty else {
            StandardError.write("windsock: could not read its arguments: the system does not say them; mount /proc\n")
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        }
        var words = Array(CommandLine.arguments.dropFirst())
        if words == ["-V"] || words == ["-v"] { words = ["--version"] }
        // Whatever is wrong with what clients call, the answer is in its output, and the exit code 0.
        if words.starts(with: ["agent", "hook"]), !words.contains(where: { ["-h", "--help"].contains($0) }) {
            return AgentHook.runAlone(Array(words.dropFirst(2)))
        }
        if let complaint = UnknownWords.complaint(about: words) {
            StandardError.write("windsock: \(complaint)\n")
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        }
        do {
            var command = try parseDirectly(words) ?? parseAsRoot(words)
            try command.run()
        } catch let code as ExitCode {
            exit(withError: code)
        } catch let failure as CommandFailure {
            failure.tell()
            exit(withError: ExitCode(failure.code.rawValue))
        } catch {
            let code = exitCode(for: error)
            // The parser's own code for wrong usage is 64; ours is 2.
            if code == .validationFailure || code == .failure {
                let message = fullMessage(for: error)
                // Behind everything else the parser looks alike; only what it does not know can be another program's.
                let hint = message.contains("Unknown option") ? UnknownWords.hint(about: words) : nil
                StandardError.write(message + "\n" + (hint.map { "Here, \($0).\n" } ?? ""))
                exit(withError: ExitCode(ExitStatus.usage.rawValue))
            }
            exit(withError: error)
        }
    }
}
