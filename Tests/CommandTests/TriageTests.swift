import Findings
import Foundation
import Store
import TestSupport
import Testing

/// `windsock triage`: decisions that last.
@Suite struct TriageTests {
    let key = RandomKey(2450)
    let other = RandomKey(2451)
    let world = AuditWorld()

    private func fingerprints() throws -> [String] {
        try world.content().secrets.map(\.fingerprint.description)
    }

    @Test func whatIsDecidedIsNotReportedUntilItEnds() throws {
        world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        let fingerprint = try #require(try fingerprints().first)
        let decided = world.run([
            "triage", fingerprint, "--state", "accepted", "--reason", "only a test", "--until", "2999-01-31", "--by",
            "ada",
        ])
        #expect(decided.status == 0)
        #expect(decided.output.contains("accepted until 2999-01-31, by ada on "))
        let audit = world.run(["audit", "repositories"])
        #expect(audit.status == 0)
        #expect(audit.output.contains("0 secrets, 1 decided (windsock triage list)"))
        let list = world.run(["triage", "list"])
        #expect(list.output.contains("only a test; never asked; in HEAD of a"))
        #expect(world.run(["triage", fingerprint, "--state", "open"]).status == 0)
        #expect(world.run(["audit", "repositories"]).status == 1)
    }

    @Test func whatIsRotatedOpensWhenItIsBroughtAgain() throws {
        let story = world.repository("a", [".env": key.line]).commit("gone", [".env": nil])
        _ = world.run(["audit", "repositories"])
        let fingerprint = try #require(try fingerprints().first)
        #expect(
            world.run(["triage", fingerprint, "--state", "rotated", "--reason", "vault", "--by", "ada"]).status == 0)
        let list = world.run(["triage", "list", "--state", "rotated"])
        #expect(list.output.contains("in the history of a, not in HEAD since 2024-01-01"))
        #expect(world.run(["audit", "repositories"]).status == 0)
        // Years after all that these stories are made of.
        story.write(["b.env": key.line])
        story.git("add", "--all")
        story.run(
            ["commit", "-qm", "again"],
            environment: ["GIT_AUTHOR_DATE": "\(Int(Date().timeIntervalSince1970) + 60) +0000"])
        let audit = world.run(["audit", "repositories"])
        #expect(audit.status == 1)
        #expect(audit.output.contains("1 open again"))
        #expect(audit.output.contains("open again: was rotated, by ada on"))
        #expect(audit.output.contains("it is in HEAD of a again"))
        _ = world.run(["triage", fingerprint, "--state", "rotated", "--reason", "vault", "--by", "ada"])
        story.write(["c.env": "# another file\n" + key.line])
        story.git("add", "--all")
        story.run(
            ["commit", "-qm", "third"],
            environment: ["GIT_AUTHOR_DATE": "\(Int(Date().timeIntervalSince1970) + 60) +0000"])
        #expect(world.run(["audit", "repositories"]).output.contains("brings it again"))
    }

    @Test func whatNeedsSomebodyIsMentioned() throws {
        world.repository("a", [".env": key.line, "b.env": other.line])
        _ = world.run(["audit", "repositories"])
        let all = try fingerprints()
        let soon = CalendarDay(daysSince1970: Int(Date().timeIntervalSince1970) / 86_400 + 3).description
        _ = world.run(["triage", all[0], "--state", "accepted", "--reason", "r", "--until", soon, "--by", "ada"])
        _ = world.run(["triage", all[1], "--state", "rotated", "--reason", "r", "--by", "ada"])
        let output = world.run(["audit", "repositories"]).output
        #expect(output.contains("3 days are left"))
        #expect(output.contains("is rotated and still in HEAD"))
    }

    @Test func decisionsGoFromTeamToTeam() throws {
        world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        let fingerprint = try #require(try fingerprints().first)
        _ = world.run([
            "triage", fingerprint, "--state", "false-positive", "--reason", "a = b in the docs", "--by", "ada",
        ])
        #expect(world.run(["triage", "export", "--output", "decisions"]).status == 0)
        let text = try String(contentsOfFile: world.directory("decisions"), encoding: .utf8)
        #expect(text.contains("\(fingerprint) false-positive on=") && text.contains("by=ada a = b in the docs\n"))
        _ = world.run(["audit", "repositories", "--store", "other.sqlite"])
        #expect(
            world.run(["triage", "import", "decisions", "--store", "other.sqlite"]).output == "1 decision imported\n")
        #expect(world.run(["audit", "repositories", "--store", "other.sqlite"]).status == 0)
        let labels = world.run(["triage", "export", "--labels"]).output
        #expect(labels.contains("\"secret\":false") && !labels.contains(key.description))
        world.directory.write("decisions", text + "nonsense\n")
        let broken = world.run(["triage", "import", "decisions", "--store", "third.sqlite"])
        #expect(broken.status == 2 && broken.errors.contains("nothing of it was imported"))
    }

    @Test(arguments: [
        [], ["v1:0000000000"], ["v1:00000000000", "--state", "accepted"],
        ["v1:0000000000", "--state", "gone", "--reason", "r"],
        ["v1:0000000000", "--state", "accepted", "--reason", "r"], ["", "--state", "accepted", "--reason", "r"],
        ["v1:abc", "--state", "accepted", "--reason", "r"], ["v1:", "--state", "accepted", "--reason", "r"],
        ["v1:00000000000", "--state", "accepted", "--reason", "r", "--until", "2020-01-01"],
        ["v1:00000000000", "--state", "open", "--until", "2999-01-01"],
    ]) func wrongUsageDecidesNothing(_ arguments: [String]) throws {
        world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        #expect(world.run(["triage"] + arguments).status == 2)
        #expect(try world.content().secrets.allSatisfy { $0.decision == nil })
    }

    @Test func asMuchOfAFingerprintAsIsUniqueIsEnough() throws {
        world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        let fingerprint = try #require(try fingerprints().first)
        let digits = fingerprint.dropFirst(3)
        for text in ["v1:" + digits.prefix(4), "\(digits.prefix(8))", "\(digits)", fingerprint.uppercased()] {
            let outcome = world.run(["triage", text, "--state", "accepted", "--reason", "r", "--by", "ada"])
            #expect(outcome.status == 0 && outcome.output.contains("\(fingerprint) (mistral"), "\(outcome.errors)")
        }
        let unknown = "v1:" + String(digits.prefix(28).reversed())
        let outcome = world.run(["triage", unknown, "--state", "accepted", "--reason", "r"])
        #expect(outcome.status == 2 && outcome.errors.contains(unknown))
    }

    /// Words of decisions are in every report.
    @Test func whatMayBeASecretInWordsIsMasked() throws {
        world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        let fingerprint = try #require(try fingerprints().first)
        let decided = world.run([
            "triage", fingerprint, "--state", "accepted", "--reason", "it was \(other) before", "--by", "\(key)",
        ])
        #expect(decided.status == 0 && decided.errors.contains("is masked"))
        let line = "\(fingerprint) rotated on=\(Int(Date().timeIntervalSince1970) + 60) by=\(key) now it is \(other)\n"
        world.directory.write("decisions", line)
        let imported = world.run(["triage", "import", "decisions"])
        #expect(imported.output == "1 decision imported\n" && imported.errors.contains("is masked"))
        let outcomes = [
            decided, imported, world.run(["triage", "list"]), world.run(["triage", "export"]),
            world.run(["report", "--state", "rotated"]),
        ]
        for word in [key.description, other.description] {
            #expect(!outcomes.contains { $0.reveals(word) })
            #expect(try world.bytesOfStore().range(of: Data(word.utf8)) == nil)
        }
    }
}
