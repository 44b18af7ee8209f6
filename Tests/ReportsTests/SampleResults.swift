import Bytes
import Findings
import Rules

/// Findings and results for the tests, with every field filled.
enum Sample {
    static let key = "q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE"
    static let otherKey = "Zt5Yh8Wn2Qk7Xc4Vb9Mp3Lr6Jf1Gd0Sa"
    static let path = "src/config.py"

    static let rule = Rule(
        id: "mistral-api-key",
        description: "A Mistral AI API key. Whoever has it can run models on the owner's account.",
        provider: "Mistral AI", severity: .high, confidence: .high, tags: ["ai", "llm"],
        remediation: ["Open the console.", "Revoke the key.", "Put a new one into a secret store."],
        references: ["https://docs.mistral.ai/", "the console's help"])

    static let otherRule = Rule(
        id: "generic-password", description: "A password.", severity: .medium, confidence: .medium,
        remediation: ["Change it."])

    /// The id that 40 hex digits say.
    static func id(_ hex: String) -> ObjectID {
        guard let id = ObjectID(hex: hex) else { preconditionFailure("\(hex) is no id") }
        return id
    }

    static let commit = Occurrence.Commit(
        id: id("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"), authorName: "Ada Lovelace", authorEmail: "ada@example.org",
        authorTime: 1_709_208_000, summary: "add the configuration")

    static let removal = Occurrence.Commit(
        id: id("ffeeddccbbaa99887766554433221100ffeeddcc"), authorName: "Grace Hopper",
        authorEmail: "grace@example.org",
        authorTime: 1_709_208_000 + 12 * 86_400, summary: "drop the configuration")

    static func occurrence(
        path: String = path, line: Int = 12, origin: Origin = .file,
        snippet: String = #"MISTRAL_API_KEY = "q7Rw…1UaE""#, decoders: [String] = [],
        history: Occurrence.History? = nil
    ) -> Occurrence {
        Occurrence(
            path: path, origin: origin,
            region: .init(startLine: line, startColumn: 20, endLine: line, endColumn: 52), confidence: .high,
            lineHash: "39fa2ee980eb94b0:1", snippet: snippet, decoders: decoders, history: history)
    }

    static func finding(
        rule: Rule = rule, secret: String = key, occurrences: [Occurrence] = [occurrence()]
    ) -> Finding {
        let secret = Secret(bytes: Array(secret.utf8))
        return Finding(
            rule: rule, severity: rule.severity, confidence: rule.confidence,
            secret: secret, occurrences: occurrences)
    }

    static func result(_ findings: [Finding] = [finding()], mode: ScanMode = .tree) -> ScanResult {
        var summary = ScanSummary(mode: mode, target: ".")
        summary.filesScanned = 1234
        summary.bytesScanned = 12_345_678
        summary.startTime = 1_735_689_600.25
        summary.duration = 0.5234
        return ScanResult(findings: findings, rules: [otherRule, rule], summary: summary)
    }

    /// With a secret that is in the baseline and one that a comment lets pass, and with an address.
    static var suppressed: ScanResult {
        var result = result()
        result.suppressed = [
            SuppressedFinding(
                finding: finding(rule: otherRule, secret: "hunter2-hunter2"), reason: .baseline,
                justification: "rotated in March"),
            SuppressedFinding(finding: finding(secret: otherKey), reason: .inlineDirective, justification: ""),
        ]
        result.repository = SourceRepository(
            address: "https://github.com/acme/shop", commit: commit.id.description, branch: "main")
        return result
    }

    /// A history scan with everything a report can have to tell.
    static var full: ScanResult {
        let history = Occurrence.History(
            introduced: commit, removed: removal, isInHead: false,
            reachability: .references(["main", "v1.0"]), otherPaths: ["old/config.py"])
        let message = Occurrence.History(
            introduced: commit, removed: nil, isInHead: true, reachability: .stash, otherPaths: [])
        var result = result(
            [
                finding(occurrences: [
                    occurrence(origin: .blob(id("0123456789abcdef0123456789abcdef01234567")), history: history),
                    occurrence(
                        path: "commit message", line: 1, origin: .commitMessage(commit.id),
                        snippet: "key is q7Rw…1UaE", decoders: ["base64", "percent"], history: message),
                ]),
                finding(
                    rule: otherRule, secret: "hunter2-hunter2",
                    occurrences: (1...14).map {
                        occurrence(path: "app/settings\($0 / 3).ini", line: $0, snippet: "password=…")
                    }),
            ], mode: .history)
        result.summary.blobsScanned = 5678
        result.summary.commitCount = 40
        result.summary.omitted = [.binary: 12, .tooLarge: 3]
        result.summary.suppressed = [.baseline: 2]
        result.summary.problems = [
            .init(subject: "objects/ab/cdef", message: "the object is corrupt", advice: "Run git fsck.")
        ]
        return result
    }
}
