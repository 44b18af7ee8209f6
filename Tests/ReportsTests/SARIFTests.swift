import Findings
import Foundation
import Rules
import Testing

@testable import Reports

struct SARIFTests {
    private func run(_ result: ScanResult, limits: SARIFLimits = .gitHub) throws -> JSONValue {
        let sarif = SARIF(result: result, options: .init(toolVersion: "1.2.3"), limits: limits)
        return try #require(try JSONValue(parsing: sarif.bytes())["runs"]?[0])
    }

    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["WINDSOCK_SARIF_SCHEMA"] != nil),
        arguments: [
            Sample.full, Sample.suppressed, Sample.result(), Sample.result([]), Hostile.result, Hostile.emptyTexts,
        ])
    func theOfficialSchemaHolds(result: ScanResult) throws {
        let path = try #require(ProcessInfo.processInfo.environment["WINDSOCK_SARIF_SCHEMA"])
        let schema = JSONSchema(root: try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path)))))
        let report = try JSONValue(parsing: Array(written(result, as: .sarif).utf8))
        #expect(schema.violations(of: report) == [])
    }

    @Test(arguments: [
        Sample.full, Sample.suppressed, Sample.result(), Sample.result([]), Hostile.result, Hostile.emptyTexts,
    ])
    func whatGitHubRequiresIsThere(result: ScanResult) throws {
        let report = try JSONValue(parsing: Array(written(result, as: .sarif).utf8))
        #expect(report["$schema"]?.string?.hasPrefix("https://") == true)
        #expect(report["version"] == .string("2.1.0"))
        let run = try #require(report["runs"]?[0])
        let driver = try #require(run["tool"]?["driver"])
        #expect(driver["name"] == .string("windsock"))
        let rules = try #require(driver["rules"]?.array)
        for rule in rules {
            #expect(rule["id"]?.string?.isEmpty == false)
            for text in [rule["shortDescription"]?["text"]?.string, rule["fullDescription"]?["text"]?.string] {
                #expect((1...1024).contains(text?.utf16.count ?? 0))
            }
            #expect(rule["help"]?["text"]?.string?.isEmpty == false)
            #expect((rule["properties"]?["tags"]?.array?.count ?? 99) <= 20)
        }
        for result in try #require(run["results"]?.array) {
            #expect(result["message"]?["text"]?.string?.isEmpty == false)
            let location = try #require(result["locations"]?[0]?["physicalLocation"])
            let uri = try #require(location["artifactLocation"]?["uri"]?.string)
            #expect(!uri.isEmpty && uri.wholeMatch(of: /(?:[A-Za-z0-9\-._~\/]|%[0-9A-F]{2})+/) != nil)
            #expect((location["region"]?["startLine"]?.number ?? 0) >= 1)
            #expect((location["region"]?["endColumn"]?.number ?? 0) >= 1)
            #expect(result["partialFingerprints"]?["primaryLocationLineHash"]?.string != nil)
            let index = try #require(result["ruleIndex"]?.number)
            #expect(rules[Int(index)]["id"] == result["ruleId"])
        }
    }

    @Test func aRuleCarriesHelpSeverityAndPrecision() throws {
        let rule = try #require(try run(Sample.result())["tool"]?["driver"]?["rules"]?[0])
        #expect(rule["name"] == .string("MistralApiKey"))
        #expect(rule["shortDescription"]?["text"] == .string("A Mistral AI API key."))
        #expect(rule["helpUri"] == .string("https://docs.mistral.ai/"))
        #expect(rule["help"]?["markdown"]?.string?.contains("1. Open the console.\n2. Revoke the key.\n3. ") == true)
        #expect(rule["defaultConfiguration"]?["level"] == .string("error"))
        #expect(rule["properties"]?["security-severity"] == .string("8.0"))
        #expect(rule["properties"]?["precision"] == .string("high"))
        #expect(rule["properties"]?["tags"]?.strings == ["security", "secret", "mistral ai", "ai", "llm"])
    }

    @Test func anOccurrenceIsAResult() throws {
        let run = try run(Sample.full)
        let results = try #require(run["results"]?.array)
        #expect(results.count == 16)
        let result = results[0]
        #expect(result["ruleId"] == .string("mistral-api-key") && result["ruleIndex"] == .number(1))
        #expect(result["level"] == .string("error"))
        let region = try #require(result["locations"]?[0]?["physicalLocation"]?["region"]?.object)
        #expect(
            region == [
                "startLine": .number(12), "startColumn": .number(20), "endLine": .number(12), "endColumn": .number(52),
            ])
        #expect(
            result["partialFingerprints"]?.object == [
                "primaryLocationLineHash": .string("39fa2ee980eb94b0:1"),
                "windsock/v1": .string("v1:d28eb03bc46bf62500d48db077d5ffaf"),
            ])
        #expect(result["properties"]?["commit"] == .string(Sample.commit.id.description))
        let message = try #require(result["message"]?["text"]?.string)
        #expect(message.contains("since 1a2b3c4d5e of 2024-02-29 by Ada Lovelace"))
        #expect(message.contains("Also in [commit message:1](1)."))
    }

    @Test func aResultNamesTenOtherPlaces() throws {
        let results = try #require(try run(Sample.full)["results"]?.array)
        let last = try #require(results.last)
        #expect(last["relatedLocations"]?.array?.map { $0["id"]?.number } == (1...10).map { Double($0) })
        #expect(last["message"]?["text"]?.string?.contains("and 10 more.") == true)
        let own = last["locations"]?[0]?["physicalLocation"]?["region"]?["startLine"]
        let related = last["relatedLocations"]?.array?.map { $0["physicalLocation"]?["region"]?["startLine"] }
        #expect(related?.contains(own) == false)
    }

    @Test func theRunSaysHowItWent() throws {
        let complete = try run(Sample.result([]))
        #expect(complete["columnKind"] == .string("utf16CodeUnits"))
        #expect(complete["automationDetails"]?["id"] == .string("windsock/tree/"))
        #expect(complete["results"] == .array([]))
        #expect(complete["invocations"]?[0]?["executionSuccessful"] == .bool(true))
        var result = Sample.full
        result.summary.wasInterrupted = true
        let invocation = try #require(try run(result)["invocations"]?[0])
        #expect(invocation["executionSuccessful"] == .bool(false))
        let notices = try #require(invocation["toolExecutionNotifications"]?.array)
        #expect(notices.map { $0["descriptor"]?["id"]?.string } == ["not-read", "interrupted"])
        #expect(notices[0]["message"]?["text"] == .string("objects/ab/cdef: the object is corrupt. Run git fsck."))
    }

    @Test(arguments: [
        ("src/a b.py", "src/a%20b.py"), ("./a", "a"), ("a:b/c", "a%3Ab/c"), ("50%#?.txt", "50%25%23%3F.txt"),
        ("naïve/😀", "na%C3%AFve/%F0%9F%98%80"), ("/etc/passwd", "file:///etc/passwd"), ("", "-"), ("a\nb", "a%0Ab"),
    ])
    func pathsArePercentEncoded(path: String, uri: String) { #expect(SARIFLocation.uri(of: path) == uri) }

    @Test func theMostSevereOfMoreThanTheLimitIsKept() throws {
        let findings = (0..<1_200).map { index in
            Sample.finding(
                rule: index < 100 ? Sample.rule : Sample.otherRule, secret: "secret-number-\(index)",
                occurrences: [Sample.occurrence(line: index + 1)])
        }
        let run = try run(Sample.result(findings), limits: .init(results: 1_000, rules: 10, size: .max))
        let results = try #require(run["results"]?.array)
        #expect(results.count == 1_000)
        #expect(results.count { $0["level"] == .string("error") } == 100)
        let notice = run["invocations"]?[0]?["toolExecutionNotifications"]?[0]
        #expect(notice?["message"]?["text"]?.string?.hasPrefix("200 of 1,200 places left out") == true)
        #expect(run["invocations"]?[0]?["executionSuccessful"] == .bool(true))
    }

    @Test func aSecretInManyPlacesDoesNotPushOutOthers() throws {
        let findings = [
            Sample.finding(occurrences: (1...30).map { Sample.occurrence(line: $0) }),
            Sample.finding(rule: Sample.otherRule),
        ]
        let results = try #require(
            try run(Sample.result(findings), limits: .init(results: 20, rules: 10, size: .max))["results"]?.array)
        #expect(results.count == 20)
        #expect(results.count { $0["ruleId"] == .string("generic-password") } == 1)
    }

    @Test func aReportThatWouldBeTooLargeIsCut() throws {
        let run = try run(Sample.full, limits: .init(results: 100, rules: 100, size: 8000))
        let count = try #require(run["results"]?.array?.count)
        #expect((2..<16).contains(count))
        let notice = run["invocations"]?[0]?["toolExecutionNotifications"]?.array?.last
        #expect(notice?["descriptor"]?["id"] == .string("results-left-out"))
        #expect(notice?["message"]?["text"]?.string?.hasPrefix("\(16 - count) of 16 places") == true)
    }

    @Test func rulesWithResultsAreKeptFirst() throws {
        let run = try run(Sample.result(), limits: .init(results: 10, rules: 1, size: .max))
        #expect(run["tool"]?["driver"]?["rules"]?.array?.map { $0["id"]?.string } == ["mistral-api-key"])
        #expect(run["results"]?[0]?["ruleIndex"] == .number(0))
    }

    @Test func rulesWithoutResultsAreLeftOut() throws {
        #expect(
            try run(Sample.result())["tool"]?["driver"]?["rules"]?.array?.map { $0["id"]?.string } == [
                "mistral-api-key"
            ])
        #expect(try run(Sample.result([]))["tool"]?["driver"]?["rules"]?.array?.isEmpty == true)
    }

    @Test func theRunSaysWhichRepositoryItIsOf() throws {
        #expect(try run(Sample.result())["versionControlProvenance"] == nil)
        var result = Sample.result()
        result.repository = SourceRepository(
            address: "https://github.com/acme/shop", commit: Sample.commit.id.description, branch: "main")
        let provenance = try #require(try run(result)["versionControlProvenance"]?[0]?.object)
        #expect(
            provenance == [
                "repositoryUri": .string("https://github.com/acme/shop"),
                "revisionId": .string(Sample.commit.id.description), "branch": .string("main"),
                "mappedTo": .object(["uriBaseId": .string("%SRCROOT%")]),
            ])
    }

    @Test func whatIsSuppressedSaysByWhom() throws {
        let results = try #require(try run(Sample.suppressed)["results"]?.array)
        #expect(results.count == 3)
        #expect(results[0]["suppressions"] == nil)
        let suppressions = results.dropFirst().map { $0["suppressions"]?[0]?.object }
        #expect(
            suppressions == [
                [
                    "kind": .string("external"), "status": .string("accepted"),
                    "justification": .string("The baseline knows it: rotated in March"),
                ],
                [
                    "kind": .string("inSource"), "status": .string("accepted"),
                    "justification": .string("A comment in the text lets it pass."),
                ],
            ])
    }

    @Test func aRuleThatWasNotLoadedIsListedAllTheSame() throws {
        var result = Sample.result()
        result.rules = []
        #expect(try run(result)["tool"]?["driver"]?["rules"]?.array?.count == 1)
    }
}
