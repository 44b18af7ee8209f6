import Bytes
import Findings
import Rules
import Store

/// Findings whose secrets nobody ever had.
enum StoredFinding {
    static let rule = Rule(
        id: "acme-api-key", description: "Acme API key.", provider: "Acme", severity: .high, tags: ["acme"],
        remediation: ["Revoke it."], references: ["https://acme.example/keys"])
    static let generic = Rule(id: "some-secret", description: "A secret.", severity: .medium, strength: .generic)

    /// 40 characters that follow from a number.
    static func secret(_ number: Int) -> Secret {
        var state = UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15 | 1
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        return Secret(
            bytes: (0..<40).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 33) % alphabet.count]
            })
    }

    static func commit(_ number: Int, time: Int = 1_704_067_200) -> Occurrence.Commit {
        let digits = String(number, radix: 16)
        let id = ObjectID(hex: String(repeating: "0", count: 40 - digits.utf8.count) + digits) ?? .zero
        return Occurrence.Commit(
            id: id, authorName: "Ada", authorEmail: "ada@example.org", authorTime: time, summary: "add \(number)")
    }

    static func occurrence(_ path: String, line: Int = 1, commit number: Int? = nil, isInHead: Bool = true)
        -> Occurrence
    {
        let history = number.map {
            Occurrence.History(
                introduced: commit($0), removed: nil, isInHead: isInHead,
                reachability: .references(["main", "a\"b\n"]),
                otherPaths: ["old/\(path)"], branches: ["main"], tags: ["v1"],
                counts: Occurrence.History.Counts(references: 7, branches: 3, tags: 4))
        }
        return Occurrence(
            path: path, origin: number.map { .blob(commit($0).id) } ?? .file,
            region: Occurrence.Region(startLine: line, startColumn: 5, endLine: line, endColumn: 45), confidence: .high,
            lineHash: "0123456789abcdef:1", snippet: "KEY=AbCd…WxYz", decoders: ["base64"],
            decodedRegion: Occurrence.Region(startLine: 1, startColumn: 2, endLine: 3, endColumn: 4), history: history)
    }

    static func finding(
        _ number: Int, _ occurrences: [Occurrence] = [occurrence("config.py")], rule: Rule = rule
    ) -> Finding {
        Finding(
            rule: rule, severity: rule.severity, confidence: .high, secret: secret(number), occurrences: occurrences)
    }

    static func recording(
        _ findings: [Finding], of name: String = "acme/shop", mode: ScanMode = .history, isWhole: Bool = true,
        time: Double = 1_800_000_000, problems: [Problem] = [], state: String? = nil,
        suppressed: [SuppressedFinding] = []
    ) -> Recording {
        var summary = ScanSummary(mode: mode, target: "/srv/\(name)")
        (summary.startTime, summary.duration) = (time, 1.5)
        (summary.filesScanned, summary.blobsScanned, summary.bytesScanned, summary.commitCount) = (1, 2, 3, 4)
        summary.omitted = [.tooLarge: 2]
        summary.problems = problems
        summary.setting.rulesDigest = "00ff"
        summary.setting.notes = ["a note"]
        var result = ScanResult(findings: findings, rules: [rule], summary: summary)
        result.suppressed = suppressed
        result.repository = SourceRepository(address: "https://github.com/\(name)", commit: "c0", branch: "main")
        return Recording(
            result, of: Recording.Repository(key: "https://github.com/\(name)", name: name), location: "/srv/\(name)",
            isWhole: isWhole, state: state, toolVersion: "1.2.3")
    }
}
