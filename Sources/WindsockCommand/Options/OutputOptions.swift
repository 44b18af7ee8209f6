import ArgumentParser
import Reports

/// Where reports go and what they look like.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("format"),
        help: "Format of the report on standard output or in --output. Default: text, or what a configuration says.")
    var givenFormat: ReportFormat?

    var format: ReportFormat { givenFormat ?? .text }

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write another report, for example sarif=out.sarif; may be given several times.", valueName: "format=file"),
        completion: .reportDestinations, transform: ReportDestination.init(argument:))
    var report: [ReportDestination] = []

    @Flag(
        help:
            "Tell the story of each secret of a history: who brought it, where it was, who removed it, what still has it."
    )
    var timeline = false

    @Flag(help: "Print secrets in full. Think of where the output goes.")
    var showSecrets = false

    @Flag(
        help:
            "Say of each match why it is reported or not: in the text and JSON reports, with other formats on standard error."
    )
    var explain = false

    @Flag(name: .shortAndLong, help: "Print nothing but findings and errors.")
    var quiet = false

    @Flag(
        name: .shortAndLong,
        help: "Say all of each finding, and what to do, where something is stopped, too: with --staged, in hooks.")
    var verbose = false

    @Flag(help: "Show no progress line.")
    var noProgress = false

    @Option(
        help: ArgumentHelp(
            "Colour: auto, always, never.",
            discussion: "auto: on a terminal, unless NO_COLOR is set or TERM is dumb; and where CLICOLOR_FORCE is set.")
    )
    var color: ColorMode = .auto

    @Flag(help: "Say on standard error how long each step took.")
    var timings = false

    var showsProgress: Bool { !quiet && !noProgress && StandardError.isTerminal && !TerminalColors.isDumb }

    /// All formats that are written.
    var formats: [ReportFormat] { [format] + report.map(\.format) }
}
