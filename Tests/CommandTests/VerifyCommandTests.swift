import Foundation
import TestSupport
import Testing

/// The command against the servers of `TestProvider`; the provider's host is put there by `--endpoint`.
struct VerifyCommandTests {
    private let provider = TestProvider.shared
    private let folder = TemporaryDirectory()

    private var base: String { "https://127.0.0.1:\(provider.port("main"))" }
    private var network: [String] {
        ["--allow-private-addresses", "--endpoint", "mistral=\(base)", "--verify-rate", "100"]
    }
    private var environment: [String: String] {
        ["SSL_CERT_FILE": provider.authority, "HTTPS_PROXY": "", "https_proxy": "", "ALL_PROXY": "", "all_proxy": ""]
    }

    private func verify(
        _ arguments: [String] = [], input: String = "", variables: [String: String] = [:]
    ) -> Command.Outcome {
        Windsock.run(
            ["verify"] + network + arguments, in: folder, environment: environment.merging(variables) { $1 },
            input: input)
    }

    /// A key of Mistral's shape with a beginning that the server knows.
    private func key(_ beginning: String, _ seed: UInt64) -> String {
        String((beginning + RandomKey(seed).description).prefix(32))
    }

    private struct Report: Decodable {
        struct Models: Decodable {
            var count: Int
            var families: [String]
            var fineTuneOrganizations: [String]
        }
        struct Latency: Decodable {
            var requests: Int
            var minimumSeconds: Double
            var medianSeconds: Double
        }
        var rule: String
        var verdict: String
        var reason: String
        var status: Int?
        var trimmed: Bool
        var help: String?
        var models: Models?
        var latency: Latency?
    }

    private func report(_ outcome: Command.Outcome) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    }

    // MARK: One key

    @Test func aLiveKeyIsToldWithModelsAndLatency() throws {
        let key = key("live", 1)
        let outcome = verify(["--format", "json"], input: key + "\n")
        #expect(outcome.status == 4, "\(outcome.errors)")
        let report = try report(outcome)
        #expect(report.rule == "mistral-api-key" && report.verdict == "live" && report.status == 200)
        #expect(!report.trimmed)
        #expect(report.models?.count == 5)
        #expect(report.models?.families == ["Large", "Small", "Codestral", "embeddings"])
        #expect(report.models?.fineTuneOrganizations == ["acme0001"])
        #expect(report.latency?.requests == 3)
        #expect((report.latency?.minimumSeconds ?? 9) <= (report.latency?.medianSeconds ?? 0))
        #expect(!outcome.reveals(key))
        let text = verify(input: key)
        #expect(
            text.output.contains("LIVE") && text.output.contains("fine-tunes of acme0001")
                && text.output.contains("median"))
        #expect(!text.reveals(key))
    }

    @Test(
        arguments: [
            ("dead", 0, "dead", "revoked"), ("less", 4, "restricted", "plan"),
            ("page", 3, "unknown", "another network"),
            ("none", 4, "live", "no model"),
        ] as [(String, Int32, String, String)])
    func everyVerdictHasItsExitCodeAndHelp(beginning: String, code: Int32, verdict: String, help: String) throws {
        let key = key(beginning, 2)
        let outcome = verify(["--format", "json"], input: key)
        #expect(outcome.status == code)
        let report = try report(outcome)
        #expect(report.verdict == verdict)
        #expect(report.help?.contains(help) == true, "\(report.help ?? "")")
        #expect(!outcome.reveals(key))
    }

    @Test func whiteSpaceAndQuotesAreLeftOutAndTold() throws {
        let key = key("live", 3)
        for input in [" \(key)\n", "\(key) \n", "\t\(key)\r\n", "\u{feff}\(key)", "\"\(key)\"\n", "\(key)\u{a0}\n\n"] {
            #expect(
                try report(verify(["--format", "json", "--requests", "1"], input: input)).trimmed,
                "\(input.debugDescription)")
        }
        for input in [key, "\(key)\n", "\(key)\r\n"] {
            #expect(try !report(verify(["--format", "json", "--requests", "1"], input: input)).trimmed)
        }
        #expect(verify(input: " \(key)").output.contains("white space"))
    }

    @Test func aKeyComesOutOfAVariable() throws {
        let key = key("live", 4)
        let outcome = verify(["--env", "MY_KEY", "--format", "json"], variables: ["MY_KEY": key])
        #expect(try report(outcome).verdict == "live")
        let missing = verify(["--env", "NOT_SET"])
        #expect(missing.status == 2 && missing.errors.contains("NOT_SET"))
    }

    @Test func aKeyIsNoArgumentAndIsNotRepeated() {
        let key = key("live", 5)
        let outcome = verify([key])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--env"))
        #expect(!outcome.reveals(key))
    }

    @Test(arguments: ["", "\n", "two keys", "two\nkeys"])
    func whatIsNotOneKeyIsWrongUsage(input: String) {
        let outcome = verify(input: input)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("standard input"))
    }

    @Test func aKeyThatNoRuleKnowsIsSentNowhere() {
        let outcome = Windsock.run(["verify"], in: folder, environment: environment, input: "hunter2hunter2hunter2")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--rule") && !outcome.errors.contains("hunter2"))
        #expect(verify(["--rule", "no-such-rule"], input: key("live", 6)).errors.contains("no-such-rule"))
    }

    @Test func aPrivateAddressNeedsToBeAllowed() throws {
        let key = key("live", 7)
        let outcome = Windsock.run(
            ["verify", "--endpoint", "mistral=\(base)", "--format", "json"], in: folder, environment: environment,
            input: key)
        #expect(outcome.status == 3)
        #expect(try report(outcome).reason.contains("not of the public internet"))
        #expect(provider.requests(with: key).isEmpty)
    }

    @Test func aDryRunShowsTheRequestAndMakesNone() {
        let key = key("live", 8)
        let outcome = verify(["--verify-dry-run"], input: key)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("GET \(base)/v1/models"))
        #expect(outcome.output.contains("Authorization: Bearer \(key.prefix(4))…\(key.suffix(4))"))
        #expect(!outcome.reveals(key))
        #expect(provider.requests(with: key).isEmpty)
    }

    @Test(arguments: [
        "mistral=http://127.0.0.1", "mistral", "=https://a", "mistral=https://u:p@a", "mistral=https://a/?b",
    ])
    func anEndpointIsHTTPSAndNothingElse(endpoint: String) {
        let outcome = Windsock.run(
            ["verify", "--endpoint", endpoint], in: folder, environment: environment, input: "k")
        #expect(outcome.status == 2)
    }

    @Test func anEndpointOfNobodyIsWrongUsage() {
        let outcome = Windsock.run(
            ["verify", "--endpoint", "nobody=https://a.example"], in: folder, environment: environment,
            input: key("live", 9))
        #expect(outcome.status == 2 && outcome.errors.contains("nobody"))
    }

    @Test func aProcessThatVerifiesLeavesNoTrace() {
        let key = key("slow", 13)
        let arguments = (["verify"] + network).joined(separator: " ")
        let outcome = Windsock.shell(
            """
            printf %s "$KEY" > key
            "$windsock" \(arguments) < key > /dev/null & pid=$!
            unset KEY
            sleep 1
            grep 'core file' /proc/$pid/limits
            tr '\\0' ' ' < /proc/$pid/cmdline
            wait $pid
            test -e keys.log && echo logged
            exit 0
            """, in: folder,
            environment: environment.merging(["KEY": key, "SSLKEYLOGFILE": folder("keys.log")]) { $1 })
        #expect(outcome.output.contains("Max core file size        0                    0"), "\(outcome.output)")
        #expect(outcome.output.contains("verify") && !outcome.reveals(key))
        #expect(!outcome.output.contains("logged"))
        #expect(!provider.requests(with: key).isEmpty)
    }

    // MARK: Rotation

    @Test(
        arguments: [
            ("live", "dead", 0, "done"), ("live", "live", 4, "step 2"), ("dead", "live", 1, "step 1"),
            ("less", "dead", 1, "step 1"),
            ("page", "dead", 3, "not known"), ("live", "page", 3, "not known"),
        ] as [(String, String, Int32, String)])
    func theExitCodeSaysWhichStepOfARotationFailed(new: String, old: String, code: Int32, words: String) {
        let variables = ["OLD": key(old, 10), "NEW": key(new, 11)]
        let outcome = verify(["--rotation", "--old-env", "OLD", "--new-env", "NEW"], variables: variables)
        #expect(outcome.status == code, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains(words))
        for key in variables.values { #expect(!outcome.reveals(key)) }
    }

    @Test func theSameKeyTwiceIsNoRotation() {
        let key = key("live", 12)
        let outcome = verify(
            ["--rotation", "--old-env", "OLD", "--new-env", "NEW"], variables: ["OLD": key, "NEW": key])
        #expect(outcome.status == 2 && outcome.errors.contains("same key"))
    }

    // MARK: Findings

    private func scan(_ arguments: [String], format: String = "json") -> Command.Outcome {
        Windsock.run(["scan", "--format", format] + network + arguments, in: folder, environment: environment)
    }

    @Test func aScanCarriesVerdictsIntoEveryFormat() throws {
        let (live, dead) = (key("live", 20), key("dead", 21))
        folder.write("a/.env", "MISTRAL_API_KEY=\(live)\n")
        folder.write("b/.env", "MISTRAL_API_KEY=\(dead)\n")
        folder.write("c/.env", "MISTRAL_API_KEY=\(live)\n")
        for format in ["text", "json", "jsonl", "sarif", "gitlab", "junit", "csv", "html"] {
            let outcome = scan(["--verify"], format: format)
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.output.contains("live") && outcome.output.contains("dead"), "\(format)")
            #expect(!outcome.reveals(live) && !outcome.reveals(dead))
        }
        #expect(provider.requests(with: live).count == 8, "one request a run")
    }

    @Test func withoutVerifyNobodyIsAsked() {
        let key = key("live", 22)
        folder.write(".env", "MISTRAL_API_KEY=\(key)\n")
        let outcome = scan([])
        #expect(outcome.status == 1)
        #expect(!outcome.output.contains("verification"))
        #expect(scan(["--verify-dry-run"], format: "text").output.contains("GET \(base)/v1/models"))
        #expect(provider.requests(with: key).isEmpty)
    }

    @Test(arguments: [("live", 4), ("less", 4), ("dead", 0), ("page", 3)] as [(String, Int32)])
    func failOnLiveLooksAtLiveKeysAlone(beginning: String, code: Int32) {
        folder.write(".env", "MISTRAL_API_KEY=\(key(beginning, 23))\n")
        #expect(scan(["--verify", "--fail-on", "live"]).status == code)
        #expect(scan(["--verify", "--fail-on", "any"]).status == (code == 4 ? 4 : 1))
    }

    @Test func failOnLiveNeedsVerification() { #expect(scan(["--fail-on", "live"]).status == 2) }

    @Test func canariesAndTheAuditLog() throws {
        let (canary, other) = (key("live", 24), key("dead", 25))
        folder.write("tree/a.env", "MISTRAL_API_KEY=\(canary)\nMISTRAL_KEY=\(other)\n")
        let report = try Scan(scan(["tree"])).report
        let fingerprint = try #require(report.findings.first { $0.redacted.hasSuffix(canary.suffix(4)) }).fingerprint
        folder.write("canaries", "# never\n\(fingerprint)  the honeypot\n")
        let outcome = scan(["tree", "--verify", "--verify-exclude", folder("canaries"), "--audit-log", folder("audit")])
        #expect(outcome.status == 1, "\(outcome.errors)")
        #expect(outcome.output.contains("never sent anywhere"))
        #expect(provider.requests(with: canary).isEmpty)
        let log = String(decoding: folder.read("audit"), as: UTF8.self).split(separator: "\n")
        #expect(log.count == 2)
        #expect(log.allSatisfy { $0.contains("\"mistral-api-key\"") && !$0.contains(other) })
        folder.write("canaries", "v1:typo\n")
        let typo = scan(["tree", "--verify", "--verify-exclude", folder("canaries")])
        #expect(typo.status == 2 && typo.errors.contains("canaries:1"))
        #expect(scan(["tree", "--verify", "--audit-log", "/nonexistent/log"]).status == 2)
    }

    @Test func aRepositorysOwnConfigurationCannotSayWhereKeysGo() {
        let key = key("live", 26)
        folder.write(".env", "ACME_KEY=acme_\(key)\n")
        folder.write(
            ".windsock.toml",
            """
            [[rules]]
            id = "acme-api-key"
            provider = "Acme"
            regex = '''acme_[A-Za-z0-9]{32}'''
            keywords = ["acme_"]
            confidence = "high"
            [rules.verify]
            url = "\(base)/v1/me"
            headers = { Authorization = "Bearer {{secret}}" }
            [[rules.verify.answers]]
            status = [200]
            has = ["data"]
            verdict = "live"
            """)
        let arguments = ["scan", "--verify", "--allow-private-addresses"]
        let found = Windsock.run(arguments, in: folder, environment: environment)
        #expect(found.status == 1)
        #expect(found.errors.contains("must not say where"))
        #expect(provider.requests(with: key).isEmpty)
        let named = Windsock.run(arguments + ["--config", ".windsock.toml"], in: folder, environment: environment)
        #expect(named.status == 4, "\(named.output)\(named.errors)")
        #expect(provider.requests(with: key).count == 1)
    }

    // MARK: Revocation

    private func revoke(_ arguments: [String]) -> Command.Outcome {
        Windsock.run(
            ["revoke", "--allow-private-addresses", "--endpoint", "mistral=\(base)"] + arguments, in: folder,
            environment: environment.merging(["MISTRAL_ADMIN_API_KEY": "adminKEY0123456789"]) { $1 })
    }

    @Test func revocationShowsTheKeyAndDeletesItOnlyWithYes() {
        let log = ["--audit-log", folder("audit")]
        let dry = revoke(["--last-four", "PSIH"] + log)
        #expect(dry.status == 0, "\(dry.errors)")
        for text in ["abcd...PSIH", "k-0", "ferry", "grace@ferry.example", "2026-01-02", "nothing was deleted"] {
            #expect(dry.output.contains(text))
        }
        #expect(provider.requests(with: "/v1/admin/api-keys/k-0").isEmpty)
        let done = revoke(["--last-four", "PSIH", "--yes"] + log)
        #expect(done.status == 0 && done.output.contains("deleted"))
        #expect(provider.requests(with: "/v1/admin/api-keys/k-0").map(\.method) == ["DELETE"])
        let lines = String(decoding: folder.read("audit"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.last?.contains("\"verdict\":\"deleted\"") == true)
        #expect(!lines.contains { $0.contains("adminKEY") })
    }

    @Test func revocationOfSeveralOrNoKeysDeletesNothing() {
        let twins = revoke(["--last-four", "twin", "--yes"])
        #expect(twins.status == 1 && twins.errors.contains("--key-id"))
        #expect(revoke(["--last-four", "none", "--yes"]).status == 1)
        #expect(provider.requests(with: "api-keys/k-1").isEmpty && provider.requests(with: "api-keys/k-2").isEmpty)
        #expect(revoke(["--last-four", "twin", "--key-id", "k-2", "--yes"]).status == 0)
        #expect(provider.requests(with: "api-keys/k-2").count == 1)
    }

    @Test func aFingerprintLeadsToTheKeysEnd() throws {
        let key = RandomKey(30).description.dropLast(4) + "PSIH"
        folder.write("tree/.env", "MISTRAL_API_KEY=\(key)\n")
        let report = Windsock.run(["scan", "tree", "--format", "json"], in: folder)
        folder.write("report.json", report.output)
        let fingerprint = try #require(Scan(report).report.findings.first).fingerprint
        #expect(revoke([fingerprint, "--report", folder("report.json")]).output.contains("abcd...PSIH"))
        #expect(revoke([fingerprint, "--repository", folder("tree")]).output.contains("abcd...PSIH"))
        let unknown = revoke(["v1:" + String(repeating: "0", count: 32), "--report", folder("report.json")])
        #expect(unknown.status == 2)
        #expect(provider.requests(with: String(key)).isEmpty)
    }

    @Test func aWholeKeyIsNoArgumentOfARevocation() {
        let key = RandomKey(31).description
        for arguments in [["--last-four", key], [key]] {
            let outcome = revoke(arguments)
            #expect(outcome.status == 2 && !outcome.reveals(key))
        }
    }
}
