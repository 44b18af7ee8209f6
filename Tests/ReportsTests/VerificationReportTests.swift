import Findings
import Rules
import Testing

@testable import Reports

struct VerificationReportTests {
    private static func result(_ liveness: Liveness = .live, host: String? = "api.example.com") -> ScanResult {
        var finding = Sample.finding()
        finding.verification = VerificationResult(
            liveness: liveness, reason: "the provider accepts it (HTTP 200) <b>[x](1)", advice: "revoke it now",
            time: 1_709_208_000, host: host, status: host == nil ? nil : 200)
        return Sample.result([finding, Sample.finding(rule: Sample.otherRule, secret: Sample.otherKey)])
    }

    @Test(arguments: [
        (Liveness.live, "api.example.com" as String?, "Verified live at 2024-02-29T12:00:00Z: the provider"),
        (.restricted, "api.example.com", "Verified live but restricted at"),
        (.dead, "api.example.com", "Verified dead at"),
        (.unknown, "api.example.com", "Not verified: the provider"), (.unknown, nil, "Not asked about: the provider"),
    ])
    func formatsForPeopleHaveTheSentence(liveness: Liveness, host: String?, words: String) {
        let result = Self.result(liveness, host: host)
        for format in [ReportFormat.text, .sarif, .gitlab, .junit, .html] {
            #expect(written(result, as: format).contains(words), "\(format)")
        }
        #expect(written(result, as: .text).contains("Revoke it now."))
    }

    @Test func formatsForProgramsHaveTheFields() throws {
        let report = try JSONValue(parsing: Array(written(Self.result(), as: .json).utf8))
        let verification = report["findings"]?[0]?["verification"]
        #expect(verification?["verdict"]?.string == "live")
        #expect(verification?["host"]?.string == "api.example.com")
        #expect(verification?["status"] == .number(200))
        #expect(verification?["time"]?.string == "2024-02-29T12:00:00Z")
        #expect(report["findings"]?[1]?["verification"] == nil)
        #expect(written(Self.result(), as: .jsonl).contains(#""verification":{"verdict":"live","#))
        let sarif = try JSONValue(parsing: Array(written(Self.result(), as: .sarif).utf8))
        #expect(sarif["runs"]?[0]?["results"]?[0]?["properties"]?["verification"]?["verdict"]?.string == "live")
    }

    @Test func tablesHaveColumnsWhereSomethingWasAsked() {
        let lines = written(Self.result(), as: .csv).split(separator: "\r\n")
        #expect(lines[0].hasSuffix(",head_commit,verification,verification_reason,verification_time"))
        #expect(lines[1].hasSuffix(",2024-02-29T12:00:00Z") && lines[1].contains(",live,"))
        #expect(lines[2].hasSuffix(",,,"))
        #expect(!written(Sample.result(), as: .csv).contains("verification"))
    }

    @Test func theLastLineCountsVerdicts() {
        #expect(written(Self.result(), as: .text).contains("; verified: 1 live\n"))
        #expect(!written(Sample.result(), as: .text).contains("verified"))
    }
}
