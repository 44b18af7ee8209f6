import Findings
import Foundation
import Testing

@testable import Reports

struct GitLabTests {
    private func parsed(_ result: ScanResult, headCommit: String? = nil) throws -> JSONValue {
        try JSONValue(
            parsing: Report.write(
                result, as: .gitlab, options: .init(toolVersion: "1.2.3", headCommit: headCommit)))
    }

    /// The schema is GitLab's (secret-detection-report-format.json, 15.2.1) and not in this repository.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["WINDSOCK_GITLAB_SCHEMA"] != nil),
        arguments: [Sample.full, Sample.result(), Sample.result([]), Hostile.result, Hostile.emptyTexts])
    func theOfficialSchemaHolds(result: ScanResult) throws {
        let path = try #require(ProcessInfo.processInfo.environment["WINDSOCK_GITLAB_SCHEMA"])
        let schema = JSONSchema(root: try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path)))))
        #expect(schema.violations(of: try parsed(result)) == [])
    }

    @Test func theScanIsDescribed() throws {
        let report = try parsed(Sample.full)
        #expect(report["version"] == .string("15.2.1"))
        let scan = try #require(report["scan"])
        #expect(scan["type"] == .string("secret_detection") && scan["status"] == .string("failure"))
        #expect(scan["start_time"] == .string("2025-01-01T00:00:00"))
        for role in ["scanner", "analyzer"] {
            #expect(scan[role]?["id"] == .string("windsock") && scan[role]?["version"] == .string("1.2.3"))
            #expect(scan[role]?["vendor"]?["name"]?.string?.isEmpty == false)
        }
        #expect(scan["messages"]?[0]?["value"]?.string?.contains("objects/ab/cdef") == true)
        #expect(try parsed(Sample.result([]))["scan"]?["status"] == .string("success"))
        #expect(try parsed(Sample.result([]))["vulnerabilities"] == .array([]))
    }

    @Test func anOccurrenceIsAVulnerability() throws {
        let vulnerabilities = try #require(try parsed(Sample.full)["vulnerabilities"]?.array)
        #expect(vulnerabilities.count == 16)
        let first = vulnerabilities[0]
        #expect(first["severity"] == .string("High") && first["name"] == .string("A Mistral AI API key."))
        #expect(first["identifiers"]?[0]?["value"] == .string("mistral-api-key"))
        #expect(first["location"]?["file"] == .string("src/config.py"))
        #expect(first["location"]?["start_line"] == .number(12))
        #expect(first["location"]?["commit"]?["sha"] == .string(Sample.commit.id.description))
        #expect(
            first["solution"]
                == .string("1. Open the console.\n2. Revoke the key.\n3. Put a new one into a secret store."))
        #expect(first["raw_source_code_extract"] == .string(#"MISTRAL_API_KEY = "q7Rw…1UaE""#))
    }

    @Test func identitiesAreDistinctStableUUIDs() throws {
        func identities() throws -> [String] {
            try #require(try parsed(Sample.full)["vulnerabilities"]?.array).compactMap { $0["id"]?.string }
        }
        let ids = try identities()
        #expect(Set(ids).count == 16)
        #expect(try identities() == ids)
        #expect(
            ids.allSatisfy { UUID(uuidString: $0) != nil && Array($0)[14] == "8" && "89ab".contains(Array($0)[19]) })
    }

    @Test func aPlaceOutsideTheHistoryHasTheHeadCommit() throws {
        func commit(_ head: String?) throws -> JSONValue? {
            try parsed(Sample.result(), headCommit: head)["vulnerabilities"]?[0]?["location"]?["commit"]?["sha"]
        }
        let head = Sample.removal.id.description
        #expect(try commit(head) == .string(head))
        #expect(try commit(nil) == .string("0000000"))
    }

    @Test func longTextsKeepToTheLimits() throws {
        for vulnerability in try #require(try parsed(Hostile.result)["vulnerabilities"]?.array) {
            #expect((vulnerability["name"]?.string?.utf16.count ?? 999) <= 255)
            #expect((vulnerability["solution"]?.string?.utf16.count ?? 9999) <= 7000)
        }
    }
}
