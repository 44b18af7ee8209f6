import Findings
import Foundation
import Store
import TestSupport
import Testing

/// What cannot be read, and what changes while it is: each costs once, and is said each time.
@Suite struct AuditAgainTests {
    let key = RandomKey(2470)
    let world = AuditWorld()

    /// No other try would read it; when somebody brings the object again it is looked at.
    @Test func aDamagedObjectIsReadOnce() throws {
        let story = world.repository("a", [".env": key.line, "b": "text\n"])
        let path = story.directory(story.looseObject(story.blob("text\n")))
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        try Data("no object at all".utf8).write(to: URL(fileURLWithPath: path))
        for words in ["1 scanned;", "0 scanned, 1 as they were"] {
            let outcome = world.run(["audit", "repositories"])
            #expect(outcome.status == 1)
            #expect(outcome.output.contains(words), "\(outcome.output)")
            #expect(outcome.output.contains("not read: ") && outcome.output.contains(", incomplete"))
        }
        try FileManager.default.removeItem(atPath: path)
        try whole.write(to: URL(fileURLWithPath: path))
        let outcome = world.run(["audit", "repositories"])
        #expect(outcome.output.contains("1 scanned;") && !outcome.output.contains("incomplete"), "\(outcome.output)")
    }

    @Test func withoutAFindItStaysIncomplete() throws {
        let story = world.repository("a", ["b": "text\n"])
        let path = story.directory(story.looseObject(story.blob("text\n")))
        try FileManager.default.removeItem(atPath: path)
        try Data("no object at all".utf8).write(to: URL(fileURLWithPath: path))
        for _ in 0..<2 { #expect(world.run(["audit", "repositories"]).status == 3) }
    }

    /// What nobody can open without its password is so the next time, too.
    @Test func whatHasAPasswordIsReadOnce() throws {
        let story = world.repository("a", ["README": "text\n"])
        world.directory.write("repositories/a/secret.txt", "hidden\n")
        let zip = Command.run(
            ["python3", "-c", Self.protectedZIP, world.directory("repositories/a/a.zip")], in: world.path)
        #expect(zip.status == 0, "\(zip.errors)")
        story.git("add", "a.zip")
        story.commit("zip")
        for words in ["1 scanned;", "0 scanned, 1 as they were"] {
            let outcome = world.run(["audit", "repositories"])
            #expect(outcome.status == 3 && outcome.output.contains(words), "\(outcome.output)")
        }
    }

    /// A member whose flags say that it is protected: nobody reads on.
    private static let protectedZIP = """
        import struct, sys
        name, data = b"a.txt", b"\\0" * 24
        head = struct.pack("<4sHHHHHIIIHH", b"PK\\3\\4", 20, 1, 0, 0, 33, 0x12345678, len(data), 12, len(name), 0)
        entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\\1\\2", 20, 20, 1, 0, 0, 33, 0x12345678, len(data), 12, len(name), 0, 0, 0, 0, 0, 0)
        body = head + name + data
        open(sys.argv[1], "wb").write(body + entry + name + struct.pack("<4sHHHHIIH", b"PK\\5\\6", 0, 0, 1, 1, len(entry) + len(name), len(body), 0))
        """

    // MARK: Wikis

    /// One that answers nothing may be there: it is named, and asked no second time.
    @Test func aWikiThatHangsIsAskedOnceAndNamed() throws {
        world.directory.write(
            "ssh",
            "#!/bin/sh\necho \"$@\" >> \(world.directory("calls"))\ncase \"$*\" in *wiki*) sleep 600;; esac\nexit 255\n"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: world.directory("ssh"))
        let outcome = world.run(
            ["audit", "ssh://host.example/acme/shop.git", "--fetch-timeout", "1s"],
            environment: ["GIT_SSH": world.directory("ssh"), "GIT_SSH_VARIANT": "simple"])
        let calls = try String(contentsOfFile: world.directory("calls"), encoding: .utf8)
        #expect(calls.split(separator: "\n").count { $0.contains("wiki") } == 1, "\(calls)")
        #expect(outcome.status == 3 && outcome.output.contains("2 failed"), "\(outcome.output)")
    }

    // MARK: Submodules, LFS, growth

    @Test func submodulesAreNotFetchedAndPointersAreNoContent() throws {
        let module = world.repository("module", [".env": key.line])
        let pointer =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0a", count: 32))\nsize 12345\n"
        let story = world.repository("outer/shop", ["big.bin": pointer])
        story.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.path, "module")
        story.commit("module")
        let outcome = world.run(["audit", "file://\(story.path)", "--no-wikis"])
        #expect(outcome.status == 0 && outcome.output.contains("1 repository: 1 scanned"), "\(outcome.output)")
        let mirrors = Command.run(["find", world.directory("cache"), "-name", "modules"])
        #expect(mirrors.output.isEmpty)
    }

    /// Whatever the scan has seen of it, the next one sees the rest.
    @Test func aRepositoryThatGrowsIsReadAgain() throws {
        let story = world.repository("a", [".env": key.line])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            "cd \"$1\" && for i in $(seq 30); do echo $i > f$i; git add f$i; git -c user.name=a -c user.email=a@b commit -qm $i; done",
            "sh", story.path,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<3 {
            let outcome = world.run(["audit", "repositories"])
            #expect(outcome.status == 1, "\(outcome)")
        }
        process.waitUntilExit()
        let last = world.run(["audit", "repositories"])
        #expect(last.status == 1 && !last.output.contains("incomplete"))
        #expect(world.run(["audit", "repositories"]).output.contains("0 scanned, 1 as they were"))
        #expect(try world.content().secrets.flatMap(\.sightings).count == 1)
    }

    // MARK: Forgetting

    @Test func aRepositoryIsForgotten() throws {
        world.repository("a", [".env": key.line])
        world.repository("b", [".env": key.line, "own.env": RandomKey(2471).line])
        _ = world.run(["audit", "repositories"])
        let own = try #require(try world.content().secrets.first { $0.sightings.count == 1 })
        #expect(
            world.run(["triage", own.fingerprint.description, "--state", "accepted", "--reason", "a test"]).status == 0)
        let outcome = world.run(["audit", "--forget", "b"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        let content = try world.content()
        #expect(content.repositories.values.map(\.name) == ["a"] && content.secrets.count == 1)
        #expect(content.secrets.flatMap(\.sightings).count == 1)
        // What was decided holds when it is seen again.
        _ = world.run(["audit", "repositories"])
        #expect(try world.content().secrets.compactMap(\.decision).map(\.state) == [.accepted])
        for arguments in [["--forget", "nowhere"], ["--forget", "b", "repositories"]] {
            #expect(world.run(["audit"] + arguments).status == 2)
        }
        #expect(world.run(["audit", "--forget", "b", "--store", "none.sqlite"]).status == 2)
        #expect(!FileManager.default.fileExists(atPath: world.directory("none.sqlite")))
    }

    // MARK: Weak secrets

    @Test func aWeakSecretIsDecidedAboutToo() throws {
        world.repository("a", ["config.yml": "db_password: \"Summer-2024-x\"\n"])
        _ = world.run(["audit", "repositories", "--min-confidence", "low"])
        let secret = try #require(try world.content().secrets.first { $0.fingerprint.version == .stretched })
        for name in [secret.fingerprint.description, String(secret.fingerprint.description.dropFirst(3).prefix(8))] {
            let outcome = world.run(["triage", name, "--state", "accepted", "--reason", "a test"])
            #expect(outcome.status == 0, "\(outcome)")
        }
    }
}
