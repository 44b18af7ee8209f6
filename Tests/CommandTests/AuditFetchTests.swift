import Foundation
import Store
import TestSupport
import Testing

/// Repositories that an audit fetches.
@Suite struct AuditFetchTests {
    let key = RandomKey(2420)
    let other = RandomKey(2421)
    let world = AuditWorld()

    private func address(_ name: String) -> String { "file://\(world.directory("repositories/\(name)"))" }

    @Test func whatIsFetchedIsFetchedAgain() throws {
        let story = world.repository("shop", [".env": key.line])
        story.branch("side").commit("side", ["s.env": other.line]).checkout("main")
        let first = try world.audit(address("shop"))
        #expect(first.status == 1)
        #expect(first.places == [".env:1", "s.env:1"])
        #expect(first.report.findings.map { $0.timeline?.inHead } == [true, false])
        story.commit("second", ["third.env": RandomKey(2422).line])
        #expect(try world.audit(address("shop")).report.findings.count == 3)
        #expect(world.run(["audit", address("shop")]).output.contains("1 repository: 0 scanned, 1 as they were"))
        let mode = try FileManager.default.attributesOfItem(atPath: world.directory("cache/windsock/mirrors"))[
            .posixPermissions]
        #expect(mode as? Int == 0o700)
    }

    /// What a reference had that is gone upstream is in the mirror, and stays leaked.
    @Test func whatIsForcedAwayStaysInView() throws {
        let story = world.repository("shop", ["README": "text\n"]).branch("side").commit("leak", [".env": key.line])
        story.checkout("main")
        _ = world.run(["audit", address("shop")])
        story.git("branch", "-D", "side")
        let later = try world.audit(address("shop"))
        #expect(later.report.findings.map { $0.timeline?.reachability } == ["unreachable"])
    }

    @Test func theWikiIsFetchedToo() throws {
        world.repository("shop", ["README": "text\n"])
        world.repository("shop.wiki.git", ["Home.md": key.line])
        let outcome = world.run(["audit", address("shop")])
        #expect(outcome.status == 1 && outcome.output.contains("2 repositories: 2 scanned"))
        let without = world.run(["audit", address("shop"), "--no-wikis"])
        #expect(without.status == 0 && without.output.contains("1 repository: "))
    }

    @Test func whatDoesNotAnswerIsNamedAndTheOthersGoOn() throws {
        world.repository("shop", [".env": key.line])
        let outcome = world.run(["audit", address("shop"), address("nowhere"), "--no-wikis"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("1 scanned, 1 failed"))
        #expect(outcome.output.contains("could not fetch \(address("nowhere")): git says: fatal:"))
    }

    /// A stand-in for ssh that would ask on the terminal, or says nothing for ever.
    private func program(_ name: String, _ script: String) -> String {
        world.directory.write(name, "#!/bin/sh\n" + script)
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: world.directory(name))
        return world.directory(name)
    }

    @Test func nobodyIsAskedForAPassword() throws {
        let asking = program(
            "ssh-asking",
            "if (exec </dev/tty) 2>/dev/null; then echo has a terminal >&2; else echo has none >&2; fi\nexit 255\n")
        let outcome = world.run(
            ["audit", "git@host.example:acme/shop.git", "--no-wikis"], environment: ["GIT_SSH": asking])
        #expect(outcome.status == 3)
        #expect(!outcome.output.contains("has a terminal"))
        #expect(outcome.output.contains("1 failed"))
    }

    @Test func whatHangsIsEnded() throws {
        world.repository("shop", [".env": key.line])
        let hanging = program("ssh-hanging", "echo $$ > \(world.directory("pid"))\nsleep 600\n")
        let started = Date()
        let outcome = world.run(
            ["audit", "ssh://host.example/acme/shop.git", address("shop"), "--no-wikis", "--fetch-timeout", "1s"],
            environment: ["GIT_SSH": hanging])
        #expect(Date().timeIntervalSince(started) < 30)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("took longer than 1 s (--fetch-timeout)"))
        let process = try #require(
            Int32(try String(contentsOfFile: world.directory("pid"), encoding: .utf8).trimmingCharacters(in: .newlines))
        )
        // Of one that nobody has fetched the end of, nothing is left but its number.
        let words = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/cmdline"))) ?? Data()
        #expect(words.isEmpty)
    }

    @Test func noTokenOfAnAddressIsKept() throws {
        let token = RandomKey(2423).description
        let outcome = world.run(
            ["audit", "https://ada:\(token)@127.0.0.1:9/acme/shop.git", "--no-wikis", "--fetch-timeout", "20s"])
        #expect(outcome.status == 3)
        #expect(!outcome.reveals(token))
        #expect(try world.bytesOfStore().range(of: Data(token.utf8)) == nil)
        let mirrors = Command.run(["grep", "-r", token, world.directory("cache")])
        #expect(mirrors.output.isEmpty)
        #expect(try world.content().repositories.values.map(\.name) == ["acme/shop"])
    }

    @Test func theCopiesAreBounded() throws {
        for name in ["a", "b"] { world.repository(name, ["README": String(repeating: "text \(name)\n", count: 50)]) }
        _ = world.run(["audit", address("a"), address("b"), "--no-wikis", "--max-mirror-size", "1k"])
        let left = try FileManager.default.contentsOfDirectory(atPath: world.directory("cache/windsock/mirrors"))
        #expect(left == [])
        // They are fetched again where they are needed, and what was scanned stays known.
        #expect(world.run(["audit", address("a"), "--no-wikis"]).status == 0)
    }
}
