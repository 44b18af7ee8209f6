import ArgumentParser

/// `windsock mcp`
struct MCPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Serve the scanner to agents: a Model Context Protocol server on standard input and output.",
        discussion: """
            Reads only what lies in the roots: those of --root, or that the client names, or else the folder it runs in. \
            Secrets are never shown. Nothing leaves the machine unless --allow-verify is given.
            """)

    @Option(
        help: ArgumentHelp("A folder that may be read; may be given several times.", valueName: "folder"),
        completion: .directory)
    var root: [String] = []

    @Flag(help: "Offer the tool `verify`, which sends keys that it finds to their own providers.")
    var allowVerify = false

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

    func run() throws {
        var scan = try ScanCommand.parse([])
        scan.ruleOptions = ruleOptions
        let roots = try MCPRoots(named: root)
        MCPServer(MCPTools(scan: scan, allowsVerifying: allowVerify), roots).run()
    }
}
