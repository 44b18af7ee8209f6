import Findings
import Foundation
import Reports
import Store
import TestSupport
import Testing

/// `windsock report`: what a store holds.
@Suite struct ReportStoreTests {
    let key = RandomKey(2460)
    let other = RandomKey(2461)
    let world = AuditWorld()

    private func audited() throws {
        world.repository("a", [".env": key.line]).commit("gone", [".env": nil])
        world.repository("b", [".env": key.line, "own.env": other.line])
        #expect(world.run(["audit", "repositories"]).status == 1)
    }

    @Test(arguments: ReportFormat.allCases) func everyFormatIsWritten(_ format: ReportFormat) throws {
        try audited()
        let outcome = world.run(["report", "--format", format.rawValue])
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.output.contains("a/.env") && outcome.output.contains("b/own.env"))
        #expect(!outcome.reveals(key.description) && !outcome.reveals(other.description))
        let written = world.run(["report", "--format", format.rawValue, "--output", "report"])
        #expect(written.status == 0 && written.output.isEmpty)
    }

    @Test func theListIsPutTogether() throws {
        try audited()
        let byRepository = world.run(["report", "--group-by", "repository"]).output
        #expect(byRepository.contains("a: 1 secret\n") && byRepository.contains("b: 2 secrets\n"))
        for grouping in AuditGrouping.allCases {
            #expect(world.run(["report", "--group-by", grouping.rawValue]).status == 0)
        }
        #expect(world.run(["report", "--group-by", "author"]).output.contains("Ada: 2 secrets"))
        #expect(world.run(["report", "--repository", "a"]).output.contains("1 secret ("))
        #expect(world.run(["report", "--repository", "zebra"]).status == 2)
        #expect(world.run(["report", "--group-by", "year", "--format", "json"]).status == 2)
    }

    @Test func statesAreTold() throws {
        try audited()
        let fingerprint = try #require(try world.content().secrets.first?.fingerprint.description)
        _ = world.run(["triage", fingerprint, "--state", "accepted", "--reason", "known", "--by", "ada"])
        let open = world.run(["report", "--format", "json"]).output
        #expect(!open.contains(fingerprint))
        let accepted = world.run(["report", "--format", "json", "--state", "accepted"]).output
        #expect(accepted.contains(fingerprint) && accepted.contains("\"state\": \"accepted\""))
        // Code scanning shows it as dismissed.
        let sarif = world.run(["report", "--format", "sarif"]).output
        #expect(sarif.contains(fingerprint) && sarif.contains("\"suppressions\""))
        let table = world.run(["report", "--format", "csv", "--state", "accepted"]).output
        #expect(table.contains(",state,repositories,first_seen\r\n") && table.contains(",accepted,a b,"))
    }

    @Test func twoAuditsAreCompared() throws {
        try audited()
        #expect(world.run(["report", "--format", "json", "--output", "before.json"]).status == 0)
        #expect(
            world.run(["report", "diff", "before.json", "state/windsock/audit.sqlite"]).output
                == "nothing has changed\n")
        world.repository("c", ["third.env": RandomKey(2462).line])
        _ = world.run(["audit", "repositories"])
        let news = world.run(["report", "diff", "before.json", "state/windsock/audit.sqlite"])
        #expect(news.status == 1 && news.output.hasPrefix("new: 1\n  HIGH"))
        let back = world.run(["report", "diff", "state/windsock/audit.sqlite", "before.json"])
        #expect(back.status == 0 && back.output.hasPrefix("gone: 1\n"))
        world.directory.write("nonsense", "{}")
        #expect(world.run(["report", "diff", "before.json", "nonsense"]).status == 2)
        #expect(world.run(["report", "diff", "before.json", "nowhere"]).status == 2)
    }

    @Test func reportsAndStoresAreMerged() throws {
        try audited()
        let third = RandomKey(2463)
        let story = world.repository("elsewhere/c", ["third.env": third.line])
        let scan = Windsock.run(["scan", "--history", "--format", "json", "--show-secrets"], in: story)
        world.directory.write("c.json", scan.output)
        let store = "state/windsock/audit.sqlite"
        let merged = world.run(["report", "merge", "c.json", store])
        #expect(merged.status == 0 && merged.output == world.run(["report", "merge", store, "c.json"]).output)
        #expect(!merged.output.contains(third.description))
        // Named twice, and by another name, it is one.
        let twice = world.run(["report", "merge", "c.json", store, "./c.json", store])
        #expect(twice.output == merged.output)
        world.directory.write("merged.json", merged.output)
        #expect(world.run(["report", "merge", "merged.json"]).output == merged.output)
        #expect(world.run(["report", "merge", "c.json", store, "--format", "html"]).output.contains("3 secrets"))
    }

    @Test func aStoreThatIsNotThereIsNamed() {
        for arguments in [["report"], ["triage", "list"], ["triage", "export"]] {
            let outcome = world.run(arguments)
            #expect(outcome.status == 2 && outcome.errors.contains("windsock audit or scan --store makes one"))
        }
        #expect(!FileManager.default.fileExists(atPath: world.directory("state/windsock/audit.sqlite")))
    }

    /// Whoever may only read it reads it.
    @Test func aStoreThatCannotBeWrittenIsRead() throws {
        try audited()
        _ = Command.run(["chmod", "-R", "a-w", world.directory("state")])
        #expect(world.run(["report"]).status == 0)
        // As somebody whom permissions mean something to.
        let store = world.directory("state/windsock/audit.sqlite")
        for command in ["report --store \(store)", "triage list --store \(store)"] {
            let outcome = Windsock.shell("\(UnreadableFileTests.privilegeDrop)\"$windsock\" \(command)", in: world)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let fingerprint = try #require(try world.content().secrets.first?.fingerprint)
        for command in [
            "audit repositories --store \(store)", "scan repositories --store \(store)",
            "triage \(fingerprint) --state open --store \(store)",
        ] {
            let outcome = Windsock.shell("\(UnreadableFileTests.privilegeDrop)\"$windsock\" \(command)", in: world)
            #expect(outcome.status == 2 && outcome.output.isEmpty, "\(command) \(outcome.output)")
            #expect(outcome.errors.contains("name a file in a folder that you may write"), "\(outcome.errors)")
        }
    }

    @Test func thePageHasNumbersAndATimeline() throws {
        try audited()
        let page = world.run(["report", "--format", "html"]).output
        #expect(page.contains("<b>2</b> secrets") && page.contains("<b>2</b> repositories with secrets"))
        #expect(page.contains("<title>2024-01: 2 introduced, 0 removed</title>"))
        #expect(page.contains(#"<select id="repository">"#) && page.contains(#"data-repository="a|b""#))
        #expect(page.contains("less than a week") && page.contains("<th>Provider</th>"))
        // A page of a scan is as it was.
        let scan = Windsock.run(["scan", "--history", "--format", "html"], in: world.directory("repositories/b"))
        #expect(!scan.output.contains(#"id="repository""#) && !scan.output.contains("<svg"))
    }
}
