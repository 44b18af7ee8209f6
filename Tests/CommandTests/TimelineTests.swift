import TestSupport
import Testing

/// `--timeline`: the story of each secret, in words.
@Suite struct TimelineTests {
    let key = RandomKey(770)

    @Test func aKeyThatCameMovedAndWent() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("add key", ["conf/.env": key.line])
        let added = story.id("HEAD")
        story.tag("v1", "one").commit("comment", ["conf/.env": "# important\n" + key.line])
        story.branch("side").commit("elsewhere", ["b": "1"]).checkout("main")
        story.git("mv", "conf/.env", ".env")
        story.commit("move").commit("remove", [".env": nil])
        let removed = story.id("HEAD")
        let text = Windsock.run(["scan", "--history", "--timeline"], in: story)
        #expect(text.output.contains("  timeline\n"))
        #expect(text.output.contains("introduced in \(added.prefix(10)) by Ada <ada@example.org>: add key"))
        #expect(text.output.contains("removed in \(removed.prefix(10)) by Ada <ada@example.org>: remove"))
        #expect(text.output.contains("exposed for less than a day\n"))
        #expect(text.output.contains("paths: .env, conf/.env\n"))
        #expect(text.output.contains("branches: main, side\n"))
        #expect(text.output.contains("tags: v1\n"))
        #expect(!text.reveals(key.description))
        let json = try Windsock.scan("--history", in: story).report.findings[0].timeline
        #expect(json?.introduced?.commit == added)
        #expect(json?.removed?.commit == removed)
        #expect(json?.paths == [".env", "conf/.env"])
        #expect(json?.branches == ["main", "side"])
        #expect(json?.tags == ["v1"])
        #expect(json?.exposedDays == 0)
    }

    @Test func aKeyInACommitMessageHasAStory() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).commit("second\n\n\(key.line)", ["a": "2"])
        let commit = story.id("HEAD")
        story.commit("third", ["a": "3"]).tag("v1", "one")
        let finding = try #require(Windsock.scan("--history", in: story).report.findings.first)
        #expect(finding.occurrences[0].history?.introduced?.commit == commit)
        #expect(finding.occurrences[0].history?.inHead == true)
        #expect(finding.timeline?.branches == ["main"])
        #expect(finding.timeline?.tags == ["v1"])
        #expect(finding.timeline?.paths == [])
    }

    @Test func aKeyInATagMessageIsReachedFromTheTag() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1"]).tag("v1", "one\n\n\(key.line)")
        let finding = try #require(Windsock.scan("--history", in: story).report.findings.first)
        #expect(finding.timeline?.reachability == "references")
        #expect(finding.timeline?.tags == ["v1"])
    }

    @Test func whatOnlyTheStashOrNothingHasIsSaidSo() throws {
        let story = RepositoryBuilder().commit("first", [".env": "0"]).write([".env": key.line])
        story.git("stash", "--quiet")
        #expect(try Windsock.scan("--history", in: story).report.findings[0].timeline?.reachability == "stash")
        story.git("stash", "drop", "--quiet")
        let text = Windsock.run(["scan", "--history", "--timeline"], in: story).output
        #expect(text.contains("not in HEAD; reachable from no reference, but still in the repository"))
        #expect(text.contains("days so far"))
    }
}
