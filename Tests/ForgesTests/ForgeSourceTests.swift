import Testing

@testable import Forges

@Suite struct ForgeSourceTests {
    @Test(arguments: [
        ("github:acme", "github.com", "acme"), ("GitHub:acme/", "github.com", "acme"),
        ("github:git.example.com/acme", "git.example.com", "acme"),
        ("github:localhost:8443/acme", "localhost:8443", "acme"),
        ("gitlab:acme/web/site", "gitlab.com", "acme/web/site"),
        ("gitlab:gitlab.com/my.group/sub", "gitlab.com", "my.group/sub"), ("gitlab:my.group", "gitlab.com", "my.group"),
        ("gitea:codeberg.org/acme", "codeberg.org", "acme"), ("bitbucket:team", "bitbucket.org", "team"),
        ("bitbucket:git.example.com/PROJ", "git.example.com", "PROJ"),
        ("azure:acme/Web Shop", "dev.azure.com", "acme/Web Shop"),
        ("azure:acme", "dev.azure.com", "acme"), ("azure:tfs.example.com/Main/Shop", "tfs.example.com", "Main/Shop"),
    ])
    func aSourceIsRead(_ text: String, _ host: String, _ owner: String) throws {
        #expect(ForgeSource.looksLikeOne(text))
        let source = try ForgeSource(text)
        #expect(source.host == host && source.owner == owner)
        #expect(try ForgeSource(source.description) == source)
    }

    @Test(arguments: [
        "github:", "github:acme/shop", "github:../acme", "gitlab:acme/../other", "gitlab:acme//web", "gitea:acme",
        "github:ac me", "github:acme?x", "azure:a/b/c", "bitbucket:a/b", "github:git.example.com/",
        "gitlab:acme/%2e%2e",
        "github:user@git.example.com/acme", "github:git.example.com:99999/acme", "github:acme\n",
    ])
    func whatIsNoneIsRefused(_ text: String) {
        #expect(throws: ForgeError.self) { try ForgeSource(text) }
    }

    @Test(arguments: [
        "github.com:acme/shop", "https://github.com/acme", "/srv/git", "git@github.com:acme/shop.git", "github://acme",
    ])
    func whatIsSomethingElseIsLeftToOthers(_ text: String) { #expect(!ForgeSource.looksLikeOne(text)) }

    @Test(arguments: [
        ("github:acme", "https://api.github.com/"), ("github:git.example.com/acme", "https://git.example.com/api/v3"),
        ("github:acme.ghe.com/acme", "https://api.acme.ghe.com/"), ("gitlab:acme", "https://gitlab.com/api/v4"),
        ("gitea:codeberg.org/acme", "https://codeberg.org/api/v1"), ("bitbucket:acme", "https://api.bitbucket.org/2.0"),
        ("bitbucket:git.example.com/acme", "https://git.example.com/rest/api/1.0"),
        ("azure:acme", "https://dev.azure.com/"),
    ])
    func theAPIIsWhereItsProviderSays(_ text: String, _ address: String) throws {
        #expect(try ForgeSource(text).apiAddress.description == address)
    }
}

@Suite struct ForgePartsTests {
    @Test(arguments: [
        (
            #"<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last""#,
            "https://api.github.com/x?page=2"
        ),
        (#"<https://h/a>; rel="prev", <https://h/b>; rel="next""#, "https://h/b"),
        ("<https://h/b>; rel=next", "https://h/b"),
        (#"<https://h/b>; rel="first next"; title="x""#, "https://h/b"), (#"<https://h/b>; rel="last""#, nil),
        ("", nil),
        ("<https://h/b", nil), (#"<https://h/b>; rel="nexter""#, nil),
    ])
    func theNextPageIsFound(_ header: String, _ address: String?) { #expect(LinkHeader.next(header) == address) }

    @Test(arguments: [
        ("shop", "acme/shop", true), ("sho?", "acme/shop", true), ("*-api", "acme/shop-API", true),
        ("web/*", "acme/web/site", true),
        ("acme/*", "acme/web/site", true), ("shop", "acme/shop2", false), ("*", "acme/x", true),
        ("a*b*c", "acme/aXbYbZc", true),
        ("a*b*c", "acme/aXbYbZ", false), ("", "acme/x", false), ("web/*", "acme/site", false),
    ])
    func aPatternFitsNames(_ pattern: String, _ name: String, _ fits: Bool) {
        #expect(NamePattern.fits(pattern, name) == fits)
    }

    @Test(arguments: [
        ("https://git.example.com/acme/shop.git", "https://git.example.com/acme/shop.git"),
        ("https://ada:token@git.example.com/acme/shop.git", "https://git.example.com/acme/shop.git"),
        ("git@git.example.com:acme/shop.git", "git@git.example.com:acme/shop.git"),
        ("ssh://git@git.example.com:2222/acme/shop.git", "ssh://git@git.example.com:2222/acme/shop.git"),
        ("https://evil.example/acme/shop.git", nil), ("https://git.example.com.evil.example/shop.git", nil),
        ("https://git.example.com/acme/../../etc.git", nil), ("https://git.example.com/%2e%2e/x.git", nil),
        ("http://git.example.com/acme/shop.git", nil), ("file:///etc", nil), ("ext::sh -c true", nil), ("", nil),
        ("-uhttps://git.example.com/x", nil), ("https://git.example.com\\@evil.example/x", nil),
        ("https://git.example.com", nil),
        ("git@evil.example:acme/shop.git", nil),
        ("https://evil.example@git.example.com/a.git", "https://git.example.com/a.git"),
    ])
    func aCloneComesFromTheForge(_ text: String, _ clean: String?) {
        #expect((try? CloneAddress.checked(text, from: ["git.example.com"])) == clean)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2024-02-29T12:00:00Z", 1_709_208_000),
        ("2024-02-29T12:00:00.123Z", 1_709_208_000),
        ("2024-02-29T13:00:00+01:00", 1_709_208_000), ("2024-02-29T13:00:00.123456+01:00", 1_709_208_000),
        ("2024-02-29", nil), ("yesterday", nil), ("", nil),
    ])
    func timesAreRead(_ text: String, _ seconds: Int?) { #expect(ForgeTime.seconds(text) == seconds) }

    @Test func whatAForgeDoesNotSayLeavesNothingOut() {
        var filter = ForgeFilter()
        (filter.leavesOutForks, filter.visibilities, filter.pushedSince) = (true, [.public], 100)
        var repository = ForgeRepository(id: "1", name: "acme/shop", cloneAddress: "")
        #expect(filter.reason(against: repository) == nil)
        repository.pushedAt = 99
        #expect(filter.reason(against: repository)?.contains("--pushed-since") == true)
        repository.visibility = .private
        #expect(filter.reason(against: repository)?.contains("--visibility") == true)
    }
}
