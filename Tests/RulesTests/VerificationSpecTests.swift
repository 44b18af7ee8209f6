import Rules
import Testing

struct VerificationSpecTests {
    private static let answer = "[[rules.verify.answers]]\nstatus=[200]\nhas=['a']\nverdict='live'\n"

    private func spec(_ fields: String, answers: String = answer) throws -> VerificationSpec {
        let text = "[[rules]]\nid='acme'\nregex='a'\n[rules.verify]\n\(fields)\n\(answers)"
        return try #require(try RuleFile(text: text, file: "team.toml").rules[0].verification)
    }

    @Test func aWholeTableIsRead() throws {
        let spec = try spec(
            """
            url = "https://api.example.com/v1/me?a={{url:secret}}"
            method = "POST"
            headers = { X-B = "{{base64:secret:}}", Authorization = "Bearer {{secret}}" }
            body = '{}'
            """,
            answers: """
                [[rules.verify.answers]]
                status = [200, 201]
                has = ["data", "user.id"]
                equals = { object = "list", "error.code" = 401, ok = true }
                contains = ["x"]
                verdict = "live"
                reason = "works"
                [[rules.verify.answers]]
                status = [204]
                type = "any"
                bare = true
                verdict = "dead"
                [[rules.verify.alternatives]]
                name = "Other"
                url = "https://other.example.com/{{secret}}"
                [[rules.verify.examples]]
                status = 200
                type = "application/json"
                body = "{}"
                verdict = "unknown"
                alternative = 0
                """)
        let main = spec.attempts[0]
        #expect(main.method == .post && main.body == "{}")
        #expect(main.headers.map(\.name) == ["Authorization", "X-B"])
        #expect(main.answers.count == 2)
        #expect(main.answers[0].equals.map(\.path) == ["error.code", "object", "ok"])
        #expect(main.answers[0].equals.map(\.value) == [.integer(401), .text("list"), .bool(true)])
        #expect(main.answers[1].isBare && main.answers[1].kind == .any && main.answers[1].liveness == .dead)
        #expect(spec.attempts[1].name == "Other")
        #expect(
            spec.attempts[1].answers == main.answers, "an alternative without answers has those of the main request")
        #expect(
            spec.examples == [
                .init(status: 200, contentType: "application/json", body: "{}", liveness: .unknown, attempt: 1)
            ])
    }

    @Test(
        arguments: [
            ("", "has no url"), ("url='http://a/{{secret}}'", "must begin with https://"),
            ("url='https://{{secret}}.example.com/'", "placeholder before its path"),
            ("url='https://u:p@example.com/{{secret}}'", "holds a user or password"),
            ("url='https://example.com:0/{{secret}}'", "port"), ("url='https:///{{secret}}'", "no valid host"),
            ("url='https://example.com/#{{secret}}'", "fragment"), ("url='https://example.com/a b'", "percent-encode"),
            ("url='https://example.com/{{sekret}}'", "unknown placeholder {{sekret}}"),
            ("url='https://example.com/{{secret'", "unknown placeholder {{secret"),
            ("url='https://example.com/{{base64:secret:secret}}'", "unknown placeholder"),
            ("url='https://example.com/'", "sends the key nowhere"),
            ("url='https://a/{{secret}}'\nmethod='DELETE'", "it must be GET, HEAD or POST"),
            ("url='https://a/{{secret}}'\nmethod='POST'", "needs a body"),
            ("url='https://a/{{secret}}'\nbody='x'", "only a POST may have"),
            ("url='https://a/{{secret}}'\nheaders={Host='b'}", "sets the header \"Host\""),
            ("url='https://a/{{secret}}'\nheaders={'a b'='c'}", "which no header can have"),
            ("url='https://a/{{secret}}'\nheaders={a='b\\u000d\\u000a'}", nil),
            ("url='https://a/{{secret}}'\nheaders={a=\"b\\u000d\\u000aX: c\"}", "control character"),
            ("url='https://a/{{secret}}'\nheaders={a=1}", "needs a text for the header \"a\""),
            ("url='https://a/{{secret}}'\nnethod='GET'", "unknown field \"nethod\""),
        ] as [(String, String?)])
    func aRequestThatCouldLeadAstrayIsRefused(fields: String, reason: String?) throws {
        guard let reason else {
            _ = try spec(fields)
            return
        }
        let error = try #require(throws: RuleFileError.self) { try spec(fields) }
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.line == 1)
    }

    @Test(arguments: [
        ("", "has no answers"), ("status=[]\nverdict='live'", "names no status"),
        ("status=200\nverdict='live'", "a list of numbers"),
        ("status=[99]\nhas=['a']\nverdict='dead'", "outside of 100"),
        ("status=[200]\nhas=['a']", "has no verdict"), ("status=[200]\nverdict='alive'", "must be one of live"),
        ("status=[200]\nverdict='live'", "judges by the status alone"),
        ("status=[200]\ntype='text'\nhas=['a']\nverdict='live'", "for json alone"),
        ("status=[429]\nhas=['a']\nverdict='live'", "status 429, which says nothing"),
        ("status=[302]\nhas=['a']\nverdict='dead'", "status 302"),
        ("status=[500]\nhas=['a']\nverdict='dead'", "status 500"),
        ("status=[200]\nhas=['']\nverdict='live'", "empty name"),
        ("status=[200]\ncontains=['']\nverdict='live'", "empty text"),
        ("status=[200]\nhas=['a']\nverdict='live'\nreson='x'", "unknown field \"reson\""),
        ("status=[200]\nequals={a=1.5}\nverdict='live'", "\"equals.a\""),
        (
            "status=[200]\nhas=['a']\nverdict='live'\n[[rules.verify.examples]]\nstatus=1\nverdict='live'\nalternative=0",
            "of an alternative that there is not"
        ),
    ])
    func anAnswerThatCouldCallAWrongVerdictIsRefused(fields: String, reason: String) throws {
        let answers = fields.isEmpty ? "" : "[[rules.verify.answers]]\n\(fields)"
        let error = try #require(throws: RuleFileError.self) {
            try spec("url='https://a/{{secret}}'", answers: answers)
        }
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test(arguments: [
        ("https://API.example.com", "api.example.com", 443, "/"), ("HTTPS://a:8443/b?c=d", "a", 8443, "/b?c=d"),
        ("https://[::1]:9/x", "::1", 9, "/x"), ("https://127.0.0.1?q", "127.0.0.1", 443, "/?q"),
    ])
    func addressesAreTakenApart(text: String, host: String, port: Int, target: String) throws {
        let address = try HTTPSAddress(text)
        #expect((address.host, address.port, address.target) == (host, port, target))
        #expect(try HTTPSAddress(address.description) == address)
    }

    @Test func templatesAreTakenApart() throws {
        #expect(try SecretTemplate("a{{secret}}b").pieces == [.text("a"), .secret, .text("b")])
        #expect(try SecretTemplate("{{base64:api:secret}}").pieces == [.base64(before: "api:", after: "")])
        #expect(try SecretTemplate("{{base64:secret:}}").pieces == [.base64(before: "", after: ":")])
        #expect(try SecretTemplate("{{url:secret}}").pieces == [.percentEncoded])
        #expect(try !SecretTemplate("{\"a\": {}}").holdsSecret)
    }
}
