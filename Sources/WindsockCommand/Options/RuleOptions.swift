import ArgumentParser

/// Which rules a command works with.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration: rules and allow-lists in TOML; a .gitleaks.toml loads as it is.",
            discussion:
                "Default: .windsock.toml in the working directory, if there is one. A file with rules and without `[extend] useDefault = true` replaces the built-in rules.",
            valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var config: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Rule files, or folders of them, to add to the built-in rules.", valueName: "path"),
        completion: .file(extensions: ["toml"]))
    var rules: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these rules, by id; a trailing * stands for any ending.", valueName: "rule"))
    var only: [String] = []
}
