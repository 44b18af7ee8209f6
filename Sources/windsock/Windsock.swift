import ArgumentParser

/// The command. Each subcommand has a file of its own; what they do is in the modules they call.
@main
struct Windsock: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "windsock",
        abstract: "Finds leaked API keys in source repositories: in the tree, in the index, and in all of the history.",
        version: version,
        subcommands: [RulesCommand.self])
}
