import Platform
import TestSupport
import Testing

/// A repository whose hooks are tried by real commits, with the built `windsock` in PATH.
struct HookStory {
    let repository: RepositoryBuilder
    let key: RandomKey

    /// - Parameter seed: Of the key.
    init(_ seed: UInt64, repository: RepositoryBuilder = RepositoryBuilder().commit("first", ["a": "1"])) {
        self.repository = repository
        key = RandomKey(seed)
    }

    static let path = Windsock.folder + ":" + pathWithout

    /// A PATH in which there is no windsock.
    static let pathWithout = (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin").split(separator: ":")
        .filter { access("\($0)/windsock", X_OK) != 0 }.joined(separator: ":")

    /// Variables that keep the machine's settings out of git and windsock, both of which run the other.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        var variables = RepositoryBuilder.environment(time: RepositoryBuilder.start)
        variables.merge(Windsock.environment) { $1 }
        variables["PATH"] = Self.path
        return variables.merging(more) { $1 }
    }

    /// `windsock hook …`
    func windsock(_ arguments: String..., environment: [String: String] = [:]) -> Command.Outcome {
        Windsock.run(["hook"] + arguments, in: repository, environment: self.environment(environment))
    }

    func git(_ arguments: String..., environment: [String: String] = [:]) -> Command.Outcome {
        repository.run(arguments, environment: self.environment(environment), allowsFailure: true)
    }

    /// Runs a shell's script at the top of the repository.
    @discardableResult
    func shell(_ script: String) -> Command.Outcome {
        let outcome = Windsock.shell(script, in: repository, environment: environment())
        #expect(outcome.status == 0, "\(script): \(outcome.errors)")
        return outcome
    }

    /// Writes an executable script.
    func script(_ name: String, _ body: String, interpreter: String = "#!/bin/sh") {
        repository.directory.write(repository.relative(name), "\(interpreter)\n\(body)\n")
        Command.run(["chmod", "+x", repository.directory(repository.relative(name))]).expectSuccess()
    }

    func content(_ name: String) -> String {
        String(decoding: repository.directory.read(repository.relative(name)), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { access(repository.directory(repository.relative(name)), F_OK) == 0 }

    /// Brings everything into a commit without any hook.
    func keep() {
        repository.git("add", "--all")
        repository.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--allow-empty", "--message", "keep")
    }

    // MARK: What hooks do

    /// Tries to commit a key, and takes it away again.
    func commitOfAKey(environment: [String: String] = [:]) -> Command.Outcome {
        repository.stage(["leak.env": key.line])
        let outcome = git("commit", "--quiet", "-m", "leak", environment: environment)
        if outcome.status == 0 { repository.git("reset", "--quiet", "--soft", "HEAD~1") }
        repository.stage(["leak.env": nil])
        return outcome
    }

    /// Whether a commit of a key is refused by windsock, which says so once.
    func refusesAKey(environment: [String: String] = [:]) -> Bool {
        let outcome = commitOfAKey(environment: environment)
        #expect(!outcome.reveals(key.description))
        guard outcome.status != 0 else { return false }
        let said = outcome.output + outcome.errors
        // Once, whatever ways lead to windsock.
        #expect(said.ranges(of: "HIGH  mistral-api-key").count == 1, "said by others, or twice: \(said)")
        return true
    }

    func expectRefused(_ outcome: Command.Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(outcome.status != 0, sourceLocation: sourceLocation)
        #expect((outcome.output + outcome.errors).contains("mistral-api-key"), sourceLocation: sourceLocation)
        #expect(!outcome.reveals(key.description), sourceLocation: sourceLocation)
    }
}
