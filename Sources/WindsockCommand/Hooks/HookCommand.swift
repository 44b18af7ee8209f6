import ArgumentParser

struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Have git run windsock before each commit or push.",
        subcommands: [Install.self, Uninstall.self, Doctor.self, HookRun.self])
}

/// Which hooks of which repository.
struct HookOptions: ParsableArguments {
    @Argument(help: "The repository.", completion: .directory)
    var path = "."

    @Option(
        name: .customLong("hook"),
        help: ArgumentHelp(
            "Which hook: pre-commit (the default), pre-merge-commit, commit-msg, pre-push, pre-receive; may be given several times.",
            valueName: "hook"))
    var hooks: [HookKind] = []

    @Flag(help: "The same as --hook pre-push.")
    var prePush = false

    @Flag(help: "The hooks of all repositories that are made or cloned from now on: git's template.")
    var global = false

    /// Those that are named, in git's order.
    var named: [HookKind] { HookKind.allCases.filter { hooks.contains($0) || prePush && $0 == .prePush } }

    func location() throws(CommandFailure) -> HooksLocation {
        global ? try HookTemplate().location : try HooksLocation(path: path)
    }
}

extension HookCommand {
    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract:
                "Install the hook; hooks that are there already, and those of husky, lefthook, pre-commit, stay and run, too.",
            discussion: """
                Where the repository keeps its hooks in a file (.husky, lefthook.yml, .pre-commit-config.yaml, …), windsock is \
                added there. Options of `windsock scan` behind -- go into the hook.
                """)
        @OptionGroup var options: HookOptions

        @Argument(
            parsing: .postTerminator,
            help: ArgumentHelp(
                "Behind --: options of `windsock hook run`, such as --min-confidence=low.", valueName: "option"))
        var arguments: [String] = []

        func run() throws {
            let kinds = options.named.isEmpty ? [.preCommit] : options.named
            if let argument = arguments.first(where: { !HookLines.isPlain($0) }) {
                throw CommandFailure(
                    "\(argument) cannot stand in a hook: only letters, digits and -_./=,+@ can. Put what it says into .windsock.toml"
                )
            }
            for kind in kinds { _ = try Windsock.parseAsRoot(["hook", "run", kind.rawValue] + arguments) }
            if options.global { try HookTemplate().prepare() }
            let location = try options.location()
            for kind in kinds {
                if kind == .preReceive, !location.isBare {
                    StandardError.write(
                        "windsock: pre-receive runs where others push to, which is seldom a working directory\n")
                }
                let installation = HookInstallation(
                    location: location, lines: HookLines(kind: kind, options: arguments))
                for note in try installation.install() { print(note) }
            }
            print(options.global ? HookTemplate.advice : "`windsock hook doctor` tries it with a real commit")
        }
    }

    struct Uninstall: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "uninstall",
            abstract: "Take windsock out of the hooks, and put back what was there before. Default: of all hooks.")
        @OptionGroup var options: HookOptions

        func run() throws {
            let location = try options.location()
            var notes: [String] = []
            for kind in options.named.isEmpty ? HookKind.allCases : options.named {
                notes += try HookInstallation(location: location, lines: HookLines(kind: kind)).uninstall()
            }
            // Whoever wants it gone has it gone.
            if notes.isEmpty {
                let names = options.named.map(\.rawValue).joined(separator: ", ")
                notes = ["nothing of windsock's is in \(names.isEmpty ? "any hook" : names) here; nothing was changed"]
            }
            for note in notes { print(note) }
            if options.global { try HookTemplate().removeIfUnused() }
        }
    }

    struct Doctor: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "doctor",
            abstract:
                "Try whether the hooks stop a key: with a real commit, in a temporary worktree. Exit code 1 if one does not."
        )
        @OptionGroup var options: HookOptions

        func run() throws {
            let location = try options.location()
            let installed = HookKind.allCases.filter {
                HookDiagnosis(HookInstallation(location: location, lines: HookLines(kind: $0))).isMeant
            }
            var kinds = options.named
            if kinds.isEmpty { kinds = installed.isEmpty ? [.preCommit] : installed }
            var isWell = true
            for kind in kinds {
                let diagnosis = HookDiagnosis(HookInstallation(location: location, lines: HookLines(kind: kind)))
                do throws(CommandFailure) {
                    print("\(kind.rawValue): \(try diagnosis.run())")
                } catch {
                    isWell = false
                    StandardError.write("windsock: \(kind.rawValue): \(error)\n")
                }
            }
            if !isWell { throw ExitCode(ExitStatus.findings.rawValue) }
        }
    }
}
