import ArgumentParser
import Bytes
import Findings
import FoundationEssentials
import Platform
import Reports
import Store

/// `windsock report`: what a store holds.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write what a store holds as any report; compare two; merge several.",
        subcommands: [ReportShow.self, ReportDiff.self, ReportMerge.self], defaultSubcommand: ReportShow.self)
}

/// `windsock report --format …`
struct ReportShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Write what a store holds. Exit code 0.")

    @OptionGroup var file: StoreFileOptions

    @Option(
        help: ArgumentHelp(
            "Only secrets of this state: open (the default), false-positive, accepted, rotated, revoked; may be given several times.",
            valueName: "state"), completion: .list(Decision.State.allCases.map(\.rawValue)))
    var state: [Decision.State] = []

    @Option(
        help: ArgumentHelp(
            "Only this repository, by its name or address; may be given several times.", valueName: "name"))
    var repository: [String] = []

    @Option(
        help: ArgumentHelp("Put the list together by repository, provider, author, state or year.", valueName: "what"),
        completion: .list(AuditGrouping.allCases.map(\.rawValue)))
    var groupBy: AuditGrouping?

    @Option(
        help: ArgumentHelp(
            "Print the body of a message in place of a report, for curl: slack, teams, generic.", valueName: "kind"),
        completion: .list(WebhookBody.allCases.map(\.rawValue)))
    var webhook: WebhookBody?

    @Option(
        help: ArgumentHelp(
            "Send the message of --webhook to the address in this variable, or in a file: @FILE. Without it nothing is sent.",
            valueName: "variable|@file"))
    var send: String?

    @Flag(help: "Send it also to an address outside of the public internet: this machine, the local network.")
    var allowPrivateAddresses = false

    @Option(
        help: ArgumentHelp(
            "Only secrets whose values or fingerprints stand in this file, one a line; - for standard input.",
            valueName: "file"), completion: .file())
    var known: String?

    @OptionGroup(title: "Output") var output: StoredOutputOptions

    func validate() throws {
        if send != nil, webhook == nil { throw ValidationError("--send goes with --webhook.") }
        if send != nil, output.output != nil {
            throw ValidationError("--send goes without --output: nothing is printed.")
        }
        if groupBy != nil, output.format != nil {
            throw ValidationError("--group-by goes with the list, without --format.")
        }
        if webhook != nil, output.format != nil { throw ValidationError("--webhook goes without --format.") }
    }

    func run() throws {
        try output.check()
        let store = try StoreFile.open(file.store, for: .reading)
        let content = try StoreFile.told { () throws(StoreError) in try store.content() }
        var selection = output.selection
        selection.states = state.isEmpty ? nil : Set(state)
        let problems = try select(known, in: store, &selection)
        if !repository.isEmpty { selection.repositories = try keys(content) }
        var result = StoredResult(content, selection).result(of: store.path)
        result.summary.problems += problems
        if let webhook, let send {
            return try WebhookDelivery(send, allowsPrivateAddresses: allowPrivateAddresses).deliver(
                webhook.bytes(of: result))
        }
        try output.write(result) { isColored in
            webhook?.bytes(of: result)
                ?? AuditListing(result, nil, isColored: isColored, groupedBy: groupBy).bytes()
        }
    }

    /// Leaves only secrets that stand in a file.
    ///
    /// - Returns: What of the file was not looked for.
    private func select(
        _ path: String?, in store: Store, _ selection: inout StoredSelection
    ) throws(CommandFailure) -> [Problem] {
        guard let path else { return [] }
        let file = try GivenFile.read(path)
        let given = try file.secrets()
        selection.fingerprints = try StoreFile.told { () throws(StoreError) in
            try store.names(of: given.allFingerprints())
        }
        // Whatever was decided.
        selection.states = selection.states ?? Set(Decision.State.allCases)
        return file.problems(given)
    }

    private func keys(_ content: StoreContent) throws(CommandFailure) -> Set<String> {
        var keys: Set<String> = []
        for name in repository {
            let found = content.repositories.values.filter { $0.name == name || $0.key == name }
            if found.isEmpty { throw CommandFailure("the store has no repository \(name.visible)") }
            keys.formUnion(found.map(\.key))
        }
        return keys
    }
}

/// `windsock report diff A B`
struct ReportDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract:
            "Say what is new, gone and open again between two stores or JSON reports. Exit code 1 if something is new or open again."
    )

    @Argument(help: "What was before: a store, or a report of --format json.", completion: .file())
    var before: String

    @Argument(help: "What is now.", completion: .file())
    var after: String

    @Option(help: "Colour: auto, always, never.")
    var color: ColorMode = .auto

    func run() throws {
        let difference = ReportDifference(from: try ReportFile.read(before), to: try ReportFile.read(after))
        let isColored = TerminalColors.areUsed(color, isTerminal: StandardOutput.isTerminal)
        try OutputFile.write(difference.bytes(isColored: isColored), path: "-")
        let hasNews = !difference.new.isEmpty || !difference.reopened.isEmpty
        throw ExitCode((hasNews ? ExitStatus.findings : .clean).rawValue)
    }
}

/// `windsock report merge FILE…`
struct ReportMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract:
            "Make one report of several JSON reports and stores, a secret once. In any order and grouping the same comes of it."
    )

    @Argument(help: "Stores, and reports of --format json.", completion: .file())
    var files: [String]

    @Option(help: "Format of the report. Default: json.")
    var format: ReportFormat = .json

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .file())
    var output = "-"

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a report or a store.") }
    }

    func run() throws {
        try OutputFile.check(output)
        // One that is named twice has not been read twice.
        var seen: Set<String> = []
        let results = try files.filter { seen.insert(Self.identity($0)).inserted }.map {
            (file) throws(CommandFailure) in try ReportFile.read(file)
        }
        let options = ReportOptions(
            toolVersion: Windsock.version, informationURI: Windsock.informationURI, showsTimelines: true)
        try OutputFile.write(Report.write(MergedReport(results).result, as: format, options: options), path: output)
    }
}

extension ReportMerge {
    /// Where a file lies, by whatever name.
    private static func identity(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// A file that has findings: a store, or a JSON report.
enum ReportFile {
    static func read(_ path: String) throws(CommandFailure) -> ScanResult {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("could not read \(path): \(SystemError.reason(of: errno))")
        }
        let bytes = Array(data)
        if bytes.starts(with: Array("SQLite format 3".utf8)) {
            let content = try StoreFile.told { () throws(StoreError) in try Store(path, for: .reading).content() }
            return StoredResult(content, StoredSelection(minimumConfidence: .medium)).result(of: path)
        }
        do throws(JSONReport.Problem) {
            return try JSONReport.result(of: bytes)
        } catch {
            throw CommandFailure("could not read the report \(path): \(error)")
        }
    }
}
