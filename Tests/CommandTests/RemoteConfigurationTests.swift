import TestSupport
import Testing

/// A configuration that stands on one at an address.
@Suite struct RemoteConfigurationTests {
    /// Over https, from a server whose authority is the machine's, once: then out of the cache.
    @Test func aConfigurationStandsOnOneAtAnAddress() throws {
        let provider = TestProvider.shared
        let text = "exclude = ['b.env']\n"
        let digest = String(
            Command.run(["sha256sum"], input: text).output.prefix(64))
        let url =
            "https://127.0.0.1:\(provider.port("main"))/answer?status=200&body=exclude%20%3D%20%5B'b.env'%5D%0A&by=configuration"
        let story = RepositoryBuilder().commit("first", ["a.env": RandomKey(961).line, "b.env": RandomKey(960).line])
        func scan(_ digest: String, _ variables: [String: String] = [:]) -> Command.Outcome {
            story.directory.write(
                "own.toml", "[extend]\nuseDefault = true\nurl = \"\(url)\"\nsha256 = \"\(digest)\"\n")
            let environment = [
                "SSL_CERT_FILE": provider.authority, "XDG_CACHE_HOME": story.directory("cache"), "NO_PROXY": "*",
            ].merging(variables) { $1 }
            return Windsock.run(
                ["scan", "--format", "json", "--config", story.directory("own.toml")], in: story,
                environment: environment)
        }
        // What is not what the pin says is not used, and nothing is scanned.
        let other = scan(String(repeating: "0", count: 64))
        #expect(other.status == 2 && other.errors.contains(digest) && other.errors.contains("pin"), "\(other)")
        // Nor is a server that nobody vouches for asked for it.
        let stranger = scan(digest, ["SSL_CERT_FILE": "/dev/null"])
        #expect(stranger.status == 2 && stranger.errors.contains("could not fetch"), "\(stranger)")
        for _ in 0..<2 { #expect(try Scan(scan(digest)).places == ["a.env:1"]) }
        #expect(try Scan(scan(digest, ["SSL_CERT_FILE": "/dev/null"])).places == ["a.env:1"], "out of the cache")
        let requests = provider.requests(with: "by=configuration")
        #expect(requests.count == 2, "the wrong pin and the first right one: \(requests)")
        #expect(requests.allSatisfy { $0.method == "GET" && $0.headers?["authorization"] == nil })
    }
}
