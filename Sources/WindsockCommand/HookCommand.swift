import ArgumentParser

struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Have git run windsock before each commit or push.",
        subcommands: [Install.self, Uninstall.self, Doctor.self])
}

/// Which hook of which repository.
struct HookOptions: ParsableArguments {
    @Argument(help: "The repository.", completion: .directory)
    var path = "."

    @Flag(help: "The pre-push hook instead of the pre-commit hook.")
    var prePush = false

    func file() throws(CommandFailure) -> HookFile {
        try HookFile(repositoryPath: path, kind: prePush ? .prePush : .preCommit)
    }
}

extension HookCommand {
    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract: "Install the hook; one that is there already is kept and run first.")
        @OptionGroup var options: HookOptions

        func run() throws {
            let hook = try options.file()
            let kept = try hook.install()
            let note = kept ? "; the hook that was there is kept as \(hook.previousPath) and runs first" : ""
            print("installed \(hook.path)\(note)")
        }
    }

    struct Uninstall: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "uninstall",
            abstract: "Take the hook away, and put back the one that was there before.")
        @OptionGroup var options: HookOptions

        func run() throws {
            let hook = try options.file()
            guard try hook.uninstall() else {
                throw CommandFailure("\(hook.path) is not a hook of windsock; it was left alone")
            }
            print("took \(hook.path) away")
        }
    }

    struct Doctor: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "doctor", abstract: "Say whether the hook is installed and will run.")
        @OptionGroup var options: HookOptions

        func run() throws {
            let hook = try options.file()
            let program = try hook.diagnose()
            print("\(hook.path) is installed and runs \(program)")
        }
    }
}
