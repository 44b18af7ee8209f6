import Foundation
import TestSupport
import Testing

/// `windsock llm` against servers on the loopback address.
@Suite struct LLMCommandTests {
    private let server = ModelServer()
    private let folder = TemporaryDirectory()
    /// Of this test alone: the server remembers what it was asked.
    private let key = RandomKey(.random(in: 1...UInt64.max)).description

    private func llm(_ arguments: [String], _ variables: [String: String] = [:]) -> Command.Outcome {
        let environment = ["XDG_CONFIG_HOME": folder("config"), "MISTRAL_API_KEY": ""]
        return Windsock.run(["llm"] + arguments, in: folder, environment: environment.merging(variables) { $1 })
    }

    private var saved: String { String(decoding: folder.read("config/windsock/llm.json"), as: UTF8.self) }

    @Test func aConnectionIsTestedAndModelsAreListed() {
        let outcome = llm(["test", "--endpoint", server.address()])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("Connection successful: 127.0.0.1:"))
        #expect(outcome.output.contains("\n  mistral-small-latest\n"))
        let models = llm(["models", "--endpoint", server.address() + "/v1"])
        #expect(models.status == 0)
        #expect(models.output.split(separator: "\n").count == 5)
    }

    @Test(
        arguments: [
            ("status/400", "not understood"), ("status/401", "may have expired"), ("status/402", "billing"),
            ("status/403", "billing"), ("status/404", "model's name has changed"), ("status/422", "not understood"),
            ("status/302", "sign-in"), ("status/407", "proxy"), ("html/200", "sign-in"), ("html/403", "billing"),
            ("status/429", "quota"), ("status/500", "status page"), ("status/503", "status page"),
            ("nomodels/1", "at least one model"), ("status/200", "sign-in"),
        ])
    func whatFailsSaysWhatToDo(scenario: String, words: String) {
        let outcome = llm(["test", "--endpoint", server.address(scenario)])
        #expect(outcome.status == 1, "\(scenario)")
        #expect(outcome.errors.contains("connection failed: "), "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(scenario): \(outcome.errors)")
        #expect(!outcome.errors.contains("\u{1b}") && outcome.output.isEmpty)
    }

    @Test func nobodyAtTheOtherEndIsTold() {
        let outcome = llm(["test", "--endpoint", "http://127.0.0.1:1"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("127.0.0.1:1 could not be reached"))
    }

    @Test(arguments: [("expired", "certificate"), ("selfsigned", "certificate"), ("plain", "TLS")])
    func tlsThatDoesNotHoldIsTold(name: String, words: String) {
        let address = "https://127.0.0.1:\(server.provider.port(name))"
        let outcome = llm(
            ["test", "--endpoint", address, "--allow-private-addresses", "--key-env", "K"],
            ["SSL_CERT_FILE": server.provider.authority, "K": key, "HTTPS_PROXY": "", "https_proxy": ""])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(server.provider.requests(with: key).isEmpty && !outcome.reveals(key))
    }

    @Test func privateAddressesHaveToBeAllowed() {
        let variables = [
            "SSL_CERT_FILE": server.provider.authority, "K": key, "HTTPS_PROXY": "", "https_proxy": "",
        ]
        let address = "https://127.0.0.1:\(server.provider.port("main"))"
        let outcome = llm(["test", "--endpoint", address, "--key-env", "K"], variables)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("--allow-private-addresses"))
        #expect(server.provider.requests(with: key).isEmpty)
        let allowed = llm(["test", "--endpoint", address, "--key-env", "K", "--allow-private-addresses"], variables)
        #expect(allowed.status == 0, "\(allowed.errors)")
        #expect(server.provider.requests(with: key).first?.headers?["authorization"] == "Bearer \(key)")
    }

    @Test(
        arguments: [
            "http://gateway.example", "http://192.168.1.1:11434", "http://localhost.example", "gateway.example",
            "https://user:pw@gateway.example", "https://gateway.example/?a=b",
        ])
    func anAddressThatAnybodyCouldReadIsWrongUsage(address: String) {
        let outcome = llm(["test", "--endpoint", address])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--endpoint"))
        #expect(!outcome.errors.contains("user:pw"))
    }

    @Test func mistralsKeyGoesToMistralAlone() {
        let variables = ["MISTRAL_API_KEY": key]
        #expect(llm(["test", "--endpoint", server.address()], variables).status == 0)
        #expect(server.provider.requests(with: key).isEmpty)
        // Unless somebody says so.
        #expect(llm(["test", "--endpoint", server.address(), "--key-env", "MISTRAL_API_KEY"], variables).status == 0)
        #expect(server.provider.requests(with: key).count == 1)
        let missing = llm(["test"])
        #expect(missing.status == 2)
        #expect(missing.errors.contains("MISTRAL_API_KEY") && missing.errors.contains("console.mistral.ai"))
    }

    @Test func aKeyIsNoArgument() {
        for arguments in [["test", "--key-env", key + "="], ["test", key], ["use", "m", "--key", key]] {
            let outcome = llm(arguments)
            #expect(outcome.status == 2)
            #expect(!outcome.reveals(key), "\(arguments.count)")
        }
    }

    @Test func whatWasPastedAlongWithAKeyIsLeftOutAndSaid() {
        let outcome = llm(["test", "--endpoint", server.address(), "--key-env", "K"], ["K": " \"\(key)\" "])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("quotes around the key in K was left out"), "\(outcome.errors)")
        #expect(server.provider.requests(with: key).first?.headers?["authorization"] == "Bearer \(key)")
    }

    @Test func aModelIsChosenWithItsAddressAndNotItsKey() {
        let outcome = llm(
            ["use", "codestral-latest", "--endpoint", server.address(), "--key-env", "K"], ["K": key])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(saved.contains("codestral-latest") && saved.contains("\"K\"") && !saved.contains(key))
        let test = llm(["test"], ["K": key])
        #expect(test.status == 0)
        #expect(test.output.contains("chosen: codestral-latest\n"))
        // The key was chosen for that address.
        let other = llm(["test", "--endpoint", "http://localhost:\(server.provider.port("model"))"], ["K": key])
        #expect(other.status == 0)
        #expect(server.provider.requests(with: key).allSatisfy { $0.headers?["host"]?.hasPrefix("127.0.0.1") == true })
    }

    @Test func aModelThatIsNotThereIsNotChosen() {
        let outcome = llm(["use", "codestral-lates", "--endpoint", server.address()])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("did you mean codestral-latest?"))
        #expect(folder.read("config/windsock/llm.json").isEmpty)
        #expect(llm(["use", "own-model", "--endpoint", server.address("status/404"), "--unchecked"]).status == 0)
        let test = llm(["test", "--endpoint", server.address()])
        #expect(test.status == 1)
        #expect(test.output.contains("own-model, which the server does not list"))
    }

    @Test(arguments: [
        "", "{", "{\"schema\": \"windsock-llm/1\"}", "{\"schema\": \"windsock-llm/1\", \"model\": \"a b\"}",
    ])
    func aBrokenChoiceIsNamed(text: String) {
        folder.write("config/windsock/llm.json", text)
        let outcome = llm(["test"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("llm.json") && outcome.errors.contains("choose again"))
        #expect(llm(["use", "codestral-latest", "--endpoint", server.address()]).status == 0)
        #expect(llm(["test"]).status == 0)
    }
}
