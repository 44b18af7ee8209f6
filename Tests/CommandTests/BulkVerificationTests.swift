import Foundation
import Store
import TestSupport
import Testing

/// `audit --verify` and `verify --store`: about each secret once, and again what was live.
struct BulkVerificationTests {
    private let provider = TestProvider.shared
    private let world = AuditWorld()

    private var options: [String] {
        [
            "--allow-private-addresses", "--endpoint", "mistral=https://127.0.0.1:\(provider.port("main"))",
            "--verify-rate", "100",
        ]
    }
    private var environment: [String: String] {
        ["SSL_CERT_FILE": provider.authority, "HTTPS_PROXY": "", "https_proxy": "", "ALL_PROXY": "", "all_proxy": ""]
    }

    private func run(_ arguments: [String]) -> Command.Outcome {
        world.run(arguments + options, environment: environment)
    }

    private func key(_ beginning: String, _ seed: UInt64) -> String {
        String((beginning + RandomKey(seed).description).prefix(32))
    }

    private func line(_ key: String) -> String { "MISTRAL_API_KEY=\(key)\n" }

    private var store: String { world.directory("state/windsock/audit.sqlite") }

    private func requests(_ key: String) -> Int { provider.requests(with: key).count }

    @Test func eachSecretIsAskedAboutOnce() throws {
        let (live, dead) = (key("live", 2530), key("dead", 2531))
        for name in ["a", "b", "c"] { world.repository(name, [".env": line(live), "b.env": line(dead)]) }
        let outcome = run(["audit", "repositories", "--verify", "--format", "json"])
        #expect(outcome.status == 4, "\(outcome)")
        #expect(requests(live) == 1 && requests(dead) == 1)
        let secrets = try world.content().secrets
        let facts = secrets.flatMap { $0.verification?.identity ?? [] }
        #expect(facts.map(\.name) == ["models"])
        #expect(facts.first?.value.contains("fine-tunes of acme0001") == true)
        // What is known of whose it is stands in reports, but not in what is made to be read below a pull request.
        #expect(!world.run(["report", "--format", "markdown"]).output.contains("acme0001"))
        for format in ["text", "json", "sarif", "html", "csv"] {
            let report = world.run(["report", "--format", format])
            #expect(report.output.contains("fine-tunes of acme0001"), "\(format)")
        }
    }

    @Test func theBudgetIsOverAllRepositories() throws {
        let keys = (0..<4).map { key("live", 2540 + $0) }
        for (number, key) in keys.enumerated() { world.repository("r\(number)", [".env": line(key)]) }
        let outcome = run(["audit", "repositories", "--verify", "--verify-host-requests", "2"])
        #expect(outcome.status == 4, "\(outcome)")
        #expect(keys.map(requests).reduce(0, +) == 2)
        let results = try world.content().secrets.compactMap { $0.verification?.reason }
        #expect(results.count { $0.contains("budget") } == 2, "\(results)")
    }

    @Test func whatWasLiveIsAskedAboutAgain() throws {
        let (live, dead) = (key("live", 2550), key("dead", 2551))
        let story = world.repository("a", [".env": line(live), "b.env": line(dead)])
        // It stands in the history alone by now.
        story.write([".env": "MISTRAL_API_KEY=$(vault)\n"]).commit("away")
        #expect(run(["audit", "repositories", "--verify"]).status == 4)
        let outcome = run(["verify", "--store", store])
        #expect(outcome.status == 4, "\(outcome)")
        #expect(outcome.output.contains("LIVE: ") && outcome.output.contains("whose: models"))
        #expect(outcome.output.contains("1 secret asked about again: 1 live"))
        #expect(requests(live) == 2 && requests(dead) == 1)
        #expect(!outcome.reveals(live))
    }

    @Test func whatIsRotatedAndStillWorksIsOpenAgain() throws {
        let live = key("live", 2560)
        world.repository("a", [".env": line(live)])
        _ = run(["audit", "repositories", "--verify"])
        let fingerprint = try #require(try world.content().secrets.first?.fingerprint).description
        let decided = world.run([
            "triage", fingerprint, "--state", "rotated", "--reason", "new one is in the vault", "--by", "ada",
        ])
        #expect(decided.status == 0, "\(decided)")
        let outcome = run(["verify", "--store", store, "--format", "json"])
        #expect(outcome.status == 4)
        #expect(outcome.output.contains("\"reopened\": 1"), "\(outcome.output)")
        #expect(try world.content().secrets.first?.decision?.state == .open)
    }

    @Test func whatCannotBeReadAgainIsNotKnown() throws {
        let live = key("live", 2570)
        world.repository("a", [".env": line(live)])
        _ = run(["audit", "repositories", "--verify"])
        try FileManager.default.removeItem(atPath: world.directory("repositories/a"))
        let outcome = run(["verify", "--store", store])
        #expect(outcome.status == 3 && outcome.output.contains("NOT ASKED: it could not be read again"), "\(outcome)")
        #expect(requests(live) == 1)
    }

    @Test func aDryRunOfAStoreAsksNobody() throws {
        let live = key("live", 2580)
        world.repository("a", [".env": line(live)])
        _ = run(["audit", "repositories", "--verify"])
        let outcome = run(["verify", "--store", store, "--verify-dry-run"])
        #expect(outcome.status == 0 && outcome.output.contains("none was made"), "\(outcome)")
        #expect(requests(live) == 1 && !outcome.reveals(live))
    }
}
