import Findings
import Git
import Rules
import ScanSources
import TestSupport
import Testing

@testable import Hygiene

struct HygieneTests {
    // MARK: Files

    @Test(arguments: [
        ".env", "app/.env", ".env.local", ".env.production", "prod.env", ".env-backup", "certs/server.key", "a.PEM",
        "secrets/db.yaml", "deploy/secrets/token", "secrets/api.txt",
        "release.jks", "app/upload.keystore", "certs/client.p12", "a.PFX", "deploy.ppk", "ssh/id_ed25519",
        "hs_ed25519_secret_key",
        "APP/.ENV", "KEY", "Secrets/DB.YML", "ключи/secrets/token",
        // The sign for kelvin is a letter whose lower case is `k`.
        "a.\u{212A}ey",
    ])
    func filesThatHoldSecretsByTheirKind(path: String) { #expect(SecretFileKind(path: path) != nil) }

    @Test(arguments: [
        ".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", ".env.test", ".env.enc",
        "src/env.ts",
        "tests/server.key", "node_modules/x/.env", "docs/.env", "environment", "key.py", "secrets/main.go", "monkey",
        "secrets.py", "truststore.jks", "cacerts.p12", "android/debug.keystore", "id_ed25519.pub", "tests/a.p12",
        "store.py",
        "app/secrets/README.md", "id.pub.pem",
    ])
    func filesThatDoNot(path: String) { #expect(SecretFileKind(path: path) == nil) }

    private func holds(_ path: String, _ text: String) throws -> Bool {
        let kind = try #require(SecretFileKind(path: path))
        return Array(text.utf8).withUnsafeBytes { kind.holdsSecrets($0) }
    }

    @Test(arguments: [
        "API_KEY=q7Rw2ZxK9mTb4LsV", "export DB_PASSWORD='Tr0ub4dor&3x'",
        "# c\n\nSECRET_TOKEN = \"q7Rw2ZxK9mTb\" # prod",
        "DATABASE_URL=postgres://app:q7Rw2ZxK@db.acme.net/app",
    ])
    func environmentsWithSecrets(text: String) throws { #expect(try holds(".env", text)) }

    @Test(arguments: [
        "", "PORT=3000\nDEBUG=true", "API_KEY=", "API_KEY=your-api-key-here-123", "API_KEY=changeme1",
        "API_KEY=${OTHER_KEY_1}",
        "# API_KEY=q7Rw2ZxK9mTb4LsV", "DATABASE_URL=postgres://app:app1@localhost/app",
        "DATABASE_URL=postgres://db.acme.net/app",
        "API_KEY=ENC[AES256_GCM,data:q7Rw2ZxK9mTb4LsV]", "KEY_FILE=none", "AUTH_URL=https://login.acme.net/oauth2/v1",
    ])
    func environmentsWithout(text: String) throws { #expect(try !holds(".env", text)) }

    private func holds(_ path: String, _ bytes: [UInt8]) throws -> Bool {
        let kind = try #require(SecretFileKind(path: path))
        return bytes.withUnsafeBytes { kind.holdsSecrets($0) }
    }

    @Test func keystoresAreToldFromStoresOfCertificates() throws {
        let java: [UInt8] = [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]
        let date = [UInt8](repeating: 0, count: 8)
        let certificate: [UInt8] = [0, 0, 0, 2, 0, 1, 0x61] + date + [0, 1, 0x78, 0, 0, 0, 2, 7, 7]
        let key: [UInt8] = [0, 0, 0, 1, 0, 1, 0x62] + date + [0, 0, 0, 1, 9]
        #expect(try holds("a.jks", java + [0, 0, 0, 2] + certificate + key))
        #expect(try !holds("a.jks", java + [0, 0, 0, 2] + certificate + certificate))
        #expect(try !holds("a.jks", java + [0, 0, 0, 9] + certificate), "cut off")
        let noise = [UInt8](repeating: 0x5a, count: 200)
        #expect(try holds("a.p12", [0x30, 0x82, 0x0a, 0x10, 2, 1, 3] + noise))
        #expect(try holds("a.pfx", [0x30, 0x80, 2, 1, 3] + noise))
        #expect(try !holds("a.p12", [0x30, 0x82, 0x0a, 0x10, 2, 1, 0x0f] + noise))
        #expect(try !holds("a.keystore", "#Sun Jan 4\nalias=upload\n"))
    }

    @Test func keysAreToldFromCertificates() throws {
        var generator = SeededGenerator(seed: 77)
        let body = generator.text(1200, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let (begin, end) = ("-----BEGIN ", "-----END ")
        #expect(try holds("a.pem", "\(begin)PRIVATE KEY-----\n\(body)\n\(end)PRIVATE KEY-----"))
        #expect(try !holds("a.pem", "\(begin)CERTIFICATE-----\n\(body)\n\(end)CERTIFICATE-----"))
        #expect(try !holds("a.key", "\(begin)RSA PRIVATE KEY-----\n…\n\(end)RSA PRIVATE KEY-----"))
        #expect(try !holds("talk.key", "PK\u{3}\u{4}" + body))
        #expect(try holds("secrets/token", "q7Rw2ZxK9mTb4LsVy8Hd\n"))
        #expect(try !holds("secrets/notes.txt", "what we keep here\n"))
    }

    // MARK: Workflows

    private func prints(_ text: String) -> [String] {
        Array(text.utf8).withUnsafeBytes { WorkflowPrints.lines(in: $0).map(\.expression) }
    }

    @Test(arguments: [
        ("      - run: echo ${{ secrets.API_TOKEN }}", "${{ secrets.API_TOKEN }}"),
        ("  echo \"token is ${{secrets.X}}\"", "${{secrets.X}}"), ("    - echo $DEPLOY_TOKEN", "$DEPLOY_TOKEN"),
        ("cd a && printf '%s' \"${DB_PASSWORD}\"", "${DB_PASSWORD}"), ("Write-Host $env:API_KEY", "$env:API_KEY"),
    ])
    func linesThatPrintASecret(line: String, expression: String) { #expect(prints(line) == [expression]) }

    @Test(arguments: [
        "echo ${{ secrets.T }} | docker login --password-stdin", "echo \"${{ secrets.KEY }}\" > key.pem",
        "echo \"T=${{ secrets.T }}\" >> $GITHUB_ENV", "echo \"::add-mask::${{ secrets.T }}\"", "# echo $API_KEY",
        "env: { T: ${{ secrets.T }} }", "echo ${{ github.ref }}", "echo $HOME", "echo ${API_KEY:+set}", "echo done",
        "description: never echo $API_KEY", "echo $API_KEY # windsock:allow", "echo \\$API_KEY",
    ])
    func linesThatDoNot(line: String) { #expect(prints(line).isEmpty) }

    @Test(arguments: [
        (".github/workflows/a.yml", true), (".gitlab-ci.yml", true), ("a/.circleci/config.yml", true),
        ("Jenkinsfile", true),
        ("a.yml", false), (".github/dependabot.yml", false), (".github/workflows/README.md", false),
    ])
    func workflowsAreToldByTheirPath(path: String, expected: Bool) {
        #expect(WorkflowPrints.isWorkflow(path) == expected)
    }

    // MARK: Findings

    private let key = "acme_q7Rw2ZxK9mTb4LsV"
    private let now = 1_800_000_000.0

    private func result(_ snippet: String, age days: Double = 0, isInHead: Bool = true) -> ScanResult {
        let rule = Rule(id: "acme-key", severity: .high, confidence: .high, regex: "acme_")
        let secret = Secret(bytes: Array(key.utf8))
        let commit = Occurrence.Commit(
            id: .zero, authorName: "a", authorEmail: "b",
            authorTime: Int(now - days * 86_400), summary: "s")
        let place = Occurrence(
            path: "a", origin: .file, region: .init(startLine: 1, startColumn: 1, endLine: 1, endColumn: 2),
            confidence: .high, lineHash: "", snippet: snippet,
            history: .init(
                introduced: commit, removed: nil, isInHead: isInHead, reachability: .references([]), otherPaths: []))
        return ScanResult(
            findings: [
                Finding(
                    rule: rule, severity: .high, confidence: .high,
                    secret: secret, occurrences: [place])
            ], rules: HygieneRule.rules, summary: ScanSummary(mode: .tree, target: "."))
    }

    private func hygiene(
        _ result: ScanResult, _ files: KeyValuePairs<String, String> = [:],
        _ configure: (inout Selection) -> Void = { _ in }
    ) throws -> [Finding] {
        let folder = TemporaryDirectory()
        for (path, text) in files { folder.write(path, text) }
        var result = result
        var selection = Selection()
        configure(&selection)
        var scan = HygieneScan(rules: result.rules, maximumFileSize: 1 << 20, now: now)
        scan.inspect(result.findings)
        try scan.inspect(
            WorkingTreeSource(paths: [folder.path], environment: GitEnvironment(currentDirectory: "/")),
            wasScanned: false)
        scan.add(to: &result, selection)
        return try #require(result.hygiene)
    }

    @Test(arguments: [
        ("NEXT_PUBLIC_ACME_KEY=\"a…V\"", ["NEXT_PUBLIC_ACME_KEY"]), ("const k = 'a…V' // VITE_KEY", []),
        ("VITE_ACME: a…V", ["VITE_ACME"]), ("ACME_KEY=a…V", []), ("MY_VITE_KEY=a…V", []), ("VITE_=a…V", []),
    ])
    func variablesForBrowsers(snippet: String, names: [String]) throws {
        // As the line of a short secret is redacted.
        let shown = snippet.replacing("a…V", with: Secret(bytes: Array(key.utf8)).redacted)
        #expect(try hygiene(result(shown)).map(\.secret.redacted) == names)
    }

    @Test(arguments: [(91.0, true, 1), (89.0, true, 0), (91.0, false, 0)])
    func oldSecretsThatStandInHead(days: Double, isInHead: Bool, count: Int) throws {
        let found = try hygiene(result("k", age: days, isInHead: isInHead))
        #expect(found.count == count)
        #expect(found.allSatisfy { $0.rule.id == "hygiene-old-secret" && $0.secret.redacted != key })
    }

    @Test func filesAndLinesAreFindingsWithTheirPlaces() throws {
        var empty = result("k")
        empty.findings = []
        let files: KeyValuePairs = [
            ".env": "API_KEY=q7Rw2ZxK9mTb4LsV\n", ".github/workflows/a.yml": "run: |\n  echo $API_KEY\n", "b.txt": "c",
        ]
        let found = try hygiene(empty, files)
        #expect(found.map(\.rule.id) == ["hygiene-secret-file", "hygiene-workflow-prints-secret"])
        #expect(found.map { $0.occurrences[0].path } == [".env", ".github/workflows/a.yml"])
        #expect(found[1].occurrences[0].region.startLine == 2)
        #expect(found.allSatisfy { $0.severity <= .medium && !$0.rule.remediation.isEmpty })
        #expect(try hygiene(empty, files) { $0.minimumSeverity = .medium }.map(\.rule.id) == ["hygiene-secret-file"])
        let known = Baseline(entries: [.init(fingerprint: found[0].fingerprint, ruleID: found[0].rule.id)])
        #expect(try hygiene(empty, files) { $0.baseline = known }.map(\.rule.id) == ["hygiene-workflow-prints-secret"])
        empty.rules = []
        #expect(try hygiene(empty, files).isEmpty, "disabled")
    }
}
