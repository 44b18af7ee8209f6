import ArgumentParser

/// `windsock lsp`
struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "Serve the scanner to editors: a language server on standard input and output.",
        discussion: """
            Marks secrets while they are typed, says why, and offers to allow one with a comment or to add it to the baseline. \
            Secrets are never shown. Nothing leaves the machine.
            """)

    /// Editors say how they talk; this is the only way.
    @Flag(help: ArgumentHelp("Standard input and output, which is the only way.", visibility: .hidden))
    var stdio = false

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

    func run() throws {
        // The protocol wants it so of a server that is told to go before it is shut down.
        if !LSPServer(ruleOptions, thresholds).run() { throw ExitCode(1) }
    }
}
