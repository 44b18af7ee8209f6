import ArgumentParser
import Reports
import Rules
import Scanner
import Verification

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Ask a key's provider whether it is live.",
        discussion: """
            The key is read from standard input or a variable, never from an argument, which every user of the machine can read.

            With --store it is those of a store that were live when they were last asked about: each is read again where it was \
            found, for no store has one, and what the provider says goes into the store.

            Exit code: 4 it is live (restricted or not); 0 it is dead; 3 it is not known; 2 wrong usage, nobody was asked. \
            With --rotation: 0 every step is done; 1 the new key is not live; 4 the old key is still live; 3 it is not known.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: ArgumentHelp("Take the key out of this variable.", valueName: "name"))
    var env: String?

    @Option(
        help: ArgumentHelp("The rule that the key belongs to. Default: the one that recognises it.", valueName: "id"),
        completion: .ruleIDs)
    var rule: String?

    @Option(help: "text or json.")
    var format: Format = .text

    @Option(help: ArgumentHelp("How many requests to measure the endpoint's latency with.", valueName: "number"))
    var requests = 3

    @Flag(help: "Check a rotation: the new key is live, the old one dead.")
    var rotation = false

    @Option(help: ArgumentHelp("The variable with the key that is replaced.", valueName: "name"))
    var oldEnv: String?

    @Option(help: ArgumentHelp("The variable with the key that replaces it.", valueName: "name"))
    var newEnv: String?

    @Option(
        help: ArgumentHelp("Ask again about what this store has as live.", valueName: "file"), completion: .file())
    var store: String?

    @Option(
        help: ArgumentHelp(
            "With --store: where audits keep what they fetch. Default: windsock/mirrors in $XDG_CACHE_HOME.",
            valueName: "folder"), completion: .directory)
    var mirrors: String?

    @OptionGroup(title: "Requests") var options: VerificationOptions
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

    /// What somebody wrote who believed that the key goes here; its text is repeated nowhere.
    @Argument(help: .hidden)
    var arguments: [String] = []

    func validate() throws {
        guard arguments.isEmpty else {
            throw ValidationError(
                "A key is no argument: others can read it there, and the shell remembers it. Pipe it in, or name a variable with --env. If a key was just written here, take it for leaked."
            )
        }
        if rotation {
            guard oldEnv != nil || newEnv != nil else {
                throw ValidationError("--rotation needs --old-env, --new-env or both.")
            }
            guard env == nil else { throw ValidationError("--rotation takes --old-env and --new-env, not --env.") }
        } else if oldEnv != nil || newEnv != nil {
            throw ValidationError("--old-env and --new-env are for --rotation.")
        }
        if store != nil, rotation || env != nil || rule != nil {
            throw ValidationError("--store has its own keys and rules: leave --env, --rule and --rotation out.")
        }
        guard (1...20).contains(requests) else { throw ValidationError("--requests must lie between 1 and 20.") }
    }

    func run() throws {
        _ = ProcessProtection.apply()
        installInterruptHandlers()
        if let store { return try verify(storedIn: store) }
        let engine = try RuleLoader(ruleOptions).load()
        let setup = VerificationSetup(options)
        let verifierOptions = try setup.verifierOptions(engine.rules)
        let verifier = Verifier(verifierOptions, auditLog: try setup.openAuditLog()) { interruption.isRequested }
        let status =
            rotation
            ? try checkRotation(engine, verifier, verifierOptions) : try verifyOne(engine, verifier, verifierOptions)
        throw ExitCode(status.rawValue)
    }

    private func subject(
        _ input: KeyInput, _ engine: ScanEngine, _ verifierOptions: VerifierOptions
    ) throws(CommandFailure) -> VerifiedKey {
        let recognition = try KeyRecognition(
            input, ruleID: rule, engine: engine, endpoints: verifierOptions.endpoints.names)
        guard recognition.rule.verification != nil else {
            throw CommandFailure(
                "the rule \(recognition.rule.id) does not say whom to ask; `windsock rules show \(recognition.rule.id)` shows it"
            )
        }
        return VerifiedKey(input, recognition, fingerprintKey: try Environment.fingerprintKey())
    }

    private func printDryRun(_ keys: [VerifiedKey], _ verifierOptions: VerifierOptions) throws(CommandFailure) {
        let requests = DryRun.requests(keys.map(\.key), verifierOptions)
        let text = requests.map { $0 + "\n\n" }.joined() + "none was made (--verify-dry-run)\n"
        try OutputFile.write(Array(text.utf8), path: "-")
    }

    private func verifyOne(
        _ engine: ScanEngine, _ verifier: Verifier, _ verifierOptions: VerifierOptions
    ) throws(CommandFailure) -> ExitStatus {
        let input: KeyInput
        if let env { input = try KeyInput(variable: env) } else { input = try KeyInput.standardInput() }
        let subject = try subject(input, engine, verifierOptions)
        if options.verifyDryRun {
            try printDryRun([subject], verifierOptions)
            return .clean
        }
        let inquiry = verifier.inquire([subject.key])[0]
        let latencies = verifier.latencies(of: subject.key, after: inquiry, count: requests)
        let report = VerificationReport(subject: subject, inquiry: inquiry, latencies: latencies)
        try OutputFile.write(format == .json ? report.json : Array(report.text.utf8), path: "-")
        return ExitStatus(inquiry.result.liveness)
    }

    private func checkRotation(
        _ engine: ScanEngine, _ verifier: Verifier, _ verifierOptions: VerifierOptions
    ) throws(CommandFailure) -> ExitStatus {
        var keys: [VerifiedKey] = []
        for name in [newEnv, oldEnv] {
            if let name { keys.append(try subject(KeyInput(variable: name), engine, verifierOptions)) }
        }
        if keys.count == 2, keys[0].fingerprint == keys[1].fingerprint {
            throw CommandFailure("\(newEnv ?? "") and \(oldEnv ?? "") hold the same key: nothing was rotated")
        }
        if options.verifyDryRun {
            try printDryRun(keys, verifierOptions)
            return .clean
        }
        let inquiries = verifier.inquire(keys.map(\.key))
        let hasNew = newEnv != nil
        let check = RotationCheck(
            new: hasNew ? inquiries.first?.result : nil, old: oldEnv == nil ? nil : inquiries.last?.result)
        let report = RotationReport(check: check, new: hasNew ? keys.first : nil, old: oldEnv == nil ? nil : keys.last)
        try OutputFile.write(format == .json ? report.json : Array(report.text.utf8), path: "-")
        return switch check.outcome {
        case .done: .clean
        case .newKeyIsNotLive: .findings
        case .oldKeyIsStillLive: .live
        case .undecided: .incomplete
        }
    }
}

extension ExitStatus {
    /// What is said of one key.
    init(_ liveness: Liveness) {
        self =
            switch liveness {
            case .live, .restricted: .live
            case .dead: .clean
            case .unknown: .incomplete
            }
    }
}
