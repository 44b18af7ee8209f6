import Foundation
import Rules
import TestSupport
import Testing

@testable import Verification

struct AuditLogTests {
    private struct Line: Decodable {
        var time: String
        var event: String
        var id: String
        var method: String
        var host: String
        var rule: String
        var fingerprint: String
        var status: Int?
        var verdict: String?
        var duration: Double?
        var reason: String?
    }

    private let provider = TestProvider.shared
    private let folder = TemporaryDirectory()
    private let secret = "auditKQ3vTz81LmPqX0aBcD9eF"

    private func key(_ path: String) -> KeyToVerify {
        let attempt = VerificationSpec.Attempt(
            url: "https://127.0.0.1:\(provider.port("main"))\(path)",
            headers: [.init(name: "Authorization", value: "Bearer {{secret}}")],
            answers: [.init(statuses: [200], has: ["data"], liveness: .live)])
        return KeyToVerify(
            rule: Rule(id: "acme-\"key\"", verification: VerificationSpec(attempts: [attempt])), fingerprint: "v1:00",
            secret: SecretBuffer(secret.utf8), redacted: "audi…")
    }

    private var options: VerifierOptions {
        var network = NetworkSettings { _ in nil }
        network.certificateFiles = [provider.authority]
        network.allowsPrivateAddresses = true
        network.timeout = 20
        return VerifierOptions(network: network)
    }

    private func lines() throws -> [Line] {
        try String(decoding: folder.read("audit.jsonl"), as: UTF8.self).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test func aRequestHasALineBeforeAndALineAfter() throws {
        let log = try AuditLog(path: folder("audit.jsonl"))
        #expect(Verifier(options, auditLog: log).verify([key("/by-key")])[0].liveness == .live)
        let lines = try lines()
        #expect(lines.map(\.event) == ["request", "answer"])
        #expect(Set(lines.map(\.id)).count == 1)
        #expect(lines.map(\.status) == [nil, 200])
        #expect(lines.map(\.verdict) == [nil, "live"])
        #expect(lines[1].duration ?? 0 > 0)
        for line in lines {
            #expect(line.rule == "acme-\"key\"" && line.fingerprint == "v1:00" && line.method == "GET")
            #expect(line.host == "127.0.0.1:\(provider.port("main"))")
            #expect(line.time.hasSuffix("Z") && line.time.count == 24)
        }
        #expect(!String(decoding: folder.read("audit.jsonl"), as: UTF8.self).contains(secret))
    }

    @Test func theFirstLineIsThereWhileTheAnswerIsNot() throws {
        let log = try AuditLog(path: folder("audit.jsonl"))
        let (options, key) = (options, key("/slow?seconds=4&audit"))
        let done = DispatchSemaphore(value: 0)
        // A thread of its own: that of the tests' tasks may be busy for longer than the answer takes.
        Thread {
            _ = Verifier(options, auditLog: log).verify([key])
            done.signal()
        }.start()
        while provider.requests(with: "&audit").isEmpty { usleep(20_000) }
        #expect(try lines().map(\.event) == ["request"])
        done.wait()
        #expect(try lines().map(\.event) == ["request", "answer"])
    }

    @Test func withoutALogNothingIsSent() throws {
        let log = try AuditLog(path: "/dev/full")
        let result = Verifier(options, auditLog: log).verify([key("/by-key?full"), key("/by-key?full2")])
        #expect(result.allSatisfy { $0.liveness == .unknown && $0.reason.contains("audit log /dev/full") })
        #expect(provider.requests(with: "/by-key?full").isEmpty)
    }

    @Test func aLogThatCannotBeOpenedIsAnError() {
        let error = #expect(throws: AuditLogError.self) { try AuditLog(path: "/nonexistent/audit") }
        #expect(error?.description.contains("/nonexistent/audit") == true)
    }

    @Test func aRequestThatWasNeverSentIsTold() throws {
        let log = try AuditLog(path: folder("audit.jsonl"))
        var options = options
        options.network.allowsPrivateAddresses = false
        _ = Verifier(options, auditLog: log).verify([key("/by-key")])
        let lines = try lines()
        #expect(lines.map(\.event) == ["answer"])
        #expect(lines[0].status == nil && lines[0].verdict == "unknown")
        #expect(lines[0].reason?.contains("public internet") == true)
    }

    @Test(arguments: [(0.0, "1970-01-01T00:00:00.000Z"), (951_782_400.25, "2000-02-29T00:00:00.250Z")])
    func timesAreISO8601(seconds: Double, text: String) { #expect(UTCTime.text(seconds) == text) }
}
