import Foundation
import TestSupport
import Testing

/// What forges answer when something is wrong, and what comes of it.
@Suite struct ForgeTroubleTests {
    let world = ForgeWorld()

    private static let list = "/api/v1/orgs/{{org}}/repos?limit=50&page=1"

    private static func repository(_ name: String, _ more: [String: Any] = [:]) -> [String: Any] {
        let own: [String: Any] = [
            "id": abs(name.hashValue), "full_name": "{{org}}/\(name)", "clone_url": "{{base}}/{{org}}/\(name).git",
            "has_wiki": false, "empty": false,
        ]
        return own.merging(more) { $1 }
    }

    /// An answer to the list, and what is said of it.
    struct Trouble: Sendable, CustomTestStringConvertible {
        var name: String
        var status = 200
        var type = "application/json"
        var body = "[]"
        var headers: [String: String] = [:]
        var isCut = false
        var said: String

        var testDescription: String { name }
        var answer: [String: Any] {
            ["status": status, "type": type, "body": body, "headers": headers, "cut": isCut]
        }
    }

    static let troubles = [
        Trouble(
            name: "a web page", type: "text/html", body: "<html>Sign in</html>",
            said: "answered with a web page in place of JSON"),
        Trouble(name: "a page that calls itself JSON", body: "<html>", said: "is no whole JSON"),
        Trouble(name: "an object", body: #"{"message":"hello"}"#, said: "is no list"),
        Trouble(name: "JSON that ends", body: #"[{"id":1,"full_na"#, said: "is no whole JSON"),
        Trouble(name: "an answer that is cut", body: "[", isCut: true, said: "ended before it was whole"),
        Trouble(name: "401", status: 401, body: #"{"message":"no"}"#, said: "does not take the token of GITEA_TOKEN"),
        Trouble(name: "403", status: 403, body: #"{"message":"no"}"#, said: "does not allow it (HTTP 403)"),
        Trouble(name: "404", status: 404, body: #"{"message":"no"}"#, said: "it is not there (HTTP 404"),
        Trouble(
            name: "429 for hours", status: 429, body: "{}", headers: ["Retry-After": "7200"],
            said: "asks to wait 7200 s"),
        Trouble(name: "500", status: 500, body: "{}", said: "has trouble of its own (HTTP 500)"),
        Trouble(name: "an empty list", said: "it has no repository that can be seen"),
        Trouble(
            name: "a redirect elsewhere", status: 302, body: "", headers: ["Location": "https://elsewhere.test/login"],
            said: "where the token is not sent"),
        Trouble(
            name: "a next page elsewhere", body: "[]", headers: ["Link": "<https://elsewhere.test/x>; rel=\"next\""],
            said: "the next page of the list is on another host"),
        Trouble(
            name: "pages in a circle", headers: ["Link": "<{{base}}\(list)>; rel=\"next\""],
            said: "the pages of the list lead in a circle"),
    ]

    @Test(arguments: troubles) func troubleIsNamed(_ trouble: Trouble) {
        world.answer([Self.list: [trouble.answer]])
        let outcome = world.run("gitea", ["--forge-patience", "10s"])
        #expect(outcome.status == 3)
        #expect((outcome.output + outcome.errors).contains(trouble.said), "\(outcome.output)")
        #expect(!(outcome.output + outcome.errors).contains(world.token))
        #expect(
            world.coverage.count == 1 && world.coverage[0].hasPrefix("list ") && world.coverage[0].hasSuffix(" failed"))
    }

    /// What stands on the pages before is read, and the list is not called whole.
    @Test func aListThatBreaksOffIsIncomplete() {
        world.audit.repository("shop", [".env": RandomKey(2520).line])
        world.answer([
            Self.list: [ForgeWorld.json([Self.repository("shop")], next: "/api/v1/orgs/{{org}}/repos?page=2")],
            "/api/v1/orgs/{{org}}/repos?page=2": [["status": 200, "type": "text/html", "body": "<html>"]],
        ])
        let outcome = world.run("gitea")
        #expect(outcome.status == 1 && outcome.output.contains("the list of its repositories is not whole"))
    }

    /// Each page names another one, and brings what was there before.
    @Test func aChainOfPagesWithoutEndIsEnded() {
        var answers: ForgeWorld.Answers = [:]
        for page in 1...5 {
            answers["/api/v1/orgs/{{org}}/repos?\(page == 1 ? "limit=50&page=1" : "page=\(page)")"] = [
                ForgeWorld.json([Self.repository("shop")], next: "/api/v1/orgs/{{org}}/repos?page=\(page + 1)")
            ]
        }
        world.answer(answers)
        world.audit.repository("shop", ["README": "text\n"])
        let outcome = world.run("gitea")
        #expect(outcome.status == 3 && outcome.output.contains("repeats what was on the ones before"))
    }

    @Test func whatIsWronglyNamedOrPlacedIsRefused() {
        world.audit.repository("shop", ["README": "text\n"])
        world.answer([
            Self.list: [
                ForgeWorld.json([
                    Self.repository("shop"),
                    Self.repository("away", ["clone_url": "https://elsewhere.test/x/away.git"]),
                    Self.repository("up", ["full_name": "{{org}}/../../etc"]),
                    Self.repository("file", ["clone_url": "file:///etc"]),
                    Self.repository("none", ["clone_url": NSNull()]),
                ])
            ]
        ])
        let outcome = world.run("gitea")
        #expect(outcome.status == 3, "\(outcome)")
        #expect(outcome.output.contains("its address is on another host, elsewhere.test"))
        #expect(outcome.output.contains("its name is none that a repository has"))
        #expect(world.coverage.filter { $0.hasSuffix("refused") }.count == 4)
        #expect(world.coverage.contains("repository shop read"))
    }

    /// It was there when it was listed.
    @Test func aRepositoryThatIsGoneIsThatRepositorysTrouble() {
        world.audit.repository("shop", [".env": RandomKey(2521).line])
        world.answer([Self.list: [ForgeWorld.json([Self.repository("gone"), Self.repository("shop")])]])
        let outcome = world.run("gitea")
        #expect(outcome.status == 1 && outcome.output.contains("1 scanned, 1 failed"))
        #expect(world.coverage == ["repository gone failed", "repository shop read"])
    }

    @Test func aLimitIsWaitedFor() {
        world.audit.repository("shop", ["README": "text\n"])
        let limited: [String: Any] = ["status": 429, "body": "{}", "headers": ["Retry-After": "1"]]
        let reset = ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "\(Int(Date().timeIntervalSince1970) + 2)"]
        let exceeded: [String: Any] = [
            "status": 403, "body": #"{"message":"API rate limit exceeded"}"#, "headers": reset,
        ]
        world.answer([Self.list: [limited, exceeded, ForgeWorld.json([Self.repository("shop")])]])
        let outcome = world.run("gitea")
        #expect(outcome.status == 0, "\(outcome)")
        let asked = world.requests.filter { $0.target?.contains("/repos?") == true }
        #expect(asked.count == 3)
        if asked.count == 3 { #expect(asked[1].time - asked[0].time > 0.9) }
    }

    @Test(arguments: [
        "github:../x", "gitea:acme", "github:acme/shop", "gitlab:a//b",
    ]) func aSourceThatIsNoneIsWrongUsage(_ source: String) {
        let outcome = world.audit.run(["audit", source])
        #expect(outcome.status == 2 && outcome.errors.contains(source.split(separator: ":")[0]))
    }

    @Test func noRequestIsMadeToThisMachineWithoutLeave() {
        world.answer([Self.list: [ForgeWorld.json([Self.repository("shop")])]])
        let outcome = world.audit.run(
            ["audit", "gitea:\(world.host)/\(world.owner)"],
            environment: ["SSL_CERT_FILE": world.provider.authority, "GITEA_TOKEN": world.token])
        #expect(outcome.status == 3 && outcome.output.contains("not of the public internet"))
        #expect(world.requests.isEmpty)
    }

    @Test func requestsHaveABound() {
        world.answer([
            Self.list: [ForgeWorld.json([Self.repository("shop")], next: "/api/v1/orgs/{{org}}/repos?page=2")]
        ])
        let outcome = world.run("gitea", ["--forge-requests", "1"])
        #expect(outcome.status == 3 && outcome.output.contains("raise --forge-requests"))
    }
}
