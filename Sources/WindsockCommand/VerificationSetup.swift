import Findings
import Rules
import Verification

/// Makes what asks providers out of what options say.
struct VerificationSetup {
    private let options: VerificationOptions

    init(_ options: VerificationOptions) { self.options = options }

    /// - Parameter rules: What an endpoint's name can refer to.
    func verifierOptions(_ rules: [Rule]) throws(CommandFailure) -> VerifierOptions {
        var network = NetworkSettings(variable: Environment.value)
        network.allowsPrivateAddresses = options.allowPrivateAddresses
        network.userAgent = "windsock/\(Windsock.version)"
        var result = VerifierOptions(network: network)
        for argument in options.endpoint {
            result.endpoints.set(argument.name, argument.address)
            var one = Endpoints()
            one.set(argument.name, argument.address)
            guard rules.contains(where: { $0.verification != nil && one.isFor($0) }) else {
                throw CommandFailure(
                    "--endpoint \(argument.name): no rule that can be verified is of this provider; `windsock rules list` names providers"
                )
            }
        }
        result.rate = options.verifyRate
        result.budgetSeconds = options.verifyBudget.seconds
        result.budgetRequests = options.verifyRequests
        result.requestsOfEachHost = options.verifyHostRequests ?? .max
        for text in options.verifyExclude { result.excluded.formUnion(try Self.fingerprints(text)) }
        return result
    }

    func openAuditLog() throws(CommandFailure) -> AuditLog? {
        guard let path = options.auditLog, !options.verifyDryRun else { return nil }
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
                    "\(text):\(index + 1): a line must begin with a fingerprint, \(Fingerprint.form)")
            }
            result.append(String(first))
        }
        return result
    }
}
