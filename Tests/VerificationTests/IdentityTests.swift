import Bytes
import Foundation
import Rules
import TestSupport
import Testing

@testable import Verification

/// Whose a key is: out of answers, and out of the key itself.
struct IdentityTests {
    private static func attempt(_ identity: [(String, String)]) -> VerificationSpec.Attempt {
        var attempt = VerificationSpec.Attempt(url: "https://api.example.com/{{secret}}", answers: [])
        attempt.identity = identity.map { .init(name: $0.0, source: $0.1) }
        return attempt
    }

    private static func facts(
        _ body: String, _ identity: [(String, String)], header: String = "", provider: String = "Acme"
    ) -> [String] {
        let response = Response(
            status: 200, contentType: "application/json", retryAfter: nil, header: SecretBuffer(header.utf8),
            body: SecretBuffer(body.utf8), duration: 0)
        return IdentityFacts.facts(of: response, by: attempt(identity), provider: provider).map {
            "\($0.name)=\($0.value)"
        }
    }

    @Test(
        arguments: [
            (
                #"{"login":"octocat","plan":{"name":"pro"}}"#, [("user", "login"), ("plan", "plan.name")],
                ["user=octocat", "plan=pro"]
            ),
            (
                #"{"scopes":["repo","gist"],"id":7,"ok":true}"#, [("scopes", "scopes"), ("account", "id")],
                ["scopes=repo, gist", "account=7"]
            ),
            (
                #"{"orgs":[{"name":"a"},{"name":"b"},{"id":1}]}"#, [("organisation", "orgs.*.name")],
                ["organisation=a, b"]
            ),
            (#"{"user":null,"name":"","team":{}}"#, [("user", "user"), ("name", "name"), ("team", "team")], []),
            ("{\"name\":\"a\\u001b[31mb\\u202ec\"}", [("name", "name")], ["name=a [31mb c"]),
            (#"{"name":"is ******** all"}"#, [("name", "name")], []), ("no JSON", [("name", "name")], []),
            (
                "<R><Arn>arn:aws:iam::1:user/a</Arn></R>", [("user", "xml:Arn"), ("account", "xml:Account")],
                ["user=arn:aws:iam::1:user/a"]
            ),
        ] as [(String, [(String, String)], [String])])
    func anAnswerSaysWhoseAKeyIs(_ body: String, _ identity: [(String, String)], _ expected: [String]) {
        #expect(Self.facts(body, identity) == expected)
    }

    @Test func aHeaderSaysIt() {
        let header = "HTTP/2 200\r\nx-oauth-scopes: repo, gist\r\n"
        #expect(Self.facts("{}", [("scopes", "header:X-OAuth-Scopes")], header: header) == ["scopes=repo, gist"])
    }

    @Test func modelsAreCounted() {
        let list =
            #"{"object":"list","data":[{"id":"mistral-large-latest"},{"id":"ft:open-mistral-7b:acme0001:20240514:7e773925"}]}"#
        let facts = Self.facts(list, [("models", "data.*.id")], provider: "Mistral AI")
        #expect(facts == ["models=2: Large, fine-tunes of acme0001"])
    }

    @Test func whatIsLongIsCut() {
        let many = (1...40).map { #""scope-number-\#($0)""# }.joined(separator: ",")
        let facts = Self.facts("{\"scopes\":[\(many)]}", [("scopes", "scopes")])
        #expect(facts.first.map { $0.count < 300 && $0.hasSuffix("…") || $0.contains("28 more") } == true)
    }

    /// Ids that are published with their accounts, and one from before ids had any.
    @Test(arguments: [
        ("ASIAQNZGKIQY56JQ7WML", "029608264753"), ("ASIAY34FZKBOKMUTVV7A", "609629065308"),
        ("AKIAIOSFODNN7EXAMPLE", nil),
        ("AKIA", nil), ("AKIAQNZGKIQY56JQ7WM1", "029608264753"), ("AKIA1NZGKIQY56JQ7WML", nil),
    ])
    func anIDOfAWSNamesItsAccount(_ id: String, _ account: String?) {
        #expect(OwnIdentity.awsAccount(ofKeyID: Array(id.utf8)) == account)
    }

    /// RFC 4231, test cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func codesAreThoseOfTheStandard(_ key: [UInt8], _ text: String, _ code: String) {
        #expect(HMAC.sha256(Array(text.utf8), key: key).map { String(format: "%02x", $0) }.joined() == code)
    }

    @Test func aTokenIsSignedAsOpenSSLExpects() throws {
        let folder = TemporaryDirectory()
        _ = Command.run(
            ["sh", "-c", "openssl genrsa -out key.pem 2048 && openssl rsa -in key.pem -pubout -out public.pem"],
            in: folder.path)
        let token = try WebToken.signed(#"{"iss":"1"}"#, with: SecretBuffer(folder.read("key.pem")))
        let text = token.withBytes { String(decoding: $0, as: UTF8.self) }
        let parts = text.split(separator: ".")
        #expect(parts.count == 3)
        folder.write("signed", parts[..<2].joined(separator: "."))
        try Data(Base64Bytes.decode(parts[2].utf8)).write(to: URL(filePath: folder("signature")))
        let checked = Command.run(
            ["openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "signed"],
            in: folder.path)
        #expect(checked.output.contains("Verified OK"))
        #expect(Base64Bytes.decode(parts[1].utf8) == Array(#"{"iss":"1"}"#.utf8))
        #expect(throws: SigningError.self) { try WebToken.signed("{}", with: SecretBuffer("no key".utf8)) }
    }
}

/// Requests that are signed, against a server that notes what it was sent.
struct SignedRequestTests {
    private static func key(
        _ signature: VerificationSpec.Signature, _ path: String, _ secret: String, around: String?,
        method: VerificationSpec.Method = .get
    ) -> KeyToVerify {
        var rule = VerifierTests.rule(path, method: method, body: method == .post ? "" : nil, headers: [])
        rule.verification?.attempts[0].signature = signature
        var key = VerifierTests.key(rule, secret)
        key.surroundings = around.map { SecretBuffer($0.utf8) }
        return key
    }

    /// The secret of AWS's documents, under an id that is made up.
    private static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    @Test func aPairOfAWSSigns() throws {
        let mark = "Action=GetCallerIdentity&Version=\(UUID().uuidString)"
        let around = "aws_access_key_id = AKIAQNZGKIQY56JQ7WML\naws_secret_access_key = \(Self.secret)\n"
        let key = Self.key(.awsSTS, "/echo?\(mark)", Self.secret, around: around)
        let inquiry = Verifier(VerifierTests.options()).inquire([key])[0]
        #expect(inquiry.result.liveness == .live, "\(inquiry.result)")
        #expect(inquiry.result.identity == [.init(name: "account", value: "029608264753")])
        let request = try #require(VerifierTests.provider.requests(with: mark).first)
        let header = try #require(request.headers?["authorization"])
        #expect(header.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIAQNZGKIQY56JQ7WML/"))
        #expect(header.contains("/us-east-1/sts/aws4_request") && !header.contains(Self.secret))
        // The signature once more, step by step as AWS describes it.
        let date = try #require(request.headers?["x-amz-date"])
        let signed = try #require(
            header.firstRange(of: "SignedHeaders=").map { header[$0.upperBound...].prefix { $0 != "," } })
        let lines = signed.split(separator: ";").map { "\($0):\(request.headers?[String($0)] ?? "")\n" }.joined()
        let empty = SHA256.hexadecimal(of: [])
        let canonical = "GET\n/echo\n\(mark)\n\(lines)\n\(signed)\n\(empty)"
        let scope = "\(date.prefix(8))/us-east-1/sts/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(SHA256.hexadecimal(of: canonical.utf8))"
        var code = Array("AWS4\(Self.secret)".utf8)
        for part in [String(date.prefix(8)), "us-east-1", "sts", "aws4_request", text] {
            code = HMAC.sha256(Array(part.utf8), key: code)
        }
        #expect(header.hasSuffix("Signature=" + code.map { String(format: "%02x", $0) }.joined()))
    }

    @Test(
        arguments: [
            (nil, "the access key id that belongs to it is not beside it"),
            ("id = ASIAY34FZKBOKMUTVV7A, secret = \(secret)", "takes the session's token, too"),
            ("no id here: \(secret)", "is not beside it"),
        ] as [(String?, String)])
    func halfAKeyIsNotAskedAbout(_ around: String?, _ reason: String) {
        let mark = UUID().uuidString
        let key = Self.key(.awsSTS, "/echo?\(mark)", Self.secret, around: around)
        let result = Verifier(VerifierTests.options()).verify([key])[0]
        #expect(result.liveness == .unknown && result.reason.contains(reason), "\(result)")
        #expect(VerifierTests.provider.requests(with: mark).isEmpty)
    }

    @Test func aServiceAccountSigns() throws {
        let folder = TemporaryDirectory()
        _ = Command.run(["openssl", "genpkey", "-algorithm", "RSA", "-out", "key.pem"], in: folder.path)
        let pem = String(decoding: folder.read("key.pem"), as: UTF8.self)
        let escaped = pem.replacingOccurrences(of: "\n", with: "\\n")
        let mark = UUID().uuidString
        let file =
            #"{"type":"service_account","project_id":"shop-123","private_key":"\#(escaped)","client_email":"ci@shop-123.iam.gserviceaccount.com"}"#
        let key = Self.key(.googleServiceAccount, "/echo?\(mark)", escaped, around: file, method: .post)
        let result = Verifier(VerifierTests.options()).verify([key])[0]
        #expect(result.liveness == .live, "\(result)")
        #expect(
            result.identity == [
                .init(name: "account", value: "ci@shop-123.iam.gserviceaccount.com"),
                .init(name: "project", value: "shop-123"),
            ])
        let body = try #require(VerifierTests.provider.requests(with: mark).first?.body)
        #expect(body.hasPrefix("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="))
        let claims = Base64Bytes.decode(body.split(separator: ".")[1].utf8)
        #expect(String(decoding: claims, as: UTF8.self).contains(#""iss":"ci@shop-123.iam.gserviceaccount.com""#))
    }

    @Test func aStorageAccountSigns() throws {
        let secret = Data((0..<64).map { UInt8($0) }).base64EncodedString()
        let mark = UUID().uuidString.lowercased()
        let around =
            "DefaultEndpointsProtocol=https;AccountName=shopassets;AccountKey=\(secret);EndpointSuffix=core.windows.net"
        let key = Self.key(.azureStorage, "/echo?comp=list&maxresults=1&x=\(mark)", secret, around: around)
        let result = Verifier(VerifierTests.options()).verify([key])[0]
        #expect(result.identity == [.init(name: "account", value: "shopassets")])
        let headers = try #require(VerifierTests.provider.requests(with: mark).first?.headers)
        let date = try #require(headers["x-ms-date"])
        let text =
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:\(date)\nx-ms-version:2021-08-06\n/shopassets/echo\ncomp:list\nmaxresults:1\nx:\(mark)"
        let code = HMAC.sha256(Array(text.utf8), key: (0..<64).map { UInt8($0) })
        #expect(headers["authorization"] == "SharedKey shopassets:" + Data(code).base64EncodedString())
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
