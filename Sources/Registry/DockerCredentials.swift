internal import Bytes
internal import FoundationEssentials
internal import Git
internal import Platform
internal import Verification

/// User and password for a registry, as docker and podman keep them.
package struct DockerCredentials: Sendable {
    /// What is sent: `user:password`, wiped when nobody needs it.
    package struct Login: Sendable {
        let pair: SecretBuffer
    }

    /// Why there are none, though a file names the registry, in a sentence without a full stop.
    package struct Failure: Error, Sendable, Hashable {
        package let reason: String
    }

    /// Files that may have them, in the order in which they are asked.
    private let files: [String]
    private let variables: [String: String]

    private static let maximumFile = 1 << 20
    private static let maximumAnswer = 64 << 10
    private static let helperTime = Duration.seconds(15)

    /// - Parameter variables: The environment.
    package init(_ variables: [String: String]) {
        self.variables = variables
        let home = variables["HOME"]
        files = [
            variables["REGISTRY_AUTH_FILE"], variables["DOCKER_CONFIG"].map { $0 + "/config.json" },
            variables["XDG_RUNTIME_DIR"].map { $0 + "/containers/auth.json" },
            home.map { $0 + "/.docker/config.json" }, home.map { $0 + "/.config/containers/auth.json" },
        ].compactMap { $0 }
    }

    /// What is known for a registry; `nil`: nothing.
    package func login(for reference: RegistryReference) throws(Failure) -> Login? {
        for path in files {
            guard access(path, R_OK) == 0, let data = FileManager.default.contents(atPath: path),
                data.count <= Self.maximumFile
            else { continue }
            let root: JSONNode
            do throws(JSONProblem) {
                root = try JSONDocument(Array(data)).root
            } catch {
                throw Failure(reason: "\(path) is not JSON: \(error)")
            }
            if let login = try login(in: root, for: reference, path) { return login }
        }
        return nil
    }

    private func login(
        in root: JSONNode, for reference: RegistryReference, _ path: String
    ) throws(Failure) -> Login? {
        for key in reference.credentialKeys {
            if let helper = root[name: "credHelpers"]?[name: key]?.text { return try ask(helper, for: key) }
        }
        for key in reference.credentialKeys {
            guard let entry = root[name: "auths"]?[name: key] else { continue }
            if entry[name: "identitytoken"]?.text?.isEmpty == false {
                throw Failure(
                    reason:
                        "\(path) has an identity token for \(key), which is not used; log in with a password or an access token"
                )
            }
            if let text = entry[name: "auth"]?.text, !text.isEmpty {
                guard let pair = Data(base64Encoded: text), pair.contains(.colon) else {
                    throw Failure(reason: "what \(path) has for \(key) is no user and password in base64")
                }
                return Login(pair: SecretBuffer(Array(pair).filter { $0 != 0 }))
            }
            if let user = entry[name: "username"]?.text, let password = entry[name: "password"]?.text {
                return Login(pair: SecretBuffer("\(user):\(password)".utf8))
            }
            // An empty entry says that the store has it.
            if let store = root[name: "credsStore"]?.text { return try ask(store, for: key) }
        }
        return nil
    }

    /// Asks a program that keeps passwords, as docker does: the registry on its standard input, the answer as JSON.
    private func ask(_ helper: String, for key: String) throws(Failure) -> Login? {
        guard helper.utf8.allSatisfy({ $0.isAlphanumeric || "-_.".utf8.contains($0) }), !helper.isEmpty else {
            throw Failure(reason: "the credential helper's name is none of a program")
        }
        let name = "docker-credential-\(helper)"
        let program = (variables["PATH"] ?? "").split(separator: ":").lazy.filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }.first { (path: String) in access(path, X_OK) == 0 }
        guard let program else { throw Failure(reason: "the credential helper \(name) is not installed") }
        let outcome = try run(program, name, Array(key.utf8))
        if outcome.isCut { throw Failure(reason: "the credential helper \(name) did not answer in time") }
        // It has none: the registry is asked without.
        return outcome.status == 0 ? try login(inAnswer: outcome.output, of: name) : nil
    }

    private func run(
        _ program: String, _ name: String, _ input: [UInt8]
    ) throws(Failure) -> ChildProcess.BoundedOutcome {
        let environment = variables.map { "\($0.key)=\($0.value)" }
        // A typed error does not come through the closure.
        let result = input.withUnsafeBytes { input -> Result<ChildProcess.BoundedOutcome, SystemError> in
            do throws(SystemError) {
                return .success(
                    try ChildProcess.run(
                        [program, "get"], environment: environment, input: input, maximumOutput: Self.maximumAnswer,
                        maximumTime: Self.helperTime))
            } catch {
                return .failure(error)
            }
        }
        do throws(SystemError) {
            return try result.get()
        } catch {
            throw Failure(reason: "the credential helper \(name) could not be asked: \(error)")
        }
    }

    private func login(inAnswer output: [UInt8], of name: String) throws(Failure) -> Login? {
        let answer: JSONNode
        do throws(JSONProblem) {
            answer = try JSONDocument(output).root
        } catch {
            throw Failure(reason: "the credential helper \(name) did not answer with JSON")
        }
        guard let user = answer[name: "Username"]?.text, let secret = answer[name: "Secret"]?.text else { return nil }
        if user == "<token>" {
            throw Failure(
                reason:
                    "the credential helper \(name) has an identity token, which is not used; log in with a password or an access token"
            )
        }
        return Login(pair: SecretBuffer("\(user):\(secret)".utf8))
    }
}
