import Testing

@testable import Registry

/// Names of images, and what registries say of who may ask.
struct RegistryReferenceTests {
    private static let digest = "sha256:" + String(repeating: "0f", count: 32)

    @Test(
        arguments: [
            ("alpine", "registry-1.docker.io", "library/alpine", "latest", "docker.io/library/alpine:latest"),
            ("alpine:3.20", "registry-1.docker.io", "library/alpine", "3.20", "docker.io/library/alpine:3.20"),
            ("acme/app", "registry-1.docker.io", "acme/app", "latest", "docker.io/acme/app:latest"),
            ("docker.io/acme/app", "registry-1.docker.io", "acme/app", "latest", "docker.io/acme/app:latest"),
            ("ghcr.io/acme/app:1", "ghcr.io", "acme/app", "1", "ghcr.io/acme/app:1"),
            ("localhost/app", "localhost", "app", "latest", "localhost/app:latest"),
            ("localhost:5000/a/b:c", "localhost:5000", "a/b", "c", "localhost:5000/a/b:c"),
            ("127.0.0.1:5000/app", "127.0.0.1:5000", "app", "latest", "127.0.0.1:5000/app:latest"),
            ("r.example/app@\(digest)", "r.example", "app", "latest", "r.example/app@\(digest)"),
        ])
    func aNameIsReadAsDockerReadsIt(
        _ text: String, _ host: String, _ repository: String, _ tag: String, _ whole: String
    ) throws {
        let reference = try RegistryReference(text)
        #expect(reference.host == host)
        #expect(reference.repository == repository)
        #expect(reference.tag == tag)
        #expect(reference.description == whole)
    }

    @Test(
        arguments: [
            "", "Acme/App", "acme/../app", "a b", "app:", "app:a/b:c d", "app@sha256:12", "/app", "app/", "ghcr.io/",
            "r.example/a?b=c", "user@r.example/app", "r.example/a#b", "r.example:port:1/Ä", "-app",
        ])
    func whatIsNoNameIsRefused(_ text: String) {
        #expect(throws: RegistryReference.Failure.self) { try RegistryReference(text) }
    }

    @Test(
        arguments: [
            ("localhost:5000/a", true), ("127.0.0.1/a", true), ("127.1.2.3:80/a", true), ("127.evil.example/a", false),
            ("localhost.example/a", false), ("ghcr.io/a", false), ("alpine", false),
        ])
    func onlyThisMachineIsAskedByHTTP(_ text: String, _ isLoopback: Bool) throws {
        #expect(try RegistryReference(text).isLoopback == isLoopback)
    }

    @Test(
        arguments: [
            (
                #"Bearer realm="https://a.example/t",service="s",scope="repository:x:pull,push""#,
                RegistryChallenge.bearer(realm: "https://a.example/t", service: "s", scope: "repository:x:pull,push")
            ),
            (#"bearer  realm="https://a.example/t""#, .bearer(realm: "https://a.example/t", service: nil, scope: nil)),
            (
                #"Bearer service=s, realm=https://a.example/t"#,
                .bearer(realm: "https://a.example/t", service: "s", scope: nil)
            ),
            (#"Basic realm="x""#, .basic), ("Bearer service=\"s\"", nil), ("Negotiate", nil), ("", nil),
            (#"Bearer realm="unended"#, .bearer(realm: "unended", service: nil, scope: nil)),
        ])
    func aChallengeIsRead(_ header: String, _ challenge: RegistryChallenge?) {
        #expect(RegistryChallenge(header) == challenge)
    }

    @Test(
        arguments: [
            ("auth.docker.io", "registry-1.docker.io", true), ("gitlab.example", "registry.gitlab.example", true),
            ("ghcr.io", "ghcr.io", true), ("evil.example", "ghcr.io", false), ("10.0.0.1", "11.0.0.1", false),
            ("a.co.uk", "b.co.uk", false), ("x.a.co.uk", "y.a.co.uk", true), ("localhost", "localhost", true),
        ])
    func aPasswordGoesToThoseOfOneOwner(_ realm: String, _ registry: String, _ isOne: Bool) {
        #expect(RegistryClient.isOfOneOwner(realm, registry) == isOne)
    }
}
