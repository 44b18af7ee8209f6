import Findings
import Reports
import Testing

/// The story of a secret, put together from the stories of the blobs that had it.
@Suite struct TimelineTests {
    private let day = 86_400

    private func commit(_ name: String, day number: Int) -> Occurrence.Commit {
        Occurrence.Commit(
            id: Sample.id(String(repeating: name, count: 40)), authorName: "Ada", authorEmail: "ada@example.org",
            authorTime: number * day, summary: "commit \(name)")
    }

    private func place(
        _ path: String, from introduced: Occurrence.Commit?, to removed: Occurrence.Commit? = nil, inHead: Bool = false,
        _ reachability: Occurrence.History.Reachability = .references(["main"]), otherPaths: [String] = [],
        branches: [String] = ["main"], tags: [String] = []
    ) -> Occurrence {
        Sample.occurrence(
            path: path, origin: .blob(.zero),
            history: Occurrence.History(
                introduced: introduced, removed: removed, isInHead: inHead, reachability: reachability,
                otherPaths: otherPaths, branches: branches, tags: tags))
    }

    @Test func aFileThatChangesAroundASecretIsOneStory() throws {
        let timeline = try #require(
            Timeline(
                [
                    place(".env", from: commit("b", day: 20), to: commit("c", day: 30), otherPaths: ["old/.env"]),
                    place(".env", from: commit("a", day: 10), to: commit("b", day: 20), tags: ["v1"]),
                ], now: 100 * day))
        #expect(timeline.introduced == commit("a", day: 10))
        #expect(timeline.removed == commit("c", day: 30))
        #expect(timeline.exposedDays == 20)
        #expect(timeline.paths == [".env", "old/.env"])
        #expect(timeline.branches == ["main"])
        #expect(timeline.tags == ["v1"])
    }

    @Test func whatIsInHeadIsExposedUntilNow() throws {
        let timeline = try #require(
            Timeline(
                [
                    place("a", from: commit("a", day: 10), to: commit("b", day: 20)),
                    place("b", from: commit("b", day: 20), inHead: true),
                ], now: 100 * day + 5))
        #expect(timeline.isInHead)
        #expect(timeline.removed == nil)
        #expect(timeline.exposedDays == 90)
    }

    /// An amended commit had it earlier; what people see is the one that stayed.
    @Test func commitsThatReferencesReachAreToldOf() throws {
        let timeline = try #require(
            Timeline(
                [
                    place("a", from: commit("a", day: 10), .reflog, branches: []),
                    place("a", from: commit("b", day: 20), to: commit("c", day: 21)),
                ], now: 100 * day))
        #expect(timeline.introduced == commit("b", day: 20))
        #expect(timeline.reachability == .references(["main"]))
        #expect(timeline.exposedDays == 1)
    }

    @Test func whatNothingReachesHasNoCommit() throws {
        let timeline = try #require(Timeline([place("a", from: nil, .unreachable, branches: [])], now: day))
        #expect(timeline.introduced == nil)
        #expect(timeline.exposedDays == nil)
        #expect(timeline.reachability == .unreachable)
    }

    @Test func clocksThatRanBackwardsExposeNothingForANegativeTime() throws {
        let timeline = try #require(
            Timeline([place("a", from: commit("a", day: 20), to: commit("b", day: 10))], now: 100 * day))
        #expect(timeline.exposedDays == 0)
    }

    @Test func outsideOfHistoriesThereIsNone() {
        #expect(Timeline([Sample.occurrence()], now: 0) == nil)
    }

    // MARK: Reports

    private var result: ScanResult {
        Sample.result(
            [
                Sample.finding(occurrences: [
                    place(
                        ".env", from: commit("a", day: 10), to: commit("b", day: 12), branches: ["main", "side"],
                        tags: ["v1"])
                ])
            ], mode: .history)
    }

    private func text(showsTimelines: Bool) -> String {
        let options = ReportOptions(toolVersion: "1.2.3", showsTimelines: showsTimelines)
        return String(decoding: Report.write(result, as: .text, options: options), as: UTF8.self)
    }

    @Test func referencesThatAreNotNamedAreCounted() {
        var many = place("a", from: commit("a", day: 10))
        many.history?.counts.references = 1235
        let result = Sample.result([Sample.finding(occurrences: [many])], mode: .history)
        let options = ReportOptions(toolVersion: "1.2.3", showsTimelines: true)
        let text = String(decoding: Report.write(result, as: .text, options: options), as: UTF8.self)
        #expect(text.contains("not in HEAD; reachable from main and 1,234 more references"))
        #expect(written(result, as: .json).contains("\"referenceCount\": 1235"))
    }

    @Test func textTellsItWhenAsked() {
        let block = """
              timeline
                  1970-01-11 introduced in aaaaaaaaaa by Ada <ada@example.org>: commit a
                  1970-01-13 removed in bbbbbbbbbb by Ada <ada@example.org>: commit b
                  not in HEAD; reachable from main
                  exposed for 2 days
                  paths: .env
                  branches: main, side
                  tags: v1
            """
        #expect(text(showsTimelines: true).contains(block))
        #expect(!text(showsTimelines: false).contains("timeline"))
    }

    @Test func jsonAndSARIFAlwaysTellIt() throws {
        let json = try JSONValue(parsing: Array(written(result, as: .json).utf8))
        let timeline = try #require(json["findings"]?[0]?["timeline"])
        #expect(timeline["exposedDays"] == .number(2))
        #expect(timeline["branches"] == .array([.string("main"), .string("side")]))
        #expect(timeline["introduced"]?["commit"]?.string == String(repeating: "a", count: 40))
        #expect(written(result, as: .jsonl).contains("\"exposedDays\":2"))
        #expect(written(result, as: .sarif).contains("\"exposedDays\":2"))
    }
}
