import Testing

@testable import Reports

struct JSONTests {
    private func parsed(_ format: ReportFormat = .json, showSecrets: Bool = false) throws -> JSONValue {
        try JSONValue(
            parsing: Report.write(
                Sample.full, as: format, options: .init(toolVersion: "1.2.3", showSecrets: showSecrets)))
    }

    @Test func theDocumentIsVersioned() throws {
        let report = try parsed()
        #expect(report["schema"] == .string("windsock/1"))
        #expect(report["tool"] == .object(["name": .string("windsock"), "version": .string("1.2.3")]))
        #expect(report["secretsShown"] == .bool(false))
    }

    @Test func aFindingHasAllFields() throws {
        let finding = try #require(try parsed()["findings"]?[0])
        #expect(finding["rule"] == .string("mistral-api-key"))
        #expect(finding["severity"] == .string("high"))
        #expect(finding["redacted"] == .string("q7Rw…1UaE"))
        #expect(finding["secret"] == nil)
        #expect(finding["fingerprint"] == .string("v1:d28eb03bc46bf62500d48db077d5ffaf"))
        #expect(finding["remediation"]?.strings == Sample.rule.remediation)
        #expect(finding["occurrences"]?.array?.count == 2)
    }

    @Test func anOccurrenceTellsPlaceAndHistory() throws {
        let occurrence = try #require(try parsed()["findings"]?[0]?["occurrences"]?[0])
        #expect(occurrence["path"] == .string("src/config.py"))
        #expect(occurrence["origin"] == .string("history"))
        #expect(occurrence["startLine"] == .number(12))
        #expect(occurrence["endColumn"] == .number(52))
        let history = try #require(occurrence["history"])
        #expect(history["introduced"]?["authorTime"] == .string("2024-02-29T12:00:00Z"))
        #expect(history["removed"]?["commit"] == .string(Sample.removal.id.description))
        #expect(history["inHead"] == .bool(false))
        #expect(history["references"]?.strings == ["main", "v1.0"])
    }

    @Test func theSummaryTellsWhatWasCovered() throws {
        let summary = try #require(try parsed()["summary"])
        #expect(summary["complete"] == .bool(false))
        #expect(summary["findings"] == .number(2))
        #expect(summary["findingsBySeverity"]?["medium"] == .number(1))
        #expect(summary["durationSeconds"] == .number(0.523))
        #expect(summary["start"] == .string("2025-01-01T00:00:00Z"))
        #expect(summary["omitted"] == .object(["binary": .number(12), "too large": .number(3)]))
        #expect(summary["problems"]?[0]?["advice"] == .string("Run git fsck."))
    }

    @Test func secretsAreThereWhenAsked() throws {
        let report = try parsed(showSecrets: true)
        #expect(report["secretsShown"] == .bool(true))
        #expect(report["findings"]?[0]?["secret"] == .string(Sample.key))
    }

    @Test func noFieldIsNullAndNothingFoundIsAnEmptyList() throws {
        let report = Report.write(Sample.result([]), as: .json, options: .init(toolVersion: "1"))
        #expect(try JSONValue(parsing: report)["findings"] == .array([]))
        #expect(!written(Sample.full, as: .json).contains("null"))
    }

    @Test func everyFieldIsDocumented() throws {
        var names: Set<String> = []
        func collect(_ value: JSONValue) {
            for (name, member) in value.object ?? [:] {
                names.insert(name)
                // Their keys are reasons, not fields.
                if !["omitted", "suppressed", "suppressedBy"].contains(name) { collect(member) }
            }
            value.array?.forEach(collect)
        }
        collect(try parsed(showSecrets: true))
        let documentation = try PackageFile.text("Documentation/json.md")
        for name in names { #expect(documentation.contains("`\(name)`"), "\(name) is not in Documentation/json.md") }
    }
}

struct JSONLinesTests {
    @Test func eachLineIsAnObjectAndTheLastOneSumsUp() throws {
        let lines = written(Sample.full, as: .jsonl).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4 && lines[3].isEmpty)
        let values = try lines.prefix(3).map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(values.map { $0["type"]?.string } == ["finding", "finding", "summary"])
        #expect(values.allSatisfy { $0["schema"] == .string("windsock/1") })
        #expect(values[2]["findings"] == .number(2))
    }

    @Test func streamedLinesAreThoseOfTheWholeReport() {
        var result = Sample.full
        var lines = JSONLinesWriter(options: .init(toolVersion: "1.2.3"), scanTime: result.summary.startTime)
        result.findings.removeFirst()
        var bytes: [UInt8] = []
        for finding in result.findings { bytes += lines.line(for: finding) }
        bytes += lines.line(for: result.summary)
        #expect(bytes == Report.write(result, as: .jsonl, options: .init(toolVersion: "1.2.3")))
    }

    @Test func findingsAreTheSameAsInJSON() throws {
        let json = try JSONValue(parsing: Array(written(Sample.full, as: .json).utf8))["findings"]?[0]?.object
        let line = written(Sample.full, as: .jsonl).prefix { $0 != "\n" }
        var members = try JSONValue(parsing: Array(line.utf8)).object
        members?["type"] = nil
        members?["schema"] = nil
        // Of all of them, at the top of the document.
        members?["repository"] = nil
        #expect(members == json)
    }
}
