import Rules
import TestSupport
import Testing

@testable import Verification

struct JudgementTests {
    private static let files: [String] = RuleFolder.names.filter { name in
        (try? RuleFolder.file(name).rules.contains { $0.verification != nil }) ?? true
    }

    @Test func thereAreRulesThatSayWhomToAsk() { #expect(Self.files.contains("mistral/rule.toml")) }

    @Test(arguments: files) func recordedAnswersGetTheVerdictThatTheRuleSays(file: String) throws {
        for rule in try RuleFolder.file(file).rules {
            for complaint in SpecChecker.complaints(rule) { Issue.record("\(file): \(complaint)") }
        }
    }

    private static let attempt = VerificationSpec.Attempt(
        url: "https://a/{{secret}}",
        answers: [
            .init(
                statuses: [200], has: ["data.0.id"], equals: [.init(path: "object", value: .text("list"))],
                liveness: .live),
            .init(statuses: [401], has: ["error"], liveness: .dead, reason: "no such key"),
            .init(statuses: [403], kind: .xml, contains: ["<Code>Denied"], liveness: .restricted),
            .init(statuses: [204], kind: .any, isBare: true, liveness: .live),
            .init(statuses: [400], kind: .text, contains: ["bad key"], liveness: .dead),
        ])

    @Test(arguments: [
        (200, "application/json", #"{"object":"list","data":[{"id":"m"}]}"#, Liveness.live),
        (200, "application/vnd.x+json;charset=utf-8", #"{"object":"list","data":[{"id":null}]}"#, .live),
        (200, "text/plain", #"{"object":"list","data":[{"id":"m"}]}"#, .unknown),
        (200, "", #"{"object":"list","data":[{"id":"m"}]}"#, .unknown),
        (200, "application/json", #"{"object":"list","data":[]}"#, .unknown),
        (200, "application/json", #"{"object":"other","data":[{"id":"m"}]}"#, .unknown),
        (200, "application/json", #"{"object":"list","data":[{"id":"m"}]"#, .unknown),
        (200, "application/json", #"{"object":"list","data":[{"id":"m"}]} {}"#, .unknown),
        (401, "application/json", #"{"error":"x"}"#, .dead), (401, "application/json", #"{"message":"x"}"#, .unknown),
        (401, "text/html", #"{"error":"x"}"#, .unknown), (401, "application/json", "", .unknown),
        (403, "application/xml", "<Error><Code>Denied</Code></Error>", .restricted),
        (403, "application/json", "<Error><Code>Denied</Code></Error>", .unknown),
        (403, "application/xml", "<html><Code>Denied</Code></html>", .unknown),
        (403, "text/html", "<h1>Denied</h1>", .unknown), (204, "", "", .live),
        (204, "", "<!DOCTYPE html><p>hi", .unknown), (400, "text/plain", "a bad key", .dead),
        (400, "text/html", "a bad key", .unknown), (404, "application/json", "{}", .unknown),
        (407, "application/json", #"{"error":"x"}"#, .unknown), (429, "application/json", #"{"error":"x"}"#, .unknown),
        (302, "application/json", #"{"error":"x"}"#, .unknown), (500, "application/json", #"{"error":"x"}"#, .unknown),
        (100, "", "", .unknown), (418, "", "", .unknown),
    ])
    func aVerdictNeedsStatusContentTypeAndShape(status: Int, type: String, body: String, wanted: Liveness) {
        var body = body
        let judgement = body.withUTF8 {
            Judgement(status: status, contentType: type, body: UnsafeRawBufferPointer($0), of: Self.attempt)
        }
        #expect(judgement.liveness == wanted, "\(judgement.reason)")
        #expect(judgement.reason.contains("HTTP \(status)"))
        #expect(!judgement.reason.hasSuffix("."))
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "-", "1e", "tru", "\"a", "\"\\x\"", "\"\u{1}\"", "nul", "{\"a\" 1}",
        "'a'",
        "[1] x", "NaN", "{1:2}", "\"\\u12g4\"", String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    ])
    func whatIsNotJSONHasNoValue(text: String) {
        var text = text
        #expect(text.withUTF8 { JSONValue(parsing: UnsafeRawBufferPointer($0)) } == nil)
    }

    @Test func jsonIsRead() {
        var text = #"""
             {"a":[1, -2.5e1, true,false ,null,"x\n\u00e9\ud83d\ude00\/\\\"",{}],"b":{"c":{"0":"d"}}, "e":[]}
            """#
        let value = text.withUTF8 { JSONValue(parsing: UnsafeRawBufferPointer($0)) }
        #expect(value?["a.0"] == .number(1))
        #expect(value?["a.1"] == .number(-25))
        #expect(value?["a.4"] == .null)
        #expect(value?["a.5"] == .string("x\né😀/\\\""))
        #expect(value?["b.c.0"] == .string("d"))
        #expect(value?["a.7"] == nil)
        #expect(value?["b.x"] == nil)
        #expect(value?["e"] == .array([]))
    }
}
