import ArgumentParser

/// Verification as a step of a scan, between finding and report.
struct VerifyFindingsOptions: ParsableArguments {
    @Flag(
        help:
            "Ask each provider whether the keys that were found are live. Sends each key to its own provider, and nothing else."
    )
    var verify = false

    @OptionGroup var options: VerificationOptions

    var isOn: Bool { verify || options.verifyDryRun }
}
