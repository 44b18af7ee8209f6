import Foundation
import Rules
import TestSupport
import Testing

@testable import Verification

/// Against real servers on the loopback address: see `TestProvider`.
struct VerifierTests {
    static let provider = TestProvider.shared

    /// What a rule says that asks one of the servers.
    static func rule(
        _ path: String, server: String = "main", host: String = TestProvider.host,
        method: VerificationSpec.Method = .get,
        body: String? = nil,
        headers: [VerificationSpec.Header] = [.init(name: "Authorization", value: "Bearer {{secret}}")],
        alternatives: [VerificationSpec.Attempt] = []
    ) -> Rule {
        let attempt = VerificationSpec.Attempt(
            method: method, url: "https://\(host):\(provider.port(server))\(path)", headers: headers, body: body,
            answers: answers)
        return Rule(
            id: "acme-key", provider: "Acme Inc", regex: "a",
            verification: VerificationSpec(attempts: [attempt] + alternatives))
    }

    static let answers: [VerificationSpec.Answer] = [
        .init(statuses: [200], has: ["data"], equals: [.init(path: "object", value: .text("list"))], liveness: .live),
        .init(statuses: [401], has: ["detail"], liveness: .dead),
        .init(statuses: [401], has: ["message"], liveness: .dead),
        .init(statuses: [403], has: ["detail"], liveness: .restricted),
        .init(statuses: [422], has: ["detail"], liveness: .live),
    ]

    static func key(_ rule: Rule, _ secret: String = "kQ3vTz81LmPqX0aBcD9eFgH2iJ4K") -> KeyToVerify {
        KeyToVerify(
            rule: rule, fingerprint: "v1:0123456789abcdef0123456789abcdef", secret: SecretBuffer(secret.utf8),
            redacted: "\(secret.prefix(4))…")
    }

    static func options(
        private allows: Bool = true, variables: [String: String] = [:], resolving host: String = TestProvider.host,
        to address: String = "127.0.0.1"
    ) -> VerifierOptions {
        var network = NetworkSettings { variables[$0] }
        network.certificateFiles = [provider.authority]
        network.allowsPrivateAddresses = allows
        network.timeout = 5
        for server in ["main", "other", "expired", "selfsigned", "http2", "plain"] {
            network.resolutions.append("\(host):\(provider.port(server)):\(address)")
            network.resolutions.append("\(TestProvider.otherHost):\(provider.port(server)):127.0.0.1")
        }
        var options = VerifierOptions(network: network)
        options.rate = 1000
        return options
    }

    static func ask(_ rule: Rule, _ options: VerifierOptions = options()) -> VerificationResult {
        Verifier(options).verify([key(rule)])[0]
    }

    static func answer(_ status: Int, _ type: String, _ body: String, more: String = "") -> String {
        func encode(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return "/answer?status=\(status)&type=\(encode(type))&body=\(encode(body))\(more)"
    }

    // MARK: Answers

    @Test(arguments: [
        (200, "application/json", #"{"object":"list","data":[]}"#, Liveness.live),
        (200, "application/json", #"{"object":"list"}"#, .unknown), (200, "text/html", "<html>login</html>", .unknown),
        (200, "application/json", "<html>login</html>", .unknown), (200, "application/json", "", .unknown),
        (200, "", #"{"object":"list","data":[]}"#, .unknown), (204, "", "", .unknown),
        (401, "application/json", #"{"detail":"Unauthorized"}"#, .dead),
        (401, "application/json", #"{"message":"Unauthorized","request_id":"1"}"#, .dead),
        (401, "text/html", "<html>401</html>", .unknown), (401, "application/json", #"{"error":"proxy"}"#, .unknown),
        (401, "text/plain", "Unauthorized", .unknown), (403, "application/json", #"{"detail":"no"}"#, .restricted),
        (403, "text/html", "<html>blocked</html>", .unknown), (404, "application/json", #"{"detail":"no"}"#, .unknown),
        (422, "application/json", #"{"detail":[]}"#, .live), (407, "text/html", "who", .unknown),
        (500, "application/json", #"{"detail":"no"}"#, .unknown), (502, "text/html", "<html>bad</html>", .unknown),
        (503, "application/json", #"{"object":"list","data":[]}"#, .unknown), (418, "application/json", "{}", .unknown),
    ])
    func aVerdictNeedsAnAnswerThatOnlyTheProviderGives(status: Int, type: String, body: String, wanted: Liveness) {
        let result = Self.ask(Self.rule(Self.answer(status, type, body)))
        #expect(result.liveness == wanted, "\(result.reason)")
        #expect(result.status == status)
        #expect(result.host == "\(TestProvider.host):\(Self.provider.port("main"))")
    }

    @Test(arguments: ["/chunked", "/by-key", "/slow?seconds=0.3"])
    func answersComeInManyWays(path: String) {
        #expect(Self.ask(Self.rule(path)).liveness == .live)
    }

    @Test(arguments: [
        ("/truncated", "ended before it was whole"), ("/truncated-chunk", "ended before it was whole"),
        ("/endless", "larger than any"), ("/endless-header", "larger than any"),
        ("/nothing", "ended before it was whole"), ("/garbage", "is not HTTP"), ("/drip", "did not answer in time"),
        ("/slow?seconds=30", "did not answer in time"),
    ])
    func whatIsNoWholeAnswerIsUnknown(path: String, reason: String) {
        var options = Self.options()
        options.network.timeout = 1.5
        let start = Date()
        let result = Self.ask(Self.rule(path), options)
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains(reason), "\(result.reason)")
        #expect(Date().timeIntervalSince(start) < 10)
    }

    @Test(
        arguments: [301, 302, 303, 307, 308],
        ["https://codestral.test", "https://10.0.0.1", "http://127.0.0.1", "/by-key"])
    func redirectsAreNeverFollowed(status: Int, target: String) {
        let mark = "mark\(status)x\(target.utf8.reduce(0) { $0 + Int($1) })"
        let place = target.hasPrefix("/") ? "\(target)?\(mark)" : "\(target):\(Self.provider.port("other"))/\(mark)"
        let encoded = place.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let result = Self.ask(Self.rule("/redirect?status=\(status)&to=\(encoded)"))
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains("redirect"))
        #expect(Self.provider.requests(with: mark).allSatisfy { $0.target?.hasPrefix("/redirect") == true })
    }

    // MARK: Connections

    @Test(arguments: [
        ("expired", TestProvider.host), ("selfsigned", TestProvider.host), ("main", "wrong.test"),
    ])
    func aCertificateThatIsNotValidKeepsTheKeyHere(server: String, host: String) {
        let secret = "certificate\(server)\(host.count)KEY"
        let options = Self.options(resolving: host)
        let result = Verifier(options).verify([Self.key(Self.rule("/by-key", server: server, host: host), secret)])[0]
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains("certificate"), "\(result.reason)")
        #expect(Self.provider.requests(with: secret).isEmpty)
    }

    @Test func anAuthorityThatIsNotTrustedKeepsTheKeyHere() {
        var options = Self.options()
        options.network.certificateFiles = []
        #expect(Self.ask(Self.rule("/by-key"), options).reason.contains("certificate"))
        let folder = TemporaryDirectory()
        let junk = folder.write("junk.pem", "no certificate")
        options.network.certificateFiles = [junk]
        #expect(Self.ask(Self.rule("/by-key"), options).liveness == .unknown)
        // Two files are trusted together.
        options.network.certificateFiles = [junk, Self.provider.authority]
        #expect(Self.ask(Self.rule("/by-key"), options).liveness == .live)
        options.network.certificateFiles = ["/nonexistent.pem", Self.provider.authority]
        #expect(Self.ask(Self.rule("/by-key"), options).reason.contains("/nonexistent.pem"))
    }

    @Test func aServerWithoutTLSGetsNoKey() {
        let result = Self.ask(Self.rule("/by-key?plain", server: "plain"))
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains("no TLS connection"), "\(result.reason)")
        #expect(Self.provider.requests(with: "/by-key?plain").isEmpty)
    }

    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "[::1]", "[fe80::1]", "[::ffff:10.0.0.1]",
    ])
    func aNameThatLeadsToAPrivateAddressIsNotAsked(address: String) {
        let options = Self.options(private: false, to: address)
        let result = Self.ask(Self.rule("/by-key?private"), options)
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains("not of the public internet"), "\(result.reason)")
        #expect(Self.provider.requests(with: "/by-key?private").isEmpty)
    }

    @Test func anAddressInTheRuleIsCheckedLikeAName() {
        let result = Self.ask(Self.rule("/by-key?literal", host: "127.0.0.1"), Self.options(private: false))
        #expect(result.reason.contains("not of the public internet"))
        #expect(Self.ask(Self.rule("/by-key", host: "127.0.0.1")).liveness == .live)
    }

    @Test func nobodyAtTheOtherEndIsUnknown() {
        var rule = Self.rule("/by-key")
        rule.verification?.attempts[0].url = "https://127.0.0.1:1/"
        #expect(Self.ask(rule).reason.contains("no connection"))
        var options = Self.options()
        options.network.connectTimeout = 1
        rule.verification?.attempts[0].url = "https://nobody.invalid/"
        #expect(Self.ask(rule, options).liveness == .unknown)
    }

    @Test func http2IsSpokenWhereItIsOffered() {
        #expect(Self.ask(Self.rule("/by-key", server: "http2")).liveness == .live)
        #expect(!Self.provider.requests(with: "\"http2\"").filter { $0.protocol == "2" }.isEmpty)
        _ = Self.ask(Self.rule("/by-key?one"))
        #expect(Self.provider.requests(with: "/by-key?one").map(\.protocol) == ["1.1"])
    }

    // MARK: Proxies

    @Test func aProxyIsAskedToConnectAndNeverSeesTheKey() {
        let proxy = "http://127.0.0.1:\(Self.provider.port("proxy"))"
        // The proxy may be at a private address; what it connects to is its business, and the certificate's.
        let options = Self.options(private: false, variables: ["HTTPS_PROXY": proxy])
        let secret = "proxiedKEYproxiedKEY"
        let rule = Self.rule("/by-key?proxied")
        #expect(Verifier(options).verify([Self.key(rule, secret)])[0].liveness == .live)
        let connect = Self.provider.requests(with: "CONNECT").filter { $0.target?.hasPrefix(TestProvider.host) == true }
        #expect(!connect.isEmpty)
        #expect(connect.allSatisfy { $0.headers?["authorization"] == nil })
        #expect(Self.provider.requests(with: secret).map(\.server) == ["main"])
    }

    @Test(arguments: [("refused.test", "HTTP 403"), ("who.test", "HTTP 407")])
    func aProxyThatRefusesIsUnknown(host: String, words: String) {
        let proxy = "http://127.0.0.1:\(Self.provider.port("proxy"))"
        let result = Self.ask(
            Self.rule("/by-key", host: host), Self.options(private: false, variables: ["https_proxy": proxy]))
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains("proxy refused") && result.reason.contains(words), "\(result.reason)")
    }

    @Test func noProxyIsHonoured() {
        let variables = ["HTTPS_PROXY": "http://127.0.0.1:1", "NO_PROXY": "example.org, .test"]
        #expect(Self.ask(Self.rule("/by-key"), Self.options(variables: variables)).liveness == .live)
        let result = Self.ask(Self.rule("/by-key"), Self.options(variables: ["ALL_PROXY": "http://127.0.0.1:1"]))
        #expect(result.reason.contains("proxy could not be reached"), "\(result.reason)")
    }

    // MARK: Too many requests

    @Test func retryAfterIsWaitedForWithinTheBudget() {
        let start = Date()
        #expect(Self.ask(Self.rule("/busy?times=1&retry=1&a")).liveness == .live)
        #expect((0.9..<4).contains(Date().timeIntervalSince(start)))
        #expect(Self.provider.requests(with: "/busy?times=1&retry=1&a").count == 2)
    }

    @Test func retryAfterBeyondTheBudgetIsUnknownAtOnce() {
        var options = Self.options()
        options.budgetSeconds = 5
        let start = Date()
        let result = Self.ask(Self.rule("/busy?times=1&retry=60&b"), options)
        #expect(result.liveness == .unknown)
        #expect(result.reason.contains("wait 60 seconds"), "\(result.reason)")
        #expect(Date().timeIntervalSince(start) < 3)
        #expect(Self.provider.requests(with: "retry=60&b").count == 1)
    }

    @Test func withoutRetryAfterItIsAskedTwiceMore() {
        #expect(Self.ask(Self.rule("/busy?times=9&c")).liveness == .unknown)
        #expect(Self.provider.requests(with: "/busy?times=9&c").count == 3)
    }

    @Test func twoHundredKeysAreNeverAskedFasterThanAllowed() {
        var options = Self.options()
        options.rate = 50
        options.concurrency = 16
        let keys = (0..<200).map { Self.key(Self.rule("/by-key?rate"), "\($0 % 3 == 0 ? "dead" : "good")rateKEY\($0)") }
        let results = Verifier(options).verify(keys)
        for (index, result) in results.enumerated() {
            #expect(result.liveness == (index % 3 == 0 ? .dead : .live), "\(index): \(result.reason)")
        }
        let times = Self.provider.requests(with: "/by-key?rate").map(\.time).sorted()
        #expect(times.count == 200)
        // Not in one second more than fifty, whichever second it is; the server's threads note the time a little late.
        for (index, time) in times.enumerated() where index + 50 < times.count {
            #expect(times[index + 50] - time > 0.97, "51 requests in \(times[index + 50] - time) s")
        }
    }

    // MARK: Harmless

    @Test func oneRequestADistinctKey() {
        var other = Self.rule("/by-key?distinct")
        other.id = "acme-key-documented"
        let keys = (0..<20).map {
            Self.key($0 % 2 == 0 ? Self.rule("/by-key?distinct") : other, "distinctKEY\($0 % 3)")
        }
        #expect(Verifier(Self.options()).verify(keys).allSatisfy { $0.liveness == .live })
        #expect(Self.provider.requests(with: "/by-key?distinct").count == 3)
    }

    @Test func canariesAreNotTouched() {
        var options = Self.options()
        options.excluded = ["v1:ca"]
        var canary = Self.key(Self.rule("/by-key?canary"), "canaryKEY")
        // The same key under another rule's fingerprint.
        let twin = Self.key(Self.rule("/by-key?canary&2"), "canaryKEY")
        canary.fingerprint = "v1:ca"
        let results = Verifier(options).verify([twin, canary])
        #expect(results.allSatisfy { $0.liveness == .unknown && $0.host == nil })
        #expect(Self.provider.requests(with: "/by-key?canary").isEmpty)
    }

    @Test func theBudgetOfRequestsIsKept() {
        var options = Self.options()
        options.budgetRequests = 3
        let keys = (0..<10).map { Self.key(Self.rule("/by-key?budget"), "budgetKEY\($0)") }
        let results = Verifier(options).verify(keys)
        #expect(results.count { $0.liveness == .live } == 3)
        #expect(results.filter { $0.liveness == .unknown }.allSatisfy { $0.reason.contains("budget") })
        #expect(Self.provider.requests(with: "/by-key?budget").count == 3)
    }

    @Test func theBudgetOfTimeIsKept() {
        var options = Self.options()
        options.rate = 2
        options.budgetSeconds = 1.2
        let keys = (0..<10).map { Self.key(Self.rule("/by-key?time"), "timeKEY\($0)") }
        let start = Date()
        let results = Verifier(options).verify(keys)
        #expect(Date().timeIntervalSince(start) < 5)
        #expect((1...4).contains(results.count { $0.liveness == .live }))
    }

    @Test func anInterruptionEndsTheWaiting() {
        let start = Date()
        let verifier = Verifier(Self.options()) { Date().timeIntervalSince(start) > 0.5 }
        let result = verifier.verify([Self.key(Self.rule("/slow?seconds=30&interrupted"))])[0]
        #expect(result.reason.contains("interrupted"))
        #expect(Date().timeIntervalSince(start) < 4)
    }

    @Test func whatEchoesTheKeyGivesNothingAway() throws {
        let folder = TemporaryDirectory()
        let secret = "eChO/+Q3vTz81LmPqX0aBcD9eFgH2iJ4K"
        let rule = Self.rule(
            "/echo?status=200&q={{secret}}",
            method: .post, body: "{\"key\":\"{{base64:user:secret}}\"}",
            headers: [
                .init(name: "Authorization", value: "Bearer {{secret}}"),
                .init(name: "X-B", value: "{{base64:secret:}}"),
            ])
        let log = try AuditLog(path: folder("audit.jsonl"))
        let inquiry = Verifier(Self.options(), auditLog: log).inquire([Self.key(rule, secret)])[0]
        #expect(inquiry.result.liveness == .live)
        let body = try #require(inquiry.response).body.withBytes { String(decoding: $0, as: UTF8.self) }
        let everything = body + "\(inquiry.result)" + String(decoding: folder.read("audit.jsonl"), as: UTF8.self)
        #expect(body.contains("****"))
        let forms = [
            secret, "eChO%2F%2B", Data("\(secret):".utf8).base64EncodedString(),
            Data("user:\(secret)".utf8).base64EncodedString(),
        ]
        for form in forms { #expect(!everything.contains(form)) }
        for form in [secret, "eChO%2F%2B"] { #expect(!Self.provider.requests(with: form).isEmpty, "it was sent") }
    }
}
