extension ManualPage {
    /// What stands behind the commands: title, and names with what is said of them.
    static let endings: [(title: String, entries: [(name: String, text: String)])] = [
        (
            "EXIT STATUS",
            [
                (
                    "0",
                    "Clean, and everything that was asked for was read. agent hook, mcp and lsp end with it whatever happens, advise whatever a model says."
                ),
                (
                    "1",
                    "Findings, or of them those of --fail-on; fix: something is left, or to be done; llm: the model could not be asked."
                ),
                ("2", "Wrong usage or a wrong configuration; nothing was scanned."),
                ("3", "Incomplete: something could not be read, and nothing was found in the rest."),
                ("4", "A key was confirmed live (--verify, windsock verify)."),
            ]
        ),
        (
            "ENVIRONMENT",
            [
                (
                    "WINDSOCK_FINGERPRINT_KEY",
                    "A key of the team for fingerprints, so that baselines tell nobody else anything."
                ),
                ("WINDSOCK_CONFIG", "A configuration in the place of the one that stands in what is scanned."),
                ("WINDSOCK_BASELINE", "A baseline beside the one that stands in what is scanned."),
                (
                    "WINDSOCK_MIN_SEVERITY, WINDSOCK_MIN_CONFIDENCE, WINDSOCK_FORMAT",
                    "As the options of these names; options go before them."
                ),
                (
                    "MISTRAL_API_KEY",
                    "The key with which advise and llm ask Mistral's own addresses, unless --key-env names another."
                ),
                ("NO_COLOR", "If it is set, text is not coloured unless --color always is given."),
                (
                    "CLICOLOR_FORCE, FORCE_COLOR",
                    "If one is set and not 0, text is coloured also where it goes to no terminal."
                ),
                ("TERM", "If it is dumb, text is not coloured, and there is no progress line."),
                ("GIT_DIR, GIT_INDEX_FILE and others of git", "As git reads them."),
                ("GITHUB_STEP_SUMMARY", "With --format github: the file that the Markdown report is added to."),
            ]
        ),
        (
            "FILES",
            [
                (
                    ".windsock.toml, else .gitleaks.toml",
                    "The configuration: the nearest to what is scanned, looked for upwards to the top of its repository. With --staged that of the index counts, with --ci and --range that of the base."
                ),
                (
                    "$XDG_CONFIG_HOME/windsock/config.toml",
                    "The user's own configuration, which stands below it; ~/.config without the variable."
                ),
                (
                    "$XDG_CONFIG_HOME/windsock/llm.json",
                    "Which language model advise asks, as windsock llm use has chosen it."
                ),
                (".windsock-baseline", "At the top of the repository: secrets that are known."),
            ]
        ),
        (
            "COMMENTS",
            [
                (
                    "windsock:allow",
                    "In a line: no secret in it is reported. Rule ids may follow, then until=2026-03-01 and a reason."
                ),
                ("windsock:allow-next-line", "The same for the line below."),
                ("windsock:allow-start, windsock:allow-end", "The same for all lines between them."),
                ("windsock:allow-file", "The same for the file."),
            ]
        ),
        (
            "EXAMPLES",
            [
                ("windsock scan", "What is committed, or could be."),
                ("windsock scan --staged", "What the index would commit."),
                ("windsock scan --history --report html=audit.html", "All that git remembers."),
                ("git diff main... | windsock scan --patch", "What a branch adds."),
                ("windsock scan --ci --format github", "In GitHub Actions: annotations, those on changed lines first."),
                ("windsock scan --fail-on high,in-head", "Shows all, and fails for what is grave and still there."),
            ]
        ),
    ]
}
