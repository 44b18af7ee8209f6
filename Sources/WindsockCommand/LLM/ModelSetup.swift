import Findings
import LanguageModel
import Reports
import Verification

/// Which model is asked at which address with which key, out of options and what was chosen before.
struct ModelSetup {
    let address: ModelAddress
    /// `nil`: none was named.
    let model: String?
    /// `nil`: the server gets none.
    let keyVariable: String?
    private let allowsPrivateAddresses: Bool
    private let options: ModelOptions

    static let keyVariable = "MISTRAL_API_KEY"
    /// The cheapest that does it.
    static let standardModel = "mistral-small-latest"

    /// - Parameters:
    ///   - model: That an option has named.
    ///   - choosesAnew: What was chosen before counts as far as it can be read, and is no error.
    init(_ options: ModelOptions, model: String? = nil, choosesAnew: Bool = false) throws(CommandFailure) {
        self.options = options
        // Where options say all, what was chosen has nothing to say, and may be broken.
        let isTold = choosesAnew || options.endpoint != nil && model != nil
        let saved = isTold ? try? ModelChoice.saved() : try ModelChoice.saved()
        let address = try Self.address(
            options.endpoint ?? saved?.endpoint ?? ModelAddress.standard,
            options.endpoint == nil ? "the endpoint in \(ModelChoice.path ?? "")" : "--endpoint")
        self.address = address
        // A key is for the address that it was chosen for, and so is what was allowed.
        let isSaved =
            try saved.map { (saved) throws(CommandFailure) -> Bool in
                try Self.address(saved.endpoint ?? ModelAddress.standard, "the endpoint in \(ModelChoice.path ?? "")")
                    == address
            } ?? false
        self.model = model ?? saved?.model
        keyVariable =
            options.keyEnv ?? (isSaved ? saved?.keyVariable : nil) ?? (address.isMistral ? Self.keyVariable : nil)
        allowsPrivateAddresses = options.allowPrivateAddresses || isSaved && saved?.allowsPrivateAddresses == true
        let words = [self.model ?? "", address.https.target, address.https.host]
        // A path may lead through a digest: gateways number their accounts so.
        if RandomRuns.masked(words[0]) != words[0] || RandomRuns.masked(path: words[1]) != words[1]
            || keyValues.contains(where: { key in words.contains { Array($0.utf8).firstRange(of: key) != nil } })
        {
            throw CommandFailure(
                "the model's name or the address holds what may be a key, which goes into a variable alone (--key-env)")
        }
        if let model, !ModelClient.isName(model) {
            throw CommandFailure("the model's name is none: it is empty, too long, or has spaces in it")
        }
    }

    private static func address(_ text: String, _ source: String) throws(CommandFailure) -> ModelAddress {
        do throws(ModelAddressError) {
            return try ModelAddress(text)
        } catch {
            throw CommandFailure("the address of \(source) \(error)")
        }
    }

    /// What is written down as chosen.
    func choice(_ model: String) -> ModelChoice {
        let isStandard = address.description == ModelAddress.standard + "/"
        return ModelChoice(
            model: model, endpoint: isStandard ? nil : address.description,
            keyVariable: keyVariable == (address.isMistral ? Self.keyVariable : nil) ? nil : keyVariable,
            allowsPrivateAddresses: allowsPrivateAddresses)
    }

    /// Reads the key, and says so if something was pasted along with it.
    func client() throws(CommandFailure) -> (client: ModelClient, key: [UInt8]?) {
        _ = ProcessProtection.apply()
        installInterruptHandlers()
        let key = try key()
        var network = NetworkSettings(variable: Environment.value)
        network.allowsPrivateAddresses = allowsPrivateAddresses
        network.userAgent = "windsock/\(Windsock.version)"
        network.timeout = options.timeout.seconds
        var log: AuditLog?
        if let path = options.auditLog {
            do throws(AuditLogError) {
                log = try AuditLog(path: path)
            } catch {
                throw CommandFailure("\(error)")
            }
        }
        let client = ModelClient(
            ModelClient.Settings(address: address, key: key, network: network), auditLog: log,
            isInterrupted: { interruption.isRequested })
        return (client, key?.withBytes { Array($0) })
    }

    private func key() throws(CommandFailure) -> SecretBuffer? {
        guard let keyVariable else { return nil }
        let input: KeyInput
        do throws(CommandFailure) {
            input = try KeyInput(variable: keyVariable)
        } catch {
            var hint =
                "make a key at https://console.mistral.ai (API Keys) and put it into that variable, or ask a model on this machine: --endpoint http://localhost:11434"
            if !address.isMistral { hint = "put the key into that variable, or leave --key-env out" }
            throw CommandFailure("no key: \(error); \(hint)")
        }
        if let trimming = input.trimming {
            StandardError.write("windsock: \(trimming) around the key in \(keyVariable) was left out\n")
        }
        return input.secret
    }

    /// The values of the variables that hold keys, which stand in no request, with and without an asking.
    var keyValues: [[UInt8]] {
        Set([keyVariable, options.keyEnv, Self.keyVariable].compactMap { $0 }).compactMap { Environment.value($0) }.map
        {
            Array($0.utf8.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
        }.filter { $0.count >= 6 }
    }

    /// What there is to know before something is sent; `nil`: nothing.
    var notice: String? {
        address.isMistral
            ? "a key of Mistral's free tier may let them train on what is sent; paid plans do not by default" : nil
    }
}

extension CommandFailure {
    /// - Parameter attempt: What was tried.
    init(_ failure: ModelFailure, attempt: String) {
        self.init("\(attempt): \(failure)", code: .findings)
    }
}
