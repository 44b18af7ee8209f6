import Testing

@testable import Reports

struct JUnitTests {
    @Test func aFindingIsAFailureAndAProblemIsAnError() throws {
        let outline = try #require(XMLOutline(written(Sample.full, as: .junit)))
        let suite = try #require(outline.named("testsuite").first).attributes
        #expect(suite["tests"] == "3" && suite["failures"] == "2" && suite["errors"] == "1")
        #expect(suite["timestamp"] == "2025-01-01T00:00:00" && suite["time"] == "0.523")
        #expect(outline.named("testcase").count == 3)
        let test = outline.named("testcase")[0].attributes
        #expect(test["classname"] == "windsock.mistral-api-key")
        #expect(test["file"] == "src/config.py" && test["line"] == "12")
        let failure = outline.named("failure")[0]
        #expect(failure.attributes["message"] == "mistral-api-key: q7Rw…1UaE at src/config.py:12 and 1 other place")
        #expect(failure.attributes["type"] == "high")
        #expect(failure.text.contains("\n1. Open the console.\n2. Revoke the key.\n"))
        #expect(
            outline.named("error")[0].attributes["message"] == "objects/ab/cdef: the object is corrupt. Run git fsck.")
    }

    @Test func aCleanScanIsAPassedTest() throws {
        let outline = try #require(XMLOutline(written(Sample.result([]), as: .junit)))
        #expect(outline.named("testsuite")[0].attributes["tests"] == "1")
        #expect(outline.named("testcase").count == 1)
        #expect(outline.named("failure").isEmpty && outline.named("error").isEmpty)
        #expect(outline.named("system-out")[0].text.hasSuffix("clean"))
    }
}
