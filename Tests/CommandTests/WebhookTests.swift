import Foundation
import TestSupport
import Testing

/// `windsock report --webhook KIND --send`: a message goes where a variable or a file says, and nowhere else.
@Suite struct WebhookTests {
    let key = RandomKey(2480)
    let world = AuditWorld()
    let provider = TestProvider.shared
    /// Part of the address that nobody may see.
    let token = "T0K3N" + String(UInt64.random(in: 1...UInt64.max), radix: 36)

    init() {
        world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
    }

    private func send(
        _ address: String, _ kind: String = "slack", options: [String] = ["--allow-private-addresses"]
    ) -> Command.Outcome {
        world.run(
            ["report", "--webhook", kind, "--send", "HOOK"] + options,
            environment: ["HOOK": address, "SSL_CERT_FILE": provider.authority])
    }

    private var secure: String { "https://127.0.0.1:\(provider.port("main"))" }

    @Test(arguments: ["slack", "teams", "generic"]) func theMessageIsPosted(kind: String) throws {
        let outcome = send("\(secure)/answer?status=200&token=\(token)", kind)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors == "windsock: the message was sent to 127.0.0.1:\(provider.port("main"))\n")
        let requests = provider.requests(with: token)
        #expect(requests.count == 1 && requests[0].method == "POST")
        #expect(requests[0].headers?["content-type"] == "application/json")
        let body = requests[0].body ?? ""
        #expect(body == world.run(["report", "--webhook", kind]).output && !body.contains(key.description))
    }

    @Test func withoutBeingToldNothingIsSent() {
        let outcome = world.run(["report", "--webhook", "slack"], environment: ["HOOK": "\(secure)/\(token)"])
        #expect(outcome.status == 0 && outcome.output.hasPrefix("{") && provider.requests(with: token).isEmpty)
    }

    @Test func aFileMayHaveTheAddress() throws {
        world.directory.write("hook", "\n  \(secure)/answer?status=204&token=\(token)\n")
        let outcome = world.run(
            ["report", "--webhook", "generic", "--send", "@hook", "--allow-private-addresses"],
            environment: ["SSL_CERT_FILE": provider.authority])
        #expect(outcome.status == 0 && provider.requests(with: token).count == 1, "\(outcome)")
    }

    @Test func httpGoesToThisMachineAlone() {
        let plain = send(
            "http://127.0.0.1:\(provider.port("model"))/status/200/\(token)/v1/chat/completions", options: [])
        #expect(plain.status == 0, "\(plain)")
        let far = send("http://hooks.example/\(token)")
        #expect(far.status == 2 && far.errors.contains("is http and not of this machine"))
        #expect(!far.reveals(token))
    }

    @Test(arguments: [
        ("answer?status=404", "HTTP 404"), ("answer?status=429", "too many messages"),
        ("answer?status=500", "HTTP 500"),
        ("redirect?status=302&to=https://127.0.0.1/elsewhere", "is not followed"),
    ]) func whatIsNotTakenIsCodeThree(path: String, words: String) {
        let outcome = send("\(secure)/\(path)&token=\(token)")
        #expect(outcome.status == 3 && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!outcome.reveals(token) && !outcome.errors.contains("elsewhere"))
        #expect(provider.requests(with: token).count == 1)
    }

    @Test func privateAddressesAreRefusedUnlessTheyAreMeant() {
        let outcome = send("\(secure)/answer?status=200&token=\(token)", options: [])
        #expect(outcome.status == 3 && outcome.errors.contains("--allow-private-addresses"))
        #expect(provider.requests(with: token).isEmpty && !outcome.reveals(token))
    }

    @Test func whatIsNoAddressIsNotShown() {
        for address in ["", token, "ftp://host/\(token)", "https://u:\(token)@host/", "https://a/ https://\(token)/"] {
            let outcome = send(address)
            #expect(outcome.status == 2 && !outcome.reveals(token), "\(outcome.errors)")
        }
        let given = world.run(["report", "--webhook", "slack", "--send", "https://hooks.example/\(token)"])
        #expect(given.status == 2 && !given.reveals(token) && given.errors.contains("@FILE"), "\(given.errors)")
        for arguments in [
            ["--send", "HOOK"], ["--webhook", "slack", "--send", "@nowhere"],
            ["--webhook", "slack", "--send", "NOT_SET"],
        ] {
            #expect(world.run(["report"] + arguments).status == 2)
        }
    }
}
