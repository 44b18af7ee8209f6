import ArgumentParser
import FoundationEssentials

/// `windsock agent`
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Keep secrets from coding agents, and agents from writing them.",
        subcommands: [Install.self, Uninstall.self, Doctor.self, Scan.self, Clean.self, AgentHook.self])
}

/// Which client's settings.
struct AgentOptions: ParsableArguments {
    @Argument(help: "The client: claude-code, cursor, codex, copilot, gemini, vibe.")
    var client: AgentClient

    @Flag(help: "The settings of the repository, for everybody who works in it. Default: your own.")
    var project = false

    func settings() throws(CommandFailure) -> AgentSettings {
        try settings(project ? .project : .user)
    }

    func settings(_ scope: AgentSettings.Scope) throws(CommandFailure) -> AgentSettings {
        try AgentSettings(client, scope, folder: scope == .project ? Self.top() : ".")
    }

    /// The top of the repository, or the folder that the program runs in.
    private static func top() throws(CommandFailure) -> String {
        let outcome = try GitProgram(folder: ".").run("rev-parse", "--show-toplevel")
        return outcome.status == 0 ? outcome.output : FileManager.default.currentDirectoryPath
    }
}

extension AgentCommand {
    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract:
                "Have a client ask windsock about prompts, tools and what they give; its other settings stay as they are."
        )
        @OptionGroup var options: AgentOptions

        @Flag(help: "Where the client can, let pass with secrets masked what would be refused.")
        var mask = false

        @Flag(help: "Refuse what cannot be judged. Default: let it pass, with a notice.")
        var failClosed = false

        @Argument(
            parsing: .postTerminator,
            help: ArgumentHelp(
                "Behind --: options of `windsock agent hook`, such as --min-confidence=high.", valueName: "option"))
        var arguments: [String] = []

        func run() throws {
            if let argument = arguments.first(where: { !HookLines.isPlain($0) }) {
                throw CommandFailure(
                    "\(argument) cannot stand in a hook: only letters, digits and -_./=,+@ can. Put what it says into .windsock.toml"
                )
            }
            let flags = (mask ? ["--mask"] : []) + (failClosed ? ["--fail-closed"] : [])
            _ = try AgentHook.parse([options.client.rawValue] + flags + arguments)
            let installation = AgentInstallation(settings: try options.settings(), options: flags + arguments)
            let path = installation.settings.path
            print(try installation.install() ? "added windsock to \(path)" : "\(path) runs windsock already")
            if let hint = installation.hint { print(hint) }
            print("`windsock agent doctor \(options.client.rawValue)` tries it")
        }
    }

    struct Uninstall: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "uninstall",
            abstract: "Take windsock out of a client's settings, and leave them as they were before.")
        @OptionGroup var options: AgentOptions

        func run() throws {
            let installation = AgentInstallation(settings: try options.settings())
            let path = installation.settings.path
            switch try installation.uninstall() {
            case .untouched: throw CommandFailure("\(path) does not run windsock; nothing was changed")
            case .done: print("took windsock out of \(path)")
            case .restored:
                print(
                    "\(path) is as it was before, and runs windsock all the same: by hooks that were there already. Once more takes those out, too"
                )
            }
        }
    }

    struct Doctor: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "doctor",
            abstract: "Try whether a client's hooks refuse a key, as the client runs them. Exit code 1 if they do not.")

        @Argument(help: "The client: claude-code, cursor, codex, copilot, gemini, vibe. Default: all that are set up.")
        var client: AgentClient?

        func run() throws {
            var isWell = true
            var count = 0
            for client in self.client.map({ [$0] }) ?? AgentClient.allCases {
                for scope in AgentSettings.Scope.allCases {
                    do throws(CommandFailure) {
                        let options = Self.options(client)
                        let settings = try options.settings(scope)
                        guard let command = try AgentInstallation(settings: settings).installedCommand() else {
                            continue
                        }
                        count += 1
                        try AgentInstallation(settings: settings).check()
                        let tried = try AgentProof(client: client, command: command).run()
                        print(
                            "\(client.rawValue): \(settings.path) refuses a key in \(tried.count) of \(tried.count) events; the slowest answer took \(tried.milliseconds) ms"
                        )
                    } catch {
                        isWell = false
                        StandardError.write("windsock: \(client.rawValue): \(error)\n")
                    }
                }
            }
            if count == 0, isWell {
                let name = client?.name ?? "any client"
                StandardError.write(
                    "windsock: the settings of \(name) do not run windsock; `windsock agent install` has them do so\n")
            }
            if !isWell || count == 0 { throw ExitCode(ExitStatus.findings.rawValue) }
        }

        private static func options(_ client: AgentClient) -> AgentOptions {
            var options = AgentOptions()
            (options.client, options.project) = (client, false)
            return options
        }
    }
}
