import TestSupport
import Testing

@testable import WindsockCommand

/// A key that was pasted where a path or a name belongs is not in what the program says.
@Suite struct EchoTests {
    private let key = RandomKey(1220).description

    @Test(arguments: [
        ["scan", "KEY"], ["scan", "--only", "KEY"], ["scan", "--only=KEY"], ["scan", "--format", "KEY"],
        ["scan", "--config", "KEY"], ["scan", "--baseline", "KEY"], ["scan", "--rules", "KEY"],
        ["scan", "--range", "KEY..HEAD"], ["scan", "--history", "--branch", "KEY"], ["scan", "--output", "KEY/x"],
        ["scan", "--min-severity", "KEY"], ["scan", "--fail-on", "KEY"], ["scan", "--report", "KEY"],
        ["scan", "KEY", "OTHER"], ["baseline", "add", "KEY"], ["baseline", "remove", "KEY"],
        ["baseline", "add", "--until", "KEY", "x"], ["baseline", "import", "KEY"], ["hook", "run", "KEY"],
        ["hook", "install", "--", "KEY"], ["rules", "show", "KEY"], ["rules", "check", "KEY"], ["KEY"],
        ["verify", "KEY"], ["scan", "--exclude", "../KEY"], ["scan", "--endpoint", "KEY"],
        ["scan", "password=KEY"], ["scan", "a\nKEY"],
    ]) func noMessageRepeatsAKey(_ arguments: [String]) {
        let story = RepositoryBuilder().commit("first", ["a": "1"])
        let words = arguments.map {
            $0.replacing("KEY", with: key).replacing("OTHER", with: RandomKey(1221).description)
        }
        let outcome = Windsock.run(words, in: story)
        #expect(outcome.status != 0, "\(arguments)")
        #expect(!outcome.reveals(key), "\(arguments): \(outcome)")
    }

    @Test func whatIsNoKeyIsRepeated() {
        let id = "0123456789abcdef0123456789abcdef01234567"
        let secrets = EchoedArguments.secrets(
            in: ["scan", "no/such/path-of-2024.txt", "--only", "mistral-api-key-documented", "--range", "\(id)..HEAD"],
            { _ in false })
        #expect(secrets.isEmpty, "\(secrets)")
        let fingerprint = "v1:71c8621d70b6f2ba9912e09e929ac94d"
        #expect(EchoedArguments.secrets(in: ["baseline", "add", fingerprint], { _ in false }).isEmpty)
        // A file that is there has its name.
        #expect(EchoedArguments.secrets(in: [key], { _ in true }).isEmpty)
        #expect(
            EchoedArguments.masked("there is no \(key)", EchoedArguments.secrets(in: [key], { _ in false }))
                == "there is no \(key.prefix(4))…\(key.suffix(4))")
    }
}
