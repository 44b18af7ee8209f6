import ArgumentParser
import Findings
import FoundationEssentials
import Platform
import Reports
import Rules
import Store

/// `windsock triage`: what is done about the secrets of a store.
struct TriageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triage",
        abstract: "Decide what is done about the secrets of a store, and list what was decided; alone, on a screen.",
        discussion: """
            Without a fingerprint it is a screen in the terminal: the secrets of the store, and keys to decide about them (? shows them). \
            A decision holds in all repositories. What was rotated or revoked opens by itself when it is seen live or is brought again, \
            and what was decided until a day when that is over.
            """,
        subcommands: [TriageDecide.self, TriageList.self, TriageExport.self, TriageImport.self],
        defaultSubcommand: TriageDecide.self)
}

/// Which store.
struct StoreFileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store. Default: audit.sqlite in $XDG_STATE_HOME/windsock.", valueName: "file"), completion: .file())
    var store: String?
}

/// `windsock triage FINGERPRINT… --state STATE`
struct TriageDecide: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "decide", abstract: "Decide about secrets.")

    @Argument(
        help: ArgumentHelp(
            "Fingerprints as reports have them, or as much of one as is unique.", valueName: "fingerprint"))
    var fingerprints: [String] = []

    @Option(
        help: ArgumentHelp(
            "What holds from now on: open, false-positive, accepted, rotated, revoked.", valueName: "state"),
        completion: .list(Decision.State.allCases.map(\.rawValue)))
    var state: Decision.State?

    @Option(help: "Why, in a line. Only what is open again needs no reason.")
    var reason = ""

    @Option(
        help: ArgumentHelp("The last day on which it holds, 2026-03-01.", valueName: "day"),
        transform: BaselineTermsOptions.day)
    var until: CalendarDay?

    @Option(
        help: ArgumentHelp(
            "Who decides: a name or an address. Default: git's user.email, or the user's name.", valueName: "who"))
    var by: String?

    @Option(help: "Colour of the screen: auto, always, never.")
    var color: ColorMode = .auto

    @OptionGroup var file: StoreFileOptions

    /// Whether there is nothing to decide yet: somebody wants to look.
    private var isScreen: Bool { fingerprints.isEmpty && state == nil && reason.isEmpty && until == nil }

    func validate() throws {
        if let by, by.isEmpty || by.contains(where: \.isWhitespace) {
            throw ValidationError("--by is one word: a name, a team, an address.")
        }
        if isScreen { return }
        if fingerprints.isEmpty { throw ValidationError("Name a fingerprint; windsock report lists them.") }
        guard let state else {
            throw ValidationError("--state is missing: open, false-positive, accepted, rotated or revoked.")
        }
        if state != .open, reason.allSatisfy(\.isWhitespace) {
            throw ValidationError("--reason is missing: in a year nobody will know why.")
        }
        if reason.contains(where: \.isNewline) { throw ValidationError("--reason is one line.") }
        if state == .open, until != nil { throw ValidationError("--until goes with a state that ends.") }
        if let until, until < .today { throw ValidationError("--until \(until) is over: it would not hold.") }
    }

    func run() throws {
        guard let state else { return try showScreen() }
        let store = try StoreFile.open(file.store, for: .writing)
        let secrets = try StoreFile.told { () throws(StoreError) in try store.content() }.secrets
        let meant = try fingerprints.map { (text) throws(CommandFailure) in try secret(text, among: secrets) }
        let author = by ?? Self.user
        let now = Int(Date().timeIntervalSince1970)
        var decisions = meant.map {
            Decision($0.fingerprint, state, reason: reason, author: author, time: now, until: until)
        }
        Decision.mask(&decisions)
        decisions = try StoreFile.told { () throws(StoreError) in try store.decide(decisions) }
        let lines = zip(meant, decisions).map { secret, decision in
            "\(secret.fingerprint) (\(secret.rule.id.visible), \(secret.redacted.visible)) is \(decision.sentence.visible)\n"
        }
        try OutputFile.write(Array(lines.joined().utf8), path: "-")
    }

    private func showScreen() throws(CommandFailure) {
        if let obstacle = TriageScreen.obstacle { throw CommandFailure(obstacle) }
        let store = try StoreFile.open(file.store, for: .writing, mustExist: true)
        let isColored = TerminalColors.areUsed(color, isTerminal: true)
        try TriageScreen.run(
            store, author: KeptName.words(by ?? Self.user).filter { !$0.isWhitespace }, isColored: isColored)
    }

    private func secret(_ text: String, among secrets: [StoredSecret]) throws(CommandFailure) -> StoredSecret {
        let digits = text.lowercased()
        let isVersioned = Fingerprint.Version.allCases.contains { digits.hasPrefix($0.rawValue + ":") }
        let starts = isVersioned ? [digits] : Fingerprint.Version.allCases.map { "\($0.rawValue):\(digits)" }
        guard starts[0].utf8.count >= Self.leastCount else {
            throw CommandFailure(
                "\"\(text.visible)\" is too little of a fingerprint: give at least four of its digits; windsock report lists them"
            )
        }
        let found = secrets.filter { secret in starts.contains { secret.fingerprint.description.hasPrefix($0) } }
        guard let first = found.first else {
            throw CommandFailure(
                "the store has no secret \(text.visible); windsock report lists those that there are")
        }
        guard found.count == 1 else {
            throw CommandFailure(
                "\(found.count) secrets begin with \(text.visible), for example \(first.fingerprint); give more of it")
        }
        return first
    }

    /// The version, a colon, and four digits.
    private static let leastCount = 7

    /// Who runs the program.
    private static var user: String {
        do throws(CommandFailure) {
            let outcome = try GitProgram(folder: ".").run("config", "--get", "user.email")
            let name = outcome.output.filter { !$0.isWhitespace }
            if outcome.status == 0, !name.isEmpty { return name }
        } catch {
            // Whoever has no git has a name all the same.
        }
        if let name = Environment.value("USER") ?? Environment.value("LOGNAME"), !name.isEmpty { return name }
        // Not every job has them in its environment.
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "\(getuid())" }
        return String(cString: name)
    }
}

extension Decision {
    /// Takes out of words and names what may be a secret, and says so: they are stored, and told in every report.
    fileprivate static func mask(_ decisions: inout [Decision]) {
        var count = 0
        for index in decisions.indices {
            let old = decisions[index]
            decisions[index].reason = KeptName.words(old.reason)
            decisions[index].author = KeptName.words(old.author).filter { !$0.isWhitespace }
            if decisions[index] != old { count += 1 }
        }
        guard count > 0 else { return }
        let what = Quantity.count(count, "decision")
        StandardError.write(
            "windsock: what may be a secret in the words of \(what) is masked: they are in every report\n")
    }
}

/// `windsock triage list`
struct TriageList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was decided, with what closes a ticket: when it was asked and seen last, and where it is.")

    @Option(
        help: ArgumentHelp("Only secrets of this state; may be given several times.", valueName: "state"),
        completion: .list(Decision.State.allCases.map(\.rawValue)))
    var state: [Decision.State] = []

    @OptionGroup var file: StoreFileOptions

    func run() throws {
        let store = try StoreFile.open(file.store, for: .reading)
        let content = try StoreFile.told { () throws(StoreError) in try store.content() }
        let lines = TriageListing(content, today: .today).lines(of: state)
        try OutputFile.write(Array(lines.map { $0 + "\n" }.joined().utf8), path: "-")
    }
}

/// `windsock triage export`
struct TriageExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the decisions as a text that a team reviews and merges.")

    @Flag(help: "Write labels in place of decisions, a line of JSON each: whether the value is a secret. For training.")
    var labels = false

    @Option(help: ArgumentHelp("The file. Default: standard output.", valueName: "file"), completion: .file())
    var output = "-"

    @OptionGroup var file: StoreFileOptions

    func run() throws {
        let store = try StoreFile.open(file.store, for: .reading)
        let text = try StoreFile.told { () throws(StoreError) in
            labels ? TriageListing.labels(try store.content()) : DecisionFile.text(try store.decisions())
        }
        try OutputFile.write(Array(text.utf8), path: output)
    }
}

/// `windsock triage import`
struct TriageImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read decisions that windsock triage export has written: of each secret the latest counts.")

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    @OptionGroup var file: StoreFileOptions

    func run() throws {
        var decisions: [Decision] = []
        for path in files {
            let text = try TextFile.read(path, purpose: "the decisions")
            do throws(DecisionFile.Problem) {
                decisions += try DecisionFile.decisions(in: text, now: Int(Date().timeIntervalSince1970))
            } catch {
                throw CommandFailure("\(path): \(error); nothing of it was imported")
            }
        }
        Decision.mask(&decisions)
        let store = try StoreFile.open(file.store, for: .writing)
        let count = try StoreFile.told { () throws(StoreError) in try store.adopt(decisions) }
        let rest = decisions.count - count
        let known = rest > 0 ? ", \(Quantity.grouped(rest)) known already" : ""
        try OutputFile.write(Array("\(Quantity.count(count, "decision")) imported\(known)\n".utf8), path: "-")
    }
}
