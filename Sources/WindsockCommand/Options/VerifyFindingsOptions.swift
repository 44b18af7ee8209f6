import ArgumentParser

enum FailureCondition: String, ExpressibleByArgument, CaseIterable {
    case live, any
}

/// Verification as a step of a scan, between finding and report.
struct VerifyFindingsOptions: ParsableArguments {
    @Flag(
        help:
            "Ask each provider whether the keys that were found are live. Sends each key to its own provider, and nothing else."
    )
    var verify = false

    @Option(
        help: ArgumentHelp(
            "What the exit code is for: any finding, or live keys alone (then 3 if a provider could not be asked).",
            valueName: "any|live"))
    var failOn: FailureCondition = .any

    @OptionGroup var options: VerificationOptions

    var isOn: Bool { verify || options.verifyDryRun }

    func validate() throws {
        if failOn == .live, !isOn { throw ValidationError("--fail-on live needs --verify.") }
    }
}
