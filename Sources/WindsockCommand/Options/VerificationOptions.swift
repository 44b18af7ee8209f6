import ArgumentParser

/// How providers are asked, whichever command does it.
struct VerificationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask at this address in place of the provider's own, for example mistral=https://gateway.example; may be given several times.",
            valueName: "provider=url"),
        transform: EndpointArgument.init(argument:))
    var endpoint: [EndpointArgument] = []

    @Flag(help: "Send keys also to addresses outside of the public internet: this machine, the local network.")
    var allowPrivateAddresses = false

    @Option(help: ArgumentHelp("Most requests a second to one host.", valueName: "number"))
    var verifyRate = 5.0

    @Option(help: ArgumentHelp("Most time for all requests: 90s, 5m, 1h.", valueName: "time"))
    var verifyBudget = TimeSpan(seconds: 300)

    @Option(help: ArgumentHelp("Most requests in all.", valueName: "number"))
    var verifyRequests = 1000

    @Option(help: ArgumentHelp("Most requests to one host in all. Default: no fewer than in all.", valueName: "number"))
    var verifyHostRequests: Int?

    @Option(
        help: ArgumentHelp(
            "Append a line of JSON to a file before each request and after it; no key is in it.", valueName: "file"),
        completion: .file())
    var auditLog: String?

    @Option(
        help: ArgumentHelp(
            "Never ask about these: a fingerprint, or a file of them, one a line; may be given several times.",
            valueName: "fingerprint|file"))
    var verifyExclude: [String] = []

    @Flag(help: "Print each request, its key masked, and make none.")
    var verifyDryRun = false

    func validate() throws {
        guard verifyRate > 0, verifyRate <= 1000 else {
            throw ValidationError("--verify-rate must lie above 0 and not above 1000.")
        }
        guard verifyRequests > 0 else { throw ValidationError("--verify-requests must be above 0.") }
        guard verifyHostRequests ?? 1 > 0 else { throw ValidationError("--verify-host-requests must be above 0.") }
    }
}
