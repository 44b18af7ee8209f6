import Findings
import Rules
import Testing

@testable import Reports

struct RedactionTests {
    private let redaction = Redaction(
        secrets: [Sample.key, "hunter2", "hunter2-hunter2", "tiny", "schlüssel-wört"].map {
            Secret(bytes: Array($0.utf8))
        })

    @Test(arguments: [
        ("use \(Sample.key) now", "use q7Rw…1UaE now"),
        ("\(Sample.key)\(Sample.key)", "q7Rw…1UaEq7Rw…1UaE"),
        ("hunter2-hunter2", "…"), ("hunter2 alone", "… alone"), ("tiny things", "tiny things"),
        ("mit schlüssel-wört", "mit …"), ("", ""), ("short", "short"),
        (String(Sample.key.dropLast()), String(Sample.key.dropLast())),
    ])
    func textLosesItsSecrets(text: String, expected: String) { #expect(redaction.text(text) == expected) }

    @Test func secretsThatOverlapShowNothing() {
        let redaction = Redaction(
            secrets: ["abcdefgh-12345678", "12345678-zyxwvuts"].map { Secret(bytes: Array($0.utf8)) })
        #expect(redaction.text("<abcdefgh-12345678-zyxwvuts>") == "<…>")
    }

    @Test func pathsLoseOnlyWhatCannotBeAWord() {
        #expect(redaction.path("keys/\(Sample.key).txt") == "keys/q7Rw…1UaE.txt")
        #expect(redaction.path("src/hunter2/main.c") == "src/hunter2/main.c")
    }

    /// A result that holds the key wherever a text can hold it.
    private func leaky() -> ScanResult {
        let key = Sample.key
        let commit = Occurrence.Commit(
            id: Sample.commit.id, authorName: "Ada \(key)", authorEmail: "\(key)@example.org", authorTime: 0,
            summary: "use \(key)")
        let history = Occurrence.History(
            introduced: commit, removed: commit, isInHead: false, reachability: .references(["feature/\(key)"]),
            otherPaths: ["keys/\(key)"])
        var result = Sample.result([
            Sample.finding(
                rule: Sample.otherRule, secret: Sample.otherKey,
                occurrences: [
                    Sample.occurrence(path: "dir/\(key)/\(Sample.otherKey)", snippet: "x = \(key)", history: history)
                ]),
            Sample.finding(),
        ])
        result.summary.target = "/tmp/\(key)"
        result.summary.problems = [.init(subject: "keys/\(key)", message: "no \(key)", advice: "remove \(key)")]
        return result
    }

    @Test(arguments: ReportFormat.allCases)
    func noFormatHoldsASecret(format: ReportFormat) {
        let report = String(
            decoding: Report.write(leaky(), as: format, options: .init(toolVersion: "1.2.3")), as: UTF8.self)
        #expect(!report.contains(Sample.key))
        #expect(!report.contains(Sample.otherKey))
        #expect(report.contains("q7Rw…1UaE") || report.contains("q7Rw%E2%80%A61UaE"))
    }

    /// Of a weak one no format has a character, the length, or a hash that could be made in less than milliseconds.
    @Test(arguments: ReportFormat.allCases)
    func noFormatTellsAnythingOfAWeakSecret(format: ReportFormat) {
        func report(_ password: String) -> String {
            var place = Sample.occurrence(snippet: "password = …")
            place.region = .init(startLine: 3, startColumn: 13, endLine: 3, endColumn: 13 + password.utf16.count)
            var result = Sample.result([Sample.finding(rule: Sample.otherRule, secret: password, occurrences: [place])])
            result.explanations = ScanExplanations(
                places: [
                    Explanation(
                        ruleID: "generic-password", keyword: nil, path: "a", region: place.region,
                        secret: Secret(bytes: Array(password.utf8)), verdict: .reported)
                ], unmatched: [])
            let fingerprint = result.findings[0].fingerprint
            #expect(fingerprint.version == .stretched)
            var text = written(result, as: format).replacing(fingerprint.description, with: "v2:")
            // Made of the fingerprint.
            text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "id")
            text.replace(/"primaryLocationLineHash": ?"[0-9a-f]+:1"/, with: "hash")
            return text
        }
        #expect(report("Summer-2024!") == report("Winterregen-1999?"))
    }

    @Test(arguments: ReportFormat.allCases)
    func secretsAreShownOnlyWhereTheyMayBe(format: ReportFormat) {
        let options = ReportOptions(toolVersion: "1.2.3", showSecrets: true)
        let report = String(decoding: Report.write(leaky(), as: format, options: options), as: UTF8.self)
        #expect(report.contains(Sample.key) == format.canShowSecrets)
    }

    @Test func aStreamedLineHoldsNotItsOwnSecret() {
        var lines = JSONLinesWriter(options: .init(toolVersion: "1.2.3"), scanTime: 0)
        let finding = Sample.finding(occurrences: [Sample.occurrence(path: "keys/\(Sample.key)", snippet: Sample.key)])
        #expect(!String(decoding: lines.line(for: finding), as: UTF8.self).contains(Sample.key))
    }

    @Test func theSummaryOfACommitWithAnEncodedSecretIsWithheld() {
        let history = Occurrence.History(
            introduced: Sample.commit, removed: nil, isInHead: true, reachability: .unreachable, otherPaths: [])
        var result = Sample.result([
            Sample.finding(occurrences: [
                Sample.occurrence(
                    origin: .commitMessage(Sample.commit.id), decoders: ["base64"], history: history)
            ]),
            Sample.finding(
                rule: Sample.otherRule, secret: "hunter2-hunter2", occurrences: [Sample.occurrence(history: history)]),
        ])
        result.redact()
        for finding in result.findings {
            #expect(finding.occurrences[0].history?.introduced?.summary.hasPrefix("(withheld") == true)
        }
    }
}
