import Findings
import Rules
import TestSupport
import Testing

@testable import Store

/// What is decided about secrets, and what opens by itself.
@Suite struct DecisionTests {
    let directory = TemporaryDirectory()
    private var path: String { directory("audit.sqlite") }
    private static let day = 86_400

    private func decision(
        _ state: Decision.State, of number: Int = 1, time: Int = 1_800_000_100, until: String? = nil
    ) -> Decision {
        Decision(
            StoredFinding.finding(number).fingerprint, state, reason: "a reason", author: "ada", time: time,
            until: until.flatMap { CalendarDay($0) })
    }

    private func state(_ store: Store, on day: String = "2027-02-01") throws -> Decision.State? {
        try store.content().secrets.first?.decision?.state(on: try #require(CalendarDay(day)))
    }

    @Test func theLatestCountsAndHoldsInAllRepositories() throws {
        let store = try Store(path, for: .writing)
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        #expect(try store.content().secrets.first?.decision == nil)
        try store.decide([decision(.accepted, until: "2027-03-01")])
        try store.decide([decision(.falsePositive, time: 1_800_000_200)])
        try store.record(StoredFinding.recording([StoredFinding.finding(1)], of: "acme/other", time: 1_800_000_300))
        let secret = try #require(try store.content().secrets.first)
        #expect(secret.decision?.state == .falsePositive && secret.sightings.count == 2)
    }

    /// Whatever the clock of this machine says.
    @Test func aDecisionIsLaterThanTheOneBefore() throws {
        let store = try Store(path, for: .writing)
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        try store.decide([decision(.accepted, time: 1_900_000_000)])
        let stored = try store.decide([decision(.rotated, time: 1_800_000_000)])
        #expect(stored.map(\.time) == [1_900_000_001])
        #expect(try store.content().secrets.first?.decision?.state == .rotated)
    }

    @Test(arguments: [(1_800_086_400, true), (1_800_086_401, false), (99_999_999_999_999, false)])
    func whatWasDecidedInTheFutureIsRefused(_ time: Int, _ isTaken: Bool) {
        let line = "v1:\(String(repeating: "0a", count: 16)) accepted on=\(time) by=ada why"
        let decisions = try? DecisionFile.decisions(in: line, now: 1_800_000_000)
        #expect((decisions?.count == 1) == isTaken)
    }

    @Test func whatIsOverIsOpen() throws {
        let store = try Store(path, for: .writing)
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        try store.decide([decision(.accepted, until: "2027-03-01")])
        #expect(try state(store, on: "2027-03-01") == .accepted)
        #expect(try state(store, on: "2027-03-02") == .open)
    }

    /// What is seen after a decision, and what becomes of it.
    struct News: Sendable, CustomTestStringConvertible {
        var name: String
        var first = [StoredFinding.occurrence("a.py", commit: 1)]
        var later: [Occurrence]
        var liveness: Liveness?
        var mode = ScanMode.history
        var repository = "acme/shop"
        var opens: Bool

        var testDescription: String { name }
    }

    private static func brought(at time: Int) -> Occurrence {
        var place = StoredFinding.occurrence("b.py", commit: 2)
        place.history?.introduced = StoredFinding.commit(2, time: time)
        return place
    }

    static let news = [
        News(name: "the same", later: [StoredFinding.occurrence("a.py", commit: 1)], opens: false),
        News(name: "live", later: [StoredFinding.occurrence("a.py", commit: 1)], liveness: .live, opens: true),
        News(
            name: "restricted", later: [StoredFinding.occurrence("a.py", commit: 1)], liveness: .restricted, opens: true
        ),
        News(name: "dead", later: [StoredFinding.occurrence("a.py", commit: 1)], liveness: .dead, opens: false),
        News(name: "a commit from before, found late", later: [brought(at: 1_700_000_000)], opens: false),
        News(name: "a commit from after", later: [brought(at: 1_800_000_150)], opens: true),
        News(
            name: "an old commit of a repository that is new", later: [brought(at: 1_700_000_000)],
            repository: "acme/other", opens: false),
        News(
            name: "a file that was not known", later: [StoredFinding.occurrence("c.py")], mode: .tree, opens: true),
        News(
            name: "a file that was known", first: [StoredFinding.occurrence("c.py")],
            later: [StoredFinding.occurrence("c.py")], opens: false),
    ]

    @Test(arguments: news, [Decision.State.rotated, .revoked, .accepted, .falsePositive])
    func whatIsRotatedOpensWithNews(_ news: News, _ state: Decision.State) throws {
        let store = try Store(path, for: .writing)
        try store.record(StoredFinding.recording([StoredFinding.finding(1, news.first)]))
        try store.decide([decision(state)])
        var finding = StoredFinding.finding(1, news.later)
        finding.verification = news.liveness.map {
            VerificationResult(liveness: $0, reason: "so", time: 1_800_000_200, host: "acme.example")
        }
        let changes = try store.record(
            StoredFinding.recording([finding], of: news.repository, mode: news.mode, time: 1_800_000_200))
        let opens = news.opens && state.endsWithNews
        #expect(changes.reopened == (opens ? 1 : 0))
        let now = try #require(try store.content().secrets.first?.decision)
        #expect(now.state == (opens ? .open : state))
        #expect(now.isAutomatic == opens)
        // Who settles it again has the last word.
        try store.decide([decision(.revoked, time: 1_800_000_300)])
        #expect(try store.record(StoredFinding.recording([StoredFinding.finding(1, news.first)])).reopened == 0)
    }

    /// A team's decisions are there before its secrets are.
    @Test func aDecisionMayComeBeforeItsSecret() throws {
        let store = try Store(path, for: .writing)
        #expect(try store.adopt([decision(.accepted)]) == 1)
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        #expect(try state(store) == .accepted)
    }

    @Test func aDecisionStaysWhereARuleLearnsTheProvider() throws {
        let store = try Store(path, for: .writing)
        let generic = StoredFinding.finding(1, rule: StoredFinding.generic)
        try store.record(StoredFinding.recording([generic]))
        try store.decide([Decision(generic.fingerprint, .accepted, reason: "r", author: "ada", time: 1)])
        try store.record(StoredFinding.recording([StoredFinding.finding(1)], of: "acme/other"))
        #expect(try store.content().secrets.map(\.decision?.state) == [.accepted])
    }

    @Test func whatIsExportedIsImported() throws {
        let store = try Store(path, for: .writing)
        try store.record(StoredFinding.recording([StoredFinding.finding(1), StoredFinding.finding(2)]))
        try store.decide([decision(.accepted, until: "2027-03-01"), decision(.falsePositive, of: 2)])
        let text = DecisionFile.text(try store.decisions())
        let other = try Store(directory("other.sqlite"), for: .writing)
        let decisions = try DecisionFile.decisions(in: text, now: 1_900_000_000)
        #expect(try other.adopt(decisions) == 2)
        #expect(try other.adopt(decisions) == 0)
        #expect(try other.decisions() == store.decisions())
        #expect(DecisionFile.text(try other.decisions()) == text)
        // Of two teams the later decision counts, whichever is read first.
        #expect(try other.adopt([decision(.open, time: 5)]) == 0)
        #expect(try other.adopt([decision(.revoked, time: 1_800_000_500)]) == 1)
    }

    @Test(arguments: [
        ("nonsense", "fingerprint"), ("v1:00", "fingerprint"),
        ("v1:\(String(repeating: "0", count: 32)) gone on=1 by=a", "none of open"),
        ("v1:\(String(repeating: "0", count: 32)) open by=a", "when (on=)"),
        ("v1:\(String(repeating: "0", count: 32)) open on=x by=a", "no time"),
        ("v1:\(String(repeating: "0", count: 32)) open on=1 by=a until=2027-02-30", "no day"),
        ("<<<<<<< HEAD", "left from a merge"),
    ]) func whatIsNoDecisionIsNamedWithItsLine(text: String, words: String) throws {
        let problem = #expect(throws: DecisionFile.Problem.self) {
            try DecisionFile.decisions(in: "# comment\n\n" + text + "\n", now: 1_900_000_000)
        }
        #expect(problem?.line == 3 && problem?.reason.contains(words) == true)
    }

    /// As the version before decisions was released in, and what becomes of it.
    @Test func aStoreWithoutDecisionsGetsThem() throws {
        let old = try Store(path, for: .writing, steps: [Schema.steps[0]])
        try old.database.run(
            "INSERT INTO rules (rule, provider, description, severity) VALUES ('acme-api-key', 'Acme', '', 'high')")
        try old.database.run(
            """
            INSERT INTO secrets (fingerprint, rule, severity, confidence, redacted, first_seen, last_seen)
            VALUES (?, 1, 'high', 'high', 'a…b', 1, 2)
            """, .text(StoredFinding.finding(1).fingerprint.description))
        let store = try Store(path, for: .writing)
        #expect(try store.content().secrets.count == 1)
        try store.decide([decision(.accepted)])
        #expect(
            try Store("\(path).v1", for: .reading, steps: [Schema.steps[0]]).database.first(
                "SELECT count(*) FROM secrets", read: { $0.integer(0) }) == 1)
    }
}
