import ArgumentParser

/// Which rules a command works with.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration: rules and allow-lists in TOML; a .gitleaks.toml loads as it is. May be given several times.",
            discussion:
                "Default: WINDSOCK_CONFIG, or the .windsock.toml, else .gitleaks.toml, nearest to what is scanned, looked for upwards to the top of the repository. A named file with rules and without `[extend] useDefault = true` replaces the built-in rules.",
            valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var config: [String] = []

    @Flag(
        help:
            "Leave alone the configuration and the baseline that stand in what is scanned: shows what a repository silences."
    )
    var noRepositoryConfig = false

    // One value each: an option that takes all words up to the next option swallows the paths behind it.
    @Option(
        help: ArgumentHelp(
            "A rule file, or a folder of them, to add to the built-in rules; may be given several times.",
            valueName: "path"),
        completion: .file(extensions: ["toml"]))
    var rules: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only this rule, by id; a trailing * stands for any ending. May be given several times.",
            valueName: "rule"),
        completion: .ruleIDs)
    var only: [String] = []
}
