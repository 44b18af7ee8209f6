import Bytes
import Findings
import Foundation
import Rules
import Testing

@testable import Reports

/// Several reports as one, and two compared.
@Suite struct MergedReportTests {
    private static func result(_ numbers: [Int], of name: String, time: Int, provider: String = "Acme") -> ScanResult {
        var summary = ScanSummary(mode: .history, target: "/srv/\(name)")
        (summary.startTime, summary.duration) = (Double(time), 0.1 + Double(numbers.count) / 7)
        (summary.blobsScanned, summary.commitCount) = (numbers.count, 3)
        summary.problems = [Problem(subject: "pack \(name)", message: "is damaged")]
        summary.setting.notes = ["a note", "of \(name)"]
        summary.setting.rulesDigest = "00ff"
        summary.omitted = [.binary: 2]
        let findings = numbers.map { number in
            let digits = String(number, radix: 16)
            let commit = Occurrence.Commit(
                id: ObjectID(hex: String(repeating: "a", count: 40 - digits.count) + digits) ?? .zero,
                authorName: "Ada",
                authorEmail: "ada@example.org", authorTime: 1_700_000_000 + number, summary: "add \(number)")
            let place = Occurrence(
                path: "f\(number % 3).env", origin: .blob(commit.id),
                region: Occurrence.Region(startLine: number, startColumn: 1, endLine: number, endColumn: 9),
                confidence: .high, lineHash: "\(name):1", snippet: "KEY=…", decoders: ["base64"],
                history: Occurrence.History(
                    introduced: commit, removed: nil, isInHead: number % 2 == 0, reachability: .references(["main"]),
                    otherPaths: []))
            var finding = Finding(
                rule: Rule(
                    id: "acme-\(provider.count)", description: "of \(provider)", provider: provider,
                    remediation: ["one"]),
                severity: number % 2 == 0 ? .high : .medium, confidence: .medium,
                secret: Secret(bytes: Array("abcdefghij\(number * 7919)KLMNOPQRSTUV".utf8)), occurrences: [place])
            finding.verification = VerificationResult(
                liveness: number % 2 == 0 ? .live : .dead, reason: "so", time: Double(time), host: "acme.example")
            finding.remarks = ["seen in \(name)"]
            return finding
        }
        var result = ScanResult(findings: findings, rules: [], summary: summary)
        result.repository = SourceRepository(address: "https://github.com/acme/\(name)", commit: nil, branch: nil)
        return result
    }

    private static func json(_ result: ScanResult) -> [UInt8] {
        Report.write(result, as: .json, options: ReportOptions(toolVersion: "1.2.3"))
    }

    private static func merged(_ reports: [[UInt8]]) throws -> [UInt8] {
        json(MergedReport(try reports.map { try JSONReport.result(of: $0) }).result)
    }

    private let reports = [
        MergedReportTests.json(result([1, 2, 3], of: "a", time: 1_800_000_000)),
        MergedReportTests.json(result([2, 3, 4], of: "b", time: 1_800_000_100)),
        MergedReportTests.json(result([3, 9], of: "c", time: 1_799_999_999)),
        MergedReportTests.json(result([], of: "d", time: 1_800_000_050)),
    ]

    @Test func allOfAReportIsRead() throws {
        for report in reports {
            #expect(Self.json(try JSONReport.result(of: report)) == report)
        }
    }

    @Test func anyOrderAndGroupingGivesTheSame() throws {
        let all = try Self.merged(reports)
        #expect(try Self.merged(reports.reversed()) == all)
        #expect(try Self.merged([reports[2], reports[0], reports[3], reports[1]]) == all)
        let left = try Self.merged([Self.merged([Self.merged([reports[0], reports[1]]), reports[2]]), reports[3]])
        let right = try Self.merged([reports[0], Self.merged([reports[1], Self.merged([reports[2], reports[3]])])])
        #expect(left == all && right == all)
        #expect(try Self.merged([all]) == all)
        let result = try JSONReport.result(of: all)
        #expect(result.findings.count == 5)
        #expect(
            Set(result.findings.flatMap(\.occurrences).map { $0.path.prefix(7) }) == ["acme/a/", "acme/b/", "acme/c/"])
        #expect(result.findings.flatMap { $0.stored?.repositories ?? [] }.count == 8)
        #expect(result.summary.blobsScanned == 8 && result.summary.problems.count == 4)
    }

    /// Whoever merges what others have merged counts nothing twice.
    @Test func copiesAreCountedOnce() throws {
        let all = try Self.merged(reports)
        #expect(try Self.merged(reports + reports) == all)
        #expect(try Self.merged([all, all, reports[1]]) == all)
        #expect(
            try Self.merged([
                Self.merged([reports[0], reports[1]]), Self.merged([reports[1], reports[2]]), reports[3],
            ]) == all)
    }

    /// A later scan of the same takes the place of an earlier one.
    @Test func ofEachSourceTheLastScanCounts() throws {
        let later = Self.json(Self.result([1], of: "a", time: 1_800_000_900))
        let merged = try JSONReport.result(of: Self.merged([reports[0], later, reports[1]]))
        #expect(merged.summary.blobsScanned == 1 + 3 && merged.summary.setting.parts.count == 2)
        #expect(merged.summary.omitted == [.binary: 4] && merged.summary.start.seconds == 1_800_000_100)
    }

    /// In any order, grouping and number of copies.
    @Test(arguments: 0..<40 as Range<UInt64>) func mergingIsAssociative(seed: UInt64) throws {
        var generator = Shuffler(state: seed)
        let all = (0..<6).map { number in
            Self.json(
                Self.result(
                    (0..<Int.random(in: 0...4, using: &generator)).map { _ in Int.random(in: 1...9, using: &generator) }
                        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
                    of: ["a", "b", "c"][number % 3], time: 1_800_000_000 + Int.random(in: 0...3, using: &generator)))
        }
        let expected = try Self.merged(all)
        var pile = all + [all[Int.random(in: 0..<6, using: &generator)]]
        while pile.count > 1 {
            pile.shuffle(using: &generator)
            let count = Int.random(in: 2...pile.count, using: &generator)
            pile = [try Self.merged(Array(pile.prefix(count)))] + pile.dropFirst(count)
        }
        #expect(pile[0] == expected)
    }

    @Test(arguments: [
        "", "{", "[]", "{}", "{\"schema\":\"windsock/1\"}",
        "{\"schema\":\"windsock/9\",\"summary\":{},\"findings\":[]}",
        "{\"schema\":\"windsock/1\",\"summary\":{},\"findings\":[{}]}", "null",
    ])
    func whatIsNoReportIsRefused(_ text: String) {
        #expect(throws: JSONReport.Problem.self) { try JSONReport.result(of: Array(text.utf8)) }
    }

    @Test func whatHasChangedIsTold() throws {
        var (old, new) = (try JSONReport.result(of: reports[0]), try JSONReport.result(of: reports[1]))
        var difference = ReportDifference(from: old, to: new)
        #expect(difference.new.count == 1 && difference.gone.count == 1 && difference.reopened.isEmpty)
        // What was settled and is found again is not new.
        let again = difference.new[0]
        old.suppressed = [SuppressedFinding(finding: again, reason: .decision, justification: "")]
        difference = ReportDifference(from: old, to: new)
        #expect(difference.new.isEmpty && difference.reopened.count == 1)
        #expect(String(decoding: difference.bytes(isColored: false), as: UTF8.self).hasPrefix("open again: 1\n  "))
        new.findings = old.findings
        #expect(
            String(decoding: ReportDifference(from: old, to: new).bytes(isColored: false), as: UTF8.self)
                == "nothing has changed\n")
    }

    @Test(arguments: WebhookBody.allCases) func aMessageIsOneLineOfJSON(_ kind: WebhookBody) throws {
        var result = Self.result(Array(1...30), of: "a", time: 1_800_000_000)
        result.findings[0].occurrences[0].path = "<!channel> & \"x\"\u{1b}[31m"
        result.redact()
        let bytes = kind.bytes(of: result)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.split(separator: "\n").count == 1)
        #expect(text.contains("30 secrets") && !text.contains("<!channel>") == (kind == .slack))
        #expect(object[kind == .teams ? "attachments" : "text"] != nil)
        #expect(!text.contains("\u{1b}"))
    }

    /// Text of a card is Markdown: a file's name is none.
    @Test func aNameIsNoLinkInACard() {
        var result = Self.result([1], of: "a", time: 1_800_000_000)
        result.findings[0].occurrences[0].path = "[pay](https://example.org)*now*"
        let text = String(decoding: WebhookBody.teams.bytes(of: result), as: UTF8.self)
        #expect(!text.contains("[pay](https") && text.contains(#"\\[pay\\]"#))
    }
}

/// The same numbers for the same seed.
private struct Shuffler: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 33
    }
}
