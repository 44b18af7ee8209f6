import Findings
import Rules
import TestSupport
import Testing

@testable import Store

/// What a list needs of a store, and what is known of one secret.
@Suite struct OverviewTests {
    let directory = TemporaryDirectory()

    private func store() throws -> Store { try Store(directory("audit.sqlite"), for: .writing) }

    private func decision(_ state: Decision.State, by author: String = "ada") -> Decision {
        Decision(
            StoredFinding.finding(1).fingerprint, state, reason: "a reason", author: author, time: 1_800_000_100)
    }

    /// The same as all of the store says.
    @Test func itAgreesWithTheContent() throws {
        let store = try store()
        let places = [
            StoredFinding.occurrence("a", commit: 1, isInHead: false), StoredFinding.occurrence("b", commit: 2),
        ]
        try store.record(StoredFinding.recording([StoredFinding.finding(1, places), StoredFinding.finding(2)]))
        try store.record(StoredFinding.recording([StoredFinding.finding(1)], of: "acme/web"))
        // What is not found any more is in no list of places.
        try store.record(StoredFinding.recording([StoredFinding.finding(1, places)], time: 1_800_000_300))
        try store.decide([decision(.accepted)])
        let overview = try store.overview()
        let content = try store.content()
        #expect(overview.map(\.fingerprint) == content.secrets.map(\.fingerprint))
        #expect(overview.map(\.isThere) == [true, false] && content.secrets.map(\.isThere) == [true, false])
        let first = try #require(overview.first)
        #expect(first.repositories == ["acme/shop", "acme/web"] && first.placeCount == 3 && first.isInHead)
        #expect(first.introduced == 1_704_067_200 && first.decision == content.secrets.first?.decision)
        #expect((first.rule, first.provider, first.severity) == ("acme-api-key", "Acme", .high))
    }

    @Test func oneSecretWithAllThatIsKnown() throws {
        let store = try store()
        let places = (1...300).map { StoredFinding.occurrence("f\($0)", commit: $0, isInHead: $0 == 300) }
        try store.record(StoredFinding.recording([StoredFinding.finding(1, places)]))
        try store.decide([decision(.accepted)])
        try store.decide([decision(.open, by: "bob")])
        let overview = try #require(try store.overview().first)
        let detail = try store.detail(of: overview)
        #expect(detail.places.count == Store.shownPlaces && overview.placeCount == 300)
        // What is in HEAD is more urgent than what is not.
        #expect(detail.places.first?.occurrence.path == "f300")
        let whole = try store.content().secrets.first?.sightings.first?.occurrences.first { $0.path == "f300" }
        #expect(detail.places.first?.occurrence == whole)
        #expect(detail.places.first?.source.address == "https://github.com/acme/shop")
        #expect(detail.decisions.map(\.author) == ["ada", "bob"] && detail.remediation == ["Revoke it."])
    }

    @Test func whoeverHasSeenSomethingElseDecidesNothing() throws {
        let store = try store()
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        let first = try #require(try store.decide([decision(.accepted)], knowing: [nil]))
        #expect(try store.decide([decision(.rotated, by: "bob")], knowing: [nil]) == nil)
        let second = try #require(try store.decide([decision(.rotated, by: "bob")], knowing: first))
        #expect(second.first?.time == 1_800_000_101)
        #expect(try store.decide([decision(.open)], knowing: first) == nil)
        #expect(try store.overview().first?.decision == second.first)
    }

    @Test func aWriteOfAnotherIsSeen() throws {
        let store = try store()
        try store.record(StoredFinding.recording([StoredFinding.finding(1)]))
        let other = try Store(directory("audit.sqlite"), for: .writing)
        let before = try store.writeCount()
        #expect(try store.writeCount() == before)
        try other.decide([decision(.accepted)])
        #expect(try store.writeCount() != before)
    }
}
