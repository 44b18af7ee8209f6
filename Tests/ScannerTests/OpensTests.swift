import Findings
import Rules
import TestSupport
import Testing

@testable import Scanner

/// What stands beside a secret and says what it opens.
struct OpensTests {
    private static let rules = #"""
        [[rules]]
        id = "acme-key"
        regex = "acme_[a-z0-9]{12}"
        keywords = ["acme_"]
        opens = [
          { what = "host", regex = '([a-z0-9-]+\.acme\.example)' },
          { what = "account", regex = '(?i)account["\s:=]+([A-Za-z0-9_-]{3,40})' },
        ]
        [[rules]]
        id = "acme-account-secret"
        regex = "sec_[a-z0-9]{8}"
        keywords = ["sec_"]
        """#

    private func opens(_ text: String) throws -> [String] {
        let engine = try ScanEngine(toml: Self.rules)
        let result = BlobScanner(engine: engine).scan(text)
        return result.detections.filter { engine.rules[$0.ruleIndex].id == "acme-key" }
            .flatMap(\.beside.opens).map { "\($0.what) \($0.name)" }
    }

    @Test(arguments: [
        ("KEY=acme_abc123def456", []),
        ("URL=https://eu-1.acme.example/v1\nKEY=acme_abc123def456", ["host eu-1.acme.example"]),
        ("KEY=acme_abc123def456\nACCOUNT=team-seven", ["account team-seven"]),
        ("{\"account\": \"a1b\", \"key\": \"acme_abc123def456\"}", ["account a1b"]),
        // The nearest of several.
        ("far.acme.example\n\n\nnear.acme.example KEY=acme_abc123def456", ["host near.acme.example"]),
        // Too far away.
        ("far.acme.example" + String(repeating: "\n", count: 9) + "KEY=acme_abc123def456", []),
        // What is a secret itself is never shown, in whole or in part.
        ("ACCOUNT=acme_xyz123def456 KEY=acme_abc123def456", []),
        ("account: sec_abcd1234\nKEY=acme_abc123def456", []),
    ])
    func whatStandsBesideIsTold(text: String, expected: [String]) throws {
        #expect(try opens(text) == expected)
    }

    @Test func aPatternThatDoesNotCompileIsNamed() throws {
        let engine = try ScanEngine(
            toml: "[[rules]]\nid='a'\nregex='a'\nopens=[{what='host', regex='(x'}]")
        let error = try #require(throws: RuleFileError.self) { try engine.validate() }
        #expect("\(error)".contains("rule a"))
    }

    @Test(arguments: ["opens=[{what='host'}]", "opens=[{regex='x'}]", "opens=[{what='', regex='x'}]"])
    func whatAndHowAreBothNeeded(field: String) {
        #expect(throws: RuleFileError.self) {
            try RuleFile(text: "[[rules]]\nid='a'\nregex='a'\n\(field)", file: "a.toml")
        }
    }

    @Test(arguments: [
        (
            "DefaultEndpointsProtocol=https;AccountName=acmestore;AccountKey=KEY;EndpointSuffix=core.windows.net",
            "account acmestore"
        ),
        ("postgres://app:x8Kq2Lm0Pw7Zr5Tb@db.acme-internal.net:5432/orders", "host db.acme-internal.net:5432"),
    ])
    func builtInRulesTellIt(form: String, expected: String) {
        var generator = SeededGenerator(seed: 7)
        let key =
            (0..<86).map { _ in
                String(
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".randomElement(using: &generator)!)
            }.joined() + "=="
        let result = BlobScanner(engine: BuiltinEngine.shared).scan(
            form.replacing("KEY;", with: "\(key);"), path: "a.env")
        let opened = result.detections.flatMap(\.beside.opens).map { "\($0.what) \($0.name)" }
        #expect(opened.contains(expected))
    }
}
