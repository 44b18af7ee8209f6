import ArgumentParser
import Findings
import FoundationEssentials
import Rules
import Scanner
import Verification

/// How providers are asked, whichever command does it.
struct VerificationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask at this address in place of the provider's own, for example mistral=https://gateway.example; may be given several times.",
            valueName: "provider=url"))
    var endpoint: [EndpointArgument] = []

    @Flag(help: "Send keys also to addresses outside of the public internet: this machine, the local network.")
    var allowPrivateAddresses = false

    @Option(help: ArgumentHelp("Most requests a second to one host.", valueName: "number"))
    var verifyRate = 5.0

    @Option(help: ArgumentHelp("Most time for all requests: 90s, 5m, 1h.", valueName: "time"))
    var verifyBudget = TimeSpan(seconds: 300)

    @Option(help: ArgumentHelp("Most requests in all.", valueName: "number"))
    var verifyRequests = 1000

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
    }

    /// - Parameter rules: What an endpoint's name can refer to.
    func verifierOptions(_ rules: [Rule]) throws(CommandFailure) -> VerifierOptions {
        var network = NetworkSettings(variable: Environment.value)
        network.allowsPrivateAddresses = allowPrivateAddresses
        network.userAgent = "windsock/\(Windsock.version)"
        var options = VerifierOptions(network: network)
        for argument in endpoint {
            options.endpoints.set(argument.name, argument.address)
            var one = Endpoints()
            one.set(argument.name, argument.address)
            guard rules.contains(where: { $0.verification != nil && one.isFor($0) }) else {
                throw CommandFailure(
                    "--endpoint \(argument.name): no rule that can be verified is of this provider; `windsock rules list` names providers"
                )
            }
        }
        options.rate = verifyRate
        options.budgetSeconds = verifyBudget.seconds
        options.budgetRequests = verifyRequests
        for text in verifyExclude { options.excluded.formUnion(try Self.fingerprints(text)) }
        return options
    }

    func openAuditLog() throws(CommandFailure) -> AuditLog? {
        guard let path = auditLog, !verifyDryRun else { return nil }
        do throws(AuditLogError) {
            return try AuditLog(path: path)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private static func fingerprints(_ text: String) throws(CommandFailure) -> [String] {
        if Fingerprint(text) != nil { return [text] }
        let lines = try TextFile.read(text, purpose: "the list of fingerprints").split(whereSeparator: \.isNewline)
        var result: [String] = []
        for (index, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            // A misspelt canary would be a canary that is touched.
            guard Fingerprint(first) != nil else {
                throw CommandFailure(
                    "\(text):\(index + 1): a line must begin with a fingerprint, v1: and 32 hex digits")
            }
            result.append(String(first))
        }
        return result
    }
}

/// `mistral=https://gateway.example`
struct EndpointArgument: ExpressibleByArgument {
    var name: String
    var address: HTTPSAddress

    init?(argument: String) {
        guard let separator = argument.firstIndex(of: "="), separator > argument.startIndex else { return nil }
        name = String(argument[..<separator])
        do throws(HTTPSAddressError) {
            address = try HTTPSAddress(String(argument[argument.index(after: separator)...]))
        } catch {
            return nil
        }
        guard !address.target.contains("?"), !address.target.contains("{") else { return nil }
    }
}

/// A length of time: `90`, `90s`, `5m`, `1h`.
struct TimeSpan: ExpressibleByArgument {
    var seconds: Double

    /// Shown in the help.
    var defaultValueDescription: String { "\(Int(seconds / 60))m" }

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        var digits = argument
        var unit = 1.0
        if let last = digits.last, let factor = units[last] {
            unit = factor
            digits.removeLast()
        }
        guard let number = Double(digits), number > 0, number * unit <= 1e6 else { return nil }
        seconds = number * unit
    }
}
