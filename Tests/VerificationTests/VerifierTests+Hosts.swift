import Foundation
import Rules
import TestSupport
import Testing

@testable import Verification

extension VerifierTests {
    // MARK: Several hosts

    private static func alternative(_ path: String) -> VerificationSpec.Attempt {
        .init(
            name: "Codestral", url: "https://\(TestProvider.otherHost):\(provider.port("other"))\(path)",
            headers: [.init(name: "Authorization", value: "Bearer {{secret}}")], answers: answers)
    }

    private static let refused = answer(401, "application/json", #"{"detail":"Unauthorized"}"#)

    @Test func theOtherHostIsAskedOnlyWhenTheFirstRefuses() {
        let good = answer(200)
        #expect(
            Self.ask(Self.rule(good + "&first", alternatives: [Self.alternative("/by-key?second")])).liveness == .live)
        #expect(Self.provider.requests(with: "/by-key?second").isEmpty)
        let result = Self.ask(Self.rule(Self.refused, alternatives: [Self.alternative("/by-key?third")]))
        #expect(result.liveness == .live)
        #expect(result.host?.hasPrefix(TestProvider.otherHost) == true)
        #expect(Self.provider.requests(with: "/by-key?third").count == 1)

        func answer(_ status: Int) -> String {
            Self.answer(status, "application/json", #"{"object":"list","data":[]}"#)
        }
    }

    @Test func deadMeansThatEveryHostRefuses() {
        let refused = Self.alternative(Self.refused)
        let missing = Self.alternative(Self.answer(404, "application/json", "{}"))
        let dead = Self.ask(Self.rule(Self.refused, alternatives: [refused]))
        #expect(dead.liveness == .dead)
        #expect(dead.reason.contains(TestProvider.otherHost))
        let doubtful = Self.ask(Self.rule(Self.refused, alternatives: [missing]))
        #expect(doubtful.liveness == .unknown)
        #expect(doubtful.reason.contains("may know it"))
        // The list is missing there, but an empty request is refused: that settles it.
        #expect(Self.ask(Self.rule(Self.refused, alternatives: [missing, refused])).liveness == .dead)
        let accepted = Self.alternative(Self.answer(422, "application/json", #"{"detail":[]}"#))
        #expect(Self.ask(Self.rule(Self.refused, alternatives: [missing, accepted])).liveness == .live)
    }

    @Test func anEndpointTakesThePlaceOfTheRulesHost() throws {
        var rule = Self.rule("/v1/models?endpoint", alternatives: [Self.alternative("/by-key?elsewhere")])
        rule.verification?.attempts[0].url = "https://api.example.com/v1/models?endpoint"
        var options = Self.options()
        let base = "https://127.0.0.1:\(Self.provider.port("main"))"
        for address in ["\(base)/gateway/acme", "\(base)/gateway/v1/", base] {
            options.endpoints = Endpoints()
            options.endpoints.set("ACME", try HTTPSAddress(address))
            #expect(Self.ask(rule, options).liveness == .live, "\(address)")
        }
        let targets = Self.provider.requests(with: "/v1/models?endpoint").compactMap(\.target)
        #expect(targets == ["/gateway/acme/v1/models?endpoint", "/gateway/v1/models?endpoint", "/v1/models?endpoint"])
        // Who says where keys go does not get them sent elsewhere as well.
        let dead = Self.key(rule, "deadENDPOINT")
        #expect(Verifier(options).verify([dead])[0].liveness == .dead)
        #expect(Self.provider.requests(with: "/by-key?elsewhere").isEmpty)
        options.endpoints.set("codestral", try HTTPSAddress("https://127.0.0.1:\(Self.provider.port("other"))"))
        #expect(Verifier(options).verify([dead])[0].liveness == .dead)
        #expect(Self.provider.requests(with: "/by-key?elsewhere").count == 1)
    }

    @Test func latenciesAreThoseOfTheSameRequest() {
        let key = Self.key(Self.rule("/slow?seconds=0.05&latency"))
        let verifier = Verifier(Self.options())
        let inquiry = verifier.inquire([key])[0]
        let latencies = verifier.latencies(of: key, after: inquiry, count: 4)
        #expect(latencies.count == 4)
        #expect(latencies.allSatisfy { (0.05..<2).contains($0) })
        #expect(Self.provider.requests(with: "&latency").count == 4)
    }

    // MARK: What cannot be sent

    @Test func aKeyWithALineBreakIsNotSent() {
        let result = Verifier(Self.options()).verify([Self.key(Self.rule("/by-key?break"), "a\r\nX-Evil: 1")])[0]
        #expect(result.reason.contains("control character"))
        #expect(Self.provider.requests(with: "/by-key?break").isEmpty)
    }

    @Test func aKeyOfDotsDoesNotClimb() {
        _ = Verifier(Self.options()).verify([Self.key(Self.rule("/by-key/a/{{secret}}?dots"), "..")])
        #expect(Self.provider.requests(with: "?dots").compactMap(\.target) == ["/by-key/a/..?dots"])
    }

    @Test func aKeyCannotLeaveItsPlaceInTheAddress() {
        let result = Verifier(Self.options()).verify([Self.key(Self.rule("/by-key/{{secret}}?path"), "../x?y=1&z#@h")])[
            0]
        #expect(result.liveness == .unknown)
        #expect(
            Self.provider.requests(with: "?path").compactMap(\.target) == ["/by-key/..%2Fx%3Fy%3D1%26z%23%40h?path"])
    }
}
