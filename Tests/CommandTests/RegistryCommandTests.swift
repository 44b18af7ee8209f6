import Archives
import TestSupport
import Testing

/// Images in registries, some of which are not kind.
@Suite(.enabled(if: ArchiveLibrary.objection == nil, "libarchive is not installed"))
struct RegistryCommandTests {
    private static let key = RandomKey(2703)
    private static let registry = TestRegistry(line: key.assignment)

    private func scan(_ repository: String, environment: [String: String] = [:]) throws -> Scan {
        try Windsock.scan("--image", "\(Self.registry.host)/\(repository)", in: "/", environment: environment)
    }

    @Test(arguments: ["plain-layer", "index", "token", "busy", "cdn"])
    func aKeyIsFoundInItsLayer(_ repository: String) throws {
        let scan = try scan(repository)
        #expect(scan.status == 1, "\(scan.outcome.output)\(scan.outcome.errors)")
        #expect(scan.report.summary.complete)
        let places = scan.report.findings.flatMap(\.occurrences).map(\.path)
        #expect(places.count == 1)
        #expect(places.first?.hasPrefix("\(Self.registry.host)/\(repository):latest!sha256:") == true)
        #expect(places.first?.hasSuffix("!etc/app.conf") == true)
        #expect(scan.outcome.output.contains(#""command": "COPY etc /etc""#))
        #expect(scan.outcome.output.contains(#""platform": "linux/arm64""#))
    }

    /// What is read is reported, and what is not is named: never "clean".
    @Test(
        arguments: [
            ("half", 1, "ended before it was whole"), ("wrong", 3, "has other content than its digest says"),
            ("gone", 3, "HTTP 404"), ("loop", 3, "without end"), ("away", 3, "not of the public internet"),
            ("size", 1, "is said to have"), ("short", 1, "is said to have 100 bytes"),
            ("other", 1, "has other content than its digest says"),
        ])
    func whatIsNotRightIsNamed(_ repository: String, _ status: Int32, _ message: String) throws {
        let scan = try scan(repository)
        // Of half a layer, or of one that is longer than it says, what has come was read.
        #expect(scan.status == status || scan.status == 3, "\(scan.outcome.output)")
        #expect(!scan.report.summary.complete)
        #expect(
            scan.report.summary.problems.contains { $0.message.contains(message) }, "\(scan.report.summary.problems)")
    }

    @Test(
        arguments: [
            ("elsewhere", "not of the public internet"), ("plain", "not of this machine"),
            ("nowhere", "must begin with https"),
            ("silent", "does not say how"), ("basic", "user and password"), ("jammed", "too many requests"),
            ("patience", "asks to wait 86400 s"), ("notjson", "is not JSON"), ("private", "no token"),
        ])
    func whoGivesNothingIsSaidToDoSo(_ repository: String, _ message: String) {
        let outcome = Windsock.run(["scan", "--image", "\(Self.registry.host)/\(repository)"], in: "/")
        #expect(outcome.status == 3)
        #expect((outcome.errors + outcome.output).contains(message), "\(outcome.errors)\(outcome.output)")
    }

    // MARK: Passwords

    /// `somebody:let-me-in`
    private static let login = "c29tZWJvZHk6bGV0LW1lLWlu"

    @Test(
        arguments: [
            ("basic", #"{"auths": {"HOST": {"auth": "\#(login)"}}}"#, 1),
            ("private", #"{"auths": {"https://HOST": {"auth": "\#(login)"}}}"#, 1),
            ("basic", #"{"auths": {"HOST": {"username": "somebody", "password": "let-me-in"}}}"#, 1),
            ("helper", #"{"credHelpers": {"HOST": "test"}}"#, 1),
            ("helper", #"{"auths": {"HOST": {}}, "credsStore": "test"}"#, 1),
            ("helper", #"{"credHelpers": {"HOST": "none"}}"#, 3),
            ("helper", #"{"credHelpers": {"HOST": "../test"}}"#, 3),
            ("basic", #"{"auths": {"other.example": {"auth": "\#(login)"}}}"#, 3),
            ("basic", #"{"auths": {"HOST": {"auth": "!!!"}}}"#, 3), ("basic", "{", 3),
            ("basic", #"{"auths": {"HOST": {"identitytoken": "x"}}}"#, 3),
        ])
    func aPasswordComesFromDockersConfiguration(_ repository: String, _ configuration: String, _ status: Int32) {
        let folder = TemporaryDirectory()
        folder.write("docker/config.json", configuration.replacing("HOST", with: Self.registry.host))
        folder.write(
            "bin/docker-credential-test",
            "#!/bin/sh\nread host\n[ \"$host\" = \(Self.registry.host) ] && echo '{\"Username\": \"somebody\", \"Secret\": \"let-me-in\"}'\n"
        )
        _ = Command.run(["chmod", "+x", folder("bin/docker-credential-test")])
        let outcome = Windsock.run(
            ["scan", "--image", "\(Self.registry.host)/\(repository)"], in: folder,
            environment: ["DOCKER_CONFIG": folder("docker"), "PATH": folder("bin") + ":/usr/bin:/bin"])
        #expect(outcome.status == status, "\(outcome.errors)\(outcome.output)")
        #expect(!(outcome.errors + outcome.output).contains("let-me-in"))
        #expect(!(outcome.errors + outcome.output).contains(Self.login))
    }

    @Test func whoHoldsABlobElsewhereIsNotToldWhoAsks() throws {
        let registry = TestRegistry(line: Self.key.assignment)
        _ = try Windsock.scan("--image", "\(registry.host)/cdn", in: "/")
        #expect(registry.seen.filter { $0.hasPrefix("cdn ") } == ["cdn /blob?sig=x nobody"])
    }
}
