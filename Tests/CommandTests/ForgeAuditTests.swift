import Foundation
import Store
import TestSupport
import Testing

/// `windsock audit github:…` and the others, against answers as the providers document them.
@Suite struct ForgeAuditTests {
    let key = RandomKey(2510)
    let other = RandomKey(2511)
    let world = ForgeWorld()

    /// A repository as GitHub has it.
    private static func gitHub(_ id: Int, _ name: String, _ more: [String: Any] = [:]) -> [String: Any] {
        let own: [String: Any] = [
            "id": id, "full_name": "{{org}}/\(name)", "clone_url": "{{base}}/{{org}}/\(name).git", "archived": false,
            "fork": false, "private": false, "visibility": "public", "pushed_at": "2024-05-01T10:00:00Z", "size": 12,
            "has_wiki": false,
        ]
        return own.merging(more) { $1 }
    }

    private static let organisation = "/api/v3/users/{{org}}"
    private static let list = "/api/v3/orgs/{{org}}/repos?type=all&per_page=100"

    private func answers(_ repositories: [[String: Any]], _ more: ForgeWorld.Answers = [:]) -> ForgeWorld.Answers {
        [
            Self.organisation: [ForgeWorld.json(["type": "Organization", "id": 1, "login": "{{org}}"])],
            Self.list: [ForgeWorld.json(repositories)],
        ].merging(more) { $1 }
    }

    // MARK: The five

    @Test func anOrganisationOfGitHubIsRead() throws {
        world.audit.repository("shop", [".env": key.line])
        world.audit.repository("site", ["README": "text\n"])
        world.audit.repository("shop.wiki.git", ["Home.md": other.line])
        world.answer([
            Self.organisation: [ForgeWorld.json(["type": "Organization", "id": 1])],
            Self.list: [
                ForgeWorld.json(
                    [Self.gitHub(1, "shop", ["has_wiki": true])], next: "/api/v3/organizations/1/{{org}}/repos?page=2")
            ],
            // The second page repeats one of the first.
            "/api/v3/organizations/1/{{org}}/repos?page=2": [
                ForgeWorld.json([Self.gitHub(1, "shop"), Self.gitHub(2, "site")])
            ],
        ])
        let outcome = world.run("github")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("3 repositories: 3 scanned"), "\(outcome)")
        #expect(world.coverage == ["repository shop read", "repository site read", "wiki shop.wiki read"])
        #expect(world.requests.contains { $0.headers?["authorization"] == "Bearer \(world.token)" })
        // Git has not got it, and neither has the store.
        #expect(
            !world.requests.contains { $0.target?.contains(".git/") == true && $0.headers?["authorization"] != nil })
        #expect(try world.audit.bytesOfStore().range(of: Data(world.token.utf8)) == nil)
        #expect(!outcome.output.contains(world.token) && !outcome.errors.contains(world.token))
        #expect(world.run("github").output.contains("3 repositories: 0 scanned, 3 as they were"))
    }

    @Test func aGroupOfGitLabIsRead() throws {
        world.audit.repository("shop", [".env": key.line])
        let list =
            "/api/v4/groups/{{org}}/projects?include_subgroups=true&with_shared=false&per_page=100&order_by=id&sort=asc"
        let project = { (id: Int, name: String, isEmpty: Bool) -> [String: Any] in
            [
                "id": id, "path_with_namespace": "{{org}}/\(name)", "http_url_to_repo": "{{base}}/{{org}}/\(name).git",
                "archived": false, "empty_repo": isEmpty, "visibility": "private", "wiki_access_level": "disabled",
                "last_activity_at": "2024-05-01T10:00:00.123Z",
            ]
        }
        world.answer([list: [ForgeWorld.json([project(1, "shop", false), project(2, "new", true)])]])
        let outcome = world.run("gitlab")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(world.coverage == ["repository new passed-over", "repository shop read"])
    }

    /// What is no group is a user.
    @Test func aUserOfGiteaIsRead() throws {
        world.audit.repository("shop", [".env": key.line])
        let repository: [String: Any] = [
            "id": 7, "full_name": "{{org}}/shop", "clone_url": "{{base}}/{{org}}/shop.git", "empty": false,
            "private": true, "internal": false, "has_wiki": true, "updated_at": "2024-05-01T10:00:00+02:00",
        ]
        world.answer(["/api/v1/users/{{org}}/repos?limit=50&page=1": [ForgeWorld.json([repository])]])
        let outcome = world.run("gitea")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(world.coverage == ["repository shop read", "wiki shop.wiki absent"])
        #expect(world.requests.contains { $0.headers?["authorization"] == "token \(world.token)" })
    }

    @Test func aProjectOfBitbucketDataCenterIsRead() throws {
        world.audit.repository("shop", [".env": key.line])
        world.audit.repository("site", ["README": "text\n"])
        let repository = { (id: Int, name: String) -> [String: Any] in
            [
                "id": id, "slug": name, "project": ["key": "{{org}}"], "public": false,
                "links": [
                    "clone": [
                        ["name": "ssh", "href": "ssh://git@127.0.0.1/x.git"],
                        ["name": "http", "href": "{{base}}/{{org}}/\(name).git"],
                    ]
                ],
            ]
        }
        let list = "/rest/api/1.0/projects/{{org}}/repos?limit=100"
        world.answer([
            list: [ForgeWorld.json(["isLastPage": false, "nextPageStart": 1, "values": [repository(1, "shop")]])],
            list + "&start=1": [ForgeWorld.json(["isLastPage": true, "values": [repository(2, "site")]])],
        ])
        let outcome = world.run("bitbucket")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(world.coverage == ["repository shop read", "repository site read"])
    }

    @Test func allProjectsOfAzureAreRead() throws {
        world.audit.repository("shop", [".env": key.line])
        let projects = "/{{org}}/_apis/projects?api-version=7.1&$top=100"
        let repository: [String: Any] = [
            "id": "r-1", "name": "shop", "remoteUrl": "https://ada@\(world.host)/{{org}}/shop.git", "size": 1200,
            "project": ["name": "Web Shop", "visibility": "private"], "isDisabled": false,
        ]
        world.answer([
            projects: [ForgeWorld.json(["value": [["id": "p-1"]]], ["x-ms-continuationtoken": "two"])],
            projects + "&continuationToken=two": [ForgeWorld.json(["value": [["id": "p-2"]]])],
            "/{{org}}/p-1/_apis/git/repositories?api-version=7.1": [ForgeWorld.json(["value": [repository]])],
            "/{{org}}/p-2/_apis/git/repositories?api-version=7.1": [ForgeWorld.json(["value": [Any]()])],
        ])
        let outcome = world.run("azure")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(world.coverage == ["repository shop read"])
        let basic = "Basic \(Data(":\(world.token)".utf8).base64EncodedString())"
        #expect(world.requests.contains { $0.headers?["authorization"] == basic })
    }

    // MARK: What is passed over

    @Test(arguments: [
        (
            ["--no-archived", "--no-forks"],
            ["repository fork passed-over", "repository old passed-over", "repository shop read"]
        ),
        (["--include", "sh*"], ["repository fork passed-over", "repository old passed-over", "repository shop read"]),
        (
            ["--exclude", "{old,x}", "--exclude", "fo??", "--exclude", "old"],
            ["repository fork passed-over", "repository old passed-over", "repository shop read"]
        ),
        (
            ["--pushed-since", "2024-01-01"],
            ["repository fork read", "repository old passed-over", "repository shop read"]
        ),
        (
            ["--visibility", "private"],
            ["repository fork passed-over", "repository old read", "repository shop passed-over"]
        ),
    ])
    func filtersSayWhatTheyLeaveOut(_ arguments: [String], _ coverage: [String]) {
        for name in ["shop", "fork", "old"] { world.audit.repository(name, ["README": "\(name)\n"]) }
        world.answer(
            answers([
                Self.gitHub(1, "shop"), Self.gitHub(2, "fork", ["fork": true]),
                Self.gitHub(
                    3, "old", ["archived": true, "visibility": "private", "pushed_at": "2020-01-01T00:00:00Z"]),
            ]))
        let outcome = world.run("github", arguments)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(world.coverage == coverage)
    }

    @Test func whereAllIsPassedOverNothingWasRead() {
        world.answer(answers([Self.gitHub(1, "shop")]))
        let outcome = world.run("github", ["--include", "nothing"])
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("none of its repositories is read"))
    }

    // MARK: Texts

    @Test func textsAreReadOnRequest() throws {
        world.audit.repository("shop", ["README": "text\n"])
        let repository = "/api/v3/repos/{{org}}/shop"
        let page = "https://git.example/{{org}}/shop"
        world.answer(
            answers(
                [Self.gitHub(1, "shop")],
                [
                    "\(repository)/issues?state=all&per_page=100": [
                        ForgeWorld.json([
                            ["id": 1, "html_url": "\(page)/issues/1", "title": "It fails", "body": "with \(key.line)"],
                            [
                                "id": 2, "html_url": "\(page)/pull/2", "title": "Fix", "body": NSNull(),
                                "pull_request": ["url": "x"],
                            ],
                        ])
                    ],
                    "\(repository)/issues/comments?sort=created&per_page=100": [
                        ForgeWorld.json([["id": 3, "html_url": "\(page)/issues/1#issuecomment-3", "body": other.line]])
                    ],
                    "\(repository)/releases?per_page=100": [["status": 403, "body": ["message": "no"]]],
                ]))
        let outcome = world.run("github", ["--texts", "issues", "--texts", "releases", "--format", "json"])
        let scan = try Scan(outcome)
        #expect(scan.status == 1)
        #expect(scan.report.findings.count == 2)
        let paths = scan.report.findings.flatMap(\.occurrences).map(\.path).sorted()
        #expect(paths.map { $0.hasSuffix("/issues/1") || $0.hasSuffix("/issues/1#issuecomment-3") } == [true, true])
        #expect(paths.allSatisfy { $0.hasPrefix("https://git.example/") })
        #expect(scan.report.findings.flatMap(\.occurrences).allSatisfy { $0.origin == "address" })
        #expect(world.coverage == ["issues shop read", "releases shop failed", "repository shop read"])
        #expect(!outcome.reveals(key.description))
    }

    /// What a forge keeps elsewhere is fetched from there, without the token; a container is opened.
    @Test func artifactsComeWithoutTheToken() throws {
        world.audit.repository("shop", ["README": "text\n"])
        let box = world.audit.directory
        box.write("env.txt", key.line)
        _ = Command.run(
            ["python3", "-c", "import zipfile; zipfile.ZipFile('a.zip','w').write('env.txt')"], in: box.path)
        let bytes = box.read("a.zip").map { String(format: "%02x", $0) }.joined()
        let repository = "/api/v3/repos/{{org}}/shop"
        let text = other.line.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let port = world.provider.port("other")
        let elsewhere = "https://127.0.0.1:\(port)/answer?status=200&type=text%2Fplain&body=\(text)&of={{org}}"
        world.answer(
            answers(
                [Self.gitHub(1, "shop")],
                [
                    "\(repository)/actions/artifacts?per_page=100": [
                        ForgeWorld.json([
                            "total_count": 2, "artifacts": [["id": 8, "expired": false], ["id": 9, "expired": true]],
                        ])
                    ],
                    "\(repository)/actions/artifacts/8/zip": [
                        ["status": 200, "type": "application/zip", "hex": bytes]
                    ],
                    "\(repository)/actions/runs?per_page=100": [ForgeWorld.json(["workflow_runs": [["id": 4]]])],
                    "\(repository)/actions/runs/4/logs": [["status": 302, "headers": ["Location": elsewhere]]],
                ]))
        let scan = try Scan(world.run("github", ["--texts", "artifacts", "--texts", "logs", "--format", "json"]))
        #expect(scan.report.findings.count == 2)
        let paths = scan.report.findings.flatMap(\.occurrences).map(\.path).sorted()
        #expect(paths.first?.hasSuffix("/actions/artifacts/8!env.txt") == true, "\(paths)")
        #expect(paths.last?.hasSuffix("/actions/runs/4") == true, "\(paths)")
        let away = world.provider.requests(with: world.owner).filter { $0.server == "other" }
        #expect(away.map { $0.headers?["authorization"] } == [nil])
    }

    // MARK: Applications

    @Test func anApplicationGetsItsToken() throws {
        world.audit.repository("shop", [".env": key.line])
        let made = Command.run(["openssl", "genrsa", "-out", "app.pem", "2048"], in: world.audit.path)
        #expect(made.status == 0)
        world.answer(
            answers(
                [Self.gitHub(1, "shop")],
                [
                    "/api/v3/orgs/{{org}}/installation": [ForgeWorld.json(["id": 77])],
                    "/api/v3/app/installations/77/access_tokens": [
                        ["status": 201, "body": ["token": "ghs_{{org}}", "expires_at": "2099-01-01T00:00:00Z"]]
                    ],
                ]))
        let outcome = world.run("github", ["--github-app", "12345", "--github-app-key", "app.pem"])
        #expect(outcome.status == 1, "\(outcome)")
        let list = world.requests.filter { $0.target?.contains("/repos?type=all") == true }
        #expect(list.map { $0.headers?["authorization"] } == ["Bearer ghs_\(world.owner)"])
        let first = world.requests.first { $0.target?.hasSuffix("/installation") == true }
        #expect(first?.headers?["authorization"]?.split(separator: ".").count == 3)
        let broken = world.run("github", ["--github-app", "12345", "--github-app-key", "coverage.jsonl"])
        #expect(broken.status == 3 && broken.output.contains("the private key cannot be read"))
    }
}
