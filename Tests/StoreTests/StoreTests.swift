import Findings
import Foundation
import Rules
import TestSupport
import Testing

@testable import Store

/// What goes into a store, and what comes out.
@Suite struct StoreTests {
    let directory = TemporaryDirectory()
    private var path: String { directory("audit.sqlite") }

    private func open(_ access: Store.Access = .writing) throws -> Store { try Store(path, for: access) }

    @Test func allOfAFindingComesBackButTheSecret() throws {
        let finding = StoredFinding.finding(
            1, [StoredFinding.occurrence("a\u{1F}b.py", commit: 17), StoredFinding.occurrence("c.py", line: 4)])
        try open().record(StoredFinding.recording([finding], problems: [], state: "s1"))
        let content = try open(.reading).content()
        let secret = try #require(content.secrets.first)
        #expect(content.secrets.count == 1)
        #expect(secret.fingerprint == finding.fingerprint)
        #expect(secret.redacted == finding.secret.redacted)
        #expect(secret.rule.description == "Acme API key." && secret.rule.provider == "Acme")
        #expect(secret.rule.remediation == ["Revoke it."] && secret.rule.tags == ["acme"])
        #expect(secret.sightings.flatMap(\.occurrences) == finding.occurrences)
        #expect(secret.sightings.map(\.isGone) == [false])
        let repository = try #require(content.repositories.values.first)
        #expect(repository.name == "acme/shop" && repository.source.branch == "main")
        let run = try #require(repository.runs.first)
        #expect(run.isComplete && run.state == "s1" && run.toolVersion == "1.2.3")
        #expect(run.summary.mode == .history && run.summary.omitted == [.tooLarge: 2])
        #expect(run.summary.setting.notes == ["a note"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.range(of: Data(finding.secret.bytes)) == nil)
    }

    @Test func aSecretInFiveRepositoriesIsOne() throws {
        let store = try open()
        var changes: [RecordedChanges] = []
        for number in 1...5 {
            let recording = StoredFinding.recording([StoredFinding.finding(1)], of: "acme/r\(number)")
            changes.append(try store.record(recording))
        }
        #expect(changes.map(\.new) == [1, 0, 0, 0, 0])
        let content = try store.content()
        #expect(content.secrets.count == 1 && content.repositories.count == 5)
        #expect(Set(content.secrets[0].sightings.map(\.repository)).count == 5)
    }

    /// In whichever order they come.
    @Test(arguments: [false, true]) func aRuleThatKnowsTheProviderKnowsTheSecretOfOneThatDoesNot(isFirst: Bool) throws {
        let known = StoredFinding.recording([StoredFinding.finding(1)], of: "acme/a")
        let unknown = StoredFinding.recording([StoredFinding.finding(1, rule: StoredFinding.generic)], of: "acme/b")
        let store = try open()
        for recording in isFirst ? [known, unknown] : [unknown, known] { try store.record(recording) }
        let content = try store.content()
        #expect(content.secrets.map(\.rule.id) == ["acme-api-key"])
        #expect(content.secrets.map(\.fingerprint) == [StoredFinding.finding(1).fingerprint])
        #expect(content.secrets.first?.sightings.count == 2)
    }

    @Test func whatAWholeScanDoesNotFindAnyMoreIsGone() throws {
        let store = try open()
        let (first, second) = (StoredFinding.finding(1), StoredFinding.finding(2))
        try store.record(StoredFinding.recording([first, second]))
        #expect(try store.record(StoredFinding.recording([second])).gone == 1)
        #expect(try store.content().secrets.map(\.isThere) == [false, true])
        #expect(try store.record(StoredFinding.recording([first, second])) == RecordedChanges())
        #expect(try store.content().secrets.map(\.isThere) == [true, true])
    }

    @Test(arguments: [
        StoredFinding.recording([], isWhole: false),
        StoredFinding.recording([], problems: [Problem(subject: "a pack", message: "is damaged")]),
        StoredFinding.recording([], mode: .tree), StoredFinding.recording([], of: "acme/other"),
    ]) func whatWasNotLookedAtIsNotGone(_ later: Recording) throws {
        let store = try open()
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        #expect(try store.record(later).gone == 0)
        #expect(try store.content().secrets.map(\.isThere) == [true])
    }

    @Test func whatTheRepositoryLetsPassIsThereWithItsWords() throws {
        let silenced = SuppressedFinding(
            finding: StoredFinding.finding(1), reason: .inlineDirective, justification: "only a test")
        let store = try open()
        try store.record(
            StoredFinding.recording(
                [StoredFinding.finding(2)],
                suppressed: [
                    silenced,
                    SuppressedFinding(
                        finding: StoredFinding.finding(2, [StoredFinding.occurrence("b.py")]), reason: .baseline,
                        justification: ""),
                ]))
        let secrets = try store.content().secrets
        #expect(secrets.count == 2)
        #expect(secrets.flatMap(\.sightings).compactMap(\.silence).map(\.reason) == [.baseline, .inlineDirective])
        #expect(secrets.flatMap(\.sightings).flatMap(\.occurrences).map(\.path) == ["config.py", "b.py", "config.py"])
    }

    @Test func whatProvidersSaidIsKeptAndTheLastCounts() throws {
        let store = try open()
        for (time, liveness) in [(5.0, Liveness.dead), (9.0, .live), (7.0, .unknown)] {
            var finding = StoredFinding.finding(1)
            finding.verification = VerificationResult(
                liveness: liveness, reason: "so", time: time, host: "acme.example")
            try store.record(StoredFinding.recording([finding]))
        }
        #expect(try store.content().secrets.first?.verification?.liveness == .live)
    }

    @Test func theStateOfWhatCouldNotBeReadIsNotKnown() throws {
        let store = try open()
        func state() throws -> String? {
            try store.state(ofRepository: "https://github.com/acme/shop", mode: .history, location: "/srv/acme/shop")?
                .state
        }
        #expect(try state() == nil)
        try store.record(StoredFinding.recording([], state: "one"))
        #expect(try state() == "one")
        try store.record(
            StoredFinding.recording([], problems: [Problem(subject: "x", message: "unreadable")], state: "two"))
        #expect(try state() == nil)
        #expect(try store.content().repositories.values.first?.runs.map(\.summary.problems.count) == [1])
    }
}
