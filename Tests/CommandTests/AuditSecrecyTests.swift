import Foundation
import Store
import TestSupport
import Testing

/// Keys that people put into what repositories are called.
@Suite struct AuditSecrecyTests {
    let key = RandomKey(2472)
    let other = RandomKey(2471)
    let world = AuditWorld()

    private func expectNothing(of secret: String, in outcomes: [Command.Outcome]) throws {
        #expect(!outcomes.contains { $0.reveals(secret) })
        #expect(try world.bytesOfStore().range(of: Data(secret.utf8)) == nil)
        let files = FileManager.default.enumerator(atPath: world.directory("cache"))
        #expect(files?.contains { ($0 as? String)?.contains(secret) == true } != true)
    }

    private func reports() -> [Command.Outcome] {
        ["text", "json", "sarif", "html", "csv"].map { world.run(["report", "--format", $0]) }
            + [world.run(["report"]), world.run(["report", "--group-by", "repository"])]
    }

    /// Where the key that is found stands in the name of its own folder, and another in the origin of a second repository.
    @Test func namesOfRepositoriesAreKeptWithoutSecrets() throws {
        world.repository("shop-\(key)", [".env": key.line])
        let second = world.repository("b", [".env": key.line])
        second.git("remote", "add", "origin", "https://forge.example.org/\(other)/shop.git")
        let outcomes = [
            world.run(["audit", "repositories"]), world.run(["audit", "repositories"]),
            world.run(["scan", "--history", "-C", "repositories/shop-\(key)", "--store", "state/windsock/audit.sqlite"]
            ),
        ]
        #expect(outcomes[1].output.contains("0 scanned, 2 as they were"), "\(outcomes[1].output)")
        for secret in [key.description, other.description] {
            try expectNothing(of: secret, in: outcomes + reports())
        }
        let content = try world.content()
        #expect(content.repositories.count == 2)
        #expect(content.repositories.values.contains { $0.key.hasPrefix("https://forge.example.org/") })
    }

    /// Two that differ in what is masked are two.
    @Test func whatIsMaskedIsToldApart() throws {
        let twin = key.description.prefix(4) + other.description.dropFirst(4).dropLast(4) + key.description.suffix(4)
        world.repository("\(key)", ["README": "text\n"])
        world.repository("\(twin)", ["README": "text\n"])
        _ = world.run(["audit", "repositories"])
        #expect(try world.content().repositories.count == 2)
    }

    @Test func addressesAreToldWithoutTheirSecrets() throws {
        world.repository("\(key)/shop", [".env": other.line])
        let folder = world.directory("repositories")
        world.directory.write(
            "list",
            """
            file://\(folder)/\(key)/shop
            file://\(folder)/\(key)/nowhere
            https://127.0.0.1:1/x/y?private_token=\(key)
            http://user:\(key)@127.0.0.1:1/x/y
            https://127.0.0.1:1/\(key)/y
            """)
        let outcome = world.run(["audit", "list", "--no-wikis"])
        #expect(outcome.output.contains("1 scanned, 4 failed"), "\(outcome.output)")
        #expect(outcome.output.contains("an address with a query"))
        try expectNothing(of: key.description, in: [outcome] + reports())
    }
}
