import Foundation
import TestSupport
import Testing

/// Reports as the command writes them: what needs the repository, the job or several scans.
@Suite struct ReportCommandTests {
    let key = RandomKey(740)
    let other = RandomKey(741)

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func occurrences(_ text: String) throws -> [[String: Any]] {
        let findings = try #require(try object(text)["findings"] as? [[String: Any]])
        return findings.flatMap { $0["occurrences"] as? [[String: Any]] ?? [] }
    }

    // MARK: JSON

    @Test(arguments: [[], ["--history"], ["--staged"], ["--range", "HEAD"]]) func lineHashesAreThereAlways(
        _ mode: [String]
    ) throws {
        let story = RepositoryBuilder().commit("first", [".env": "A=1\n" + key.line])
        if mode == ["--staged"] { story.stage(["b.env": key.line]) }
        let outcome = Windsock.run(["scan", "--format", "json"] + mode, in: story)
        let hashes = try occurrences(outcome.output).map { $0["lineHash"] as? String ?? "" }
        #expect(!hashes.isEmpty)
        #expect(hashes.allSatisfy { $0.wholeMatch(of: /[0-9a-f]+:1/) != nil }, "\(hashes)")
    }

    @Test func lineHashesAreThereOfPatchesAndCompressedFiles() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1\n"])
        story.write([".env": key.line])
        Command.run(["gzip", "-k", story.path + "/.env"]).expectSuccess()
        let files = try occurrences(Windsock.run(["scan", ".env.gz", ".env", "--format", "json"], in: story).output)
        #expect(files.count == 2 && Set(files.map { $0["lineHash"] as? String ?? "" }).count == 1)
        story.git("add", ".env")
        let patch = story.run(["diff", "--cached"]).output
        let outcome = Windsock.run(["scan", "--patch", "--format", "json"], in: story, input: patch)
        #expect(try occurrences(outcome.output).allSatisfy { ($0["lineHash"] as? String ?? "").hasSuffix(":1") })
    }

    @Test func theRepositoryIsNamed() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        story.git("remote", "add", "origin", "https://ada:\(other)@github.com/acme/shop.git")
        let json = Windsock.run(["scan", "--format", "json"], in: story)
        let repository = try #require(try object(json.output)["repository"] as? [String: String])
        #expect(
            repository == [
                "address": "https://github.com/acme/shop", "commit": story.id("HEAD"), "branch": "main",
            ])
        let lines = Windsock.run(["scan", "--format", "jsonl"], in: story).output
        #expect(lines.split(separator: "\n").allSatisfy { $0.contains("\"address\":\"https://github.com/acme/shop\"") })
        let table = Windsock.run(["scan", "--format", "csv"], in: story).output
        #expect(table.contains(",repository,head_commit\r\n"))
        #expect(table.contains(",https://github.com/acme/shop,\(story.id("HEAD"))\r\n"))
        let page = Windsock.run(["scan", "--format", "html"], in: story).output
        #expect(page.contains("https://github.com/acme/shop/blob/\(story.id("HEAD"))/.env#L1"))
        for text in [json.output, lines, table, page] { #expect(!text.contains(other.description)) }
    }

    // MARK: One place

    @Test func theSamePlaceInTenVersionsIsOnePlace() throws {
        let story = RepositoryBuilder()
        for number in 1...10 {
            let lines = (0..<number).map { "LINE_\($0)=\(number)\n" }.joined()
            story.commit("version \(number)", ["config/.env": lines + key.line])
        }
        let outcome = Windsock.run(["scan", "--history", "--format", "json"], in: story)
        let places = try occurrences(outcome.output)
        #expect(places.count == 1)
        #expect(places.first?["startLine"] as? Int == 11)
        #expect((places.first?["otherObjects"] as? [String])?.count == 9)
        let history = try #require(places.first?["history"] as? [String: Any])
        #expect((history["introduced"] as? [String: Any])?["commit"] as? String == story.id("HEAD~9"))
        let text = Windsock.run(["scan", "--history", "--no-hygiene"], in: story).output
        #expect(text.components(separatedBy: "\n  config/.env:").count == 2, "\(text)")
        #expect(text.contains("and the same in 9 other versions of the file"))
        // As a second scan has it, which reads only what has findings.
        let again = try occurrences(Windsock.run(["scan", "--history", "--format", "json"], in: story).output)
        #expect((again.first?["otherObjects"] as? [String])?.count == 9)
    }

    @Test func theNewestOfHeadComesFirst() throws {
        let story = RepositoryBuilder().commit("old", ["a.env": key.line]).commit(
            "gone", ["b.env": RandomKey(742).line])
        story.commit("remove", ["b.env": nil]).commit("new", ["z.env": other.line])
        let outcome = Windsock.run(["scan", "--history", "--format", "json"], in: story)
        #expect(try occurrences(outcome.output).map { $0["path"] as? String } == ["z.env", "a.env", "b.env"])
    }

    // MARK: GitHub

    @Test func annotationsAndAStepSummaryAreWritten() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        story.directory.write("summary.md", "# before\n")
        let outcome = Windsock.run(
            ["scan", "--format", "github"], in: story,
            environment: ["GITHUB_STEP_SUMMARY": story.directory("summary.md")])
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("::error file=.env,line=1,"))
        #expect(outcome.output.hasSuffix("windsock: 1 secret found (1 high)\n"))
        let summary = String(decoding: story.directory.read("summary.md"), as: UTF8.self)
        #expect(summary.hasPrefix("# before\n<!-- windsock -->\n### windsock: 1 secret found (1 high)\n"))
        #expect(!outcome.reveals(key.description) && !summary.contains(key.description))
    }

    @Test func aSummaryThatCannotBeWrittenIsNoFailure() {
        let story = RepositoryBuilder().commit("first", ["a": "1\n"])
        let outcome = Windsock.run(
            ["scan", "--format", "github"], in: story, environment: ["GITHUB_STEP_SUMMARY": "/nonexistent/x"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("/nonexistent/x"))
    }

    /// A pull request with a key, in a repository that has an old one: before the old one in the order of paths, and behind it.
    @Test(arguments: [["--ci"], []]) func findingsOnChangedLinesComeFirst(_ mode: [String]) throws {
        let story = RepositoryBuilder().commit("base", ["a/.env": key.line, "c": "1\n"]).branch("topic")
        story.commit("leak", ["z/.env": "A=1\n" + other.line]).commit("more", ["gone.env": RandomKey(743).line])
        story.commit("hide", ["gone.env": nil])
        let event =
            #"{"pull_request":{"base":{"sha":"\#(story.id("main"))","ref":"main"},"head":{"sha":"\#(story.id("HEAD"))","ref":"topic"}}}"#
        story.directory.write("event.json", event)
        let job = [
            "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": story.directory("event.json"), "GITHUB_SHA": story.id("HEAD"),
        ]
        let outcome = Windsock.run(["scan", "--format", "github"] + mode, in: story, environment: job)
        #expect(outcome.status == 1, "\(outcome.errors)")
        let errors = outcome.output.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(errors.count == 2)
        #expect(errors.first?.contains("file=z/.env,line=2") == true, "\(outcome.output)")
        let comment = Windsock.run(["scan", "--format", "markdown"] + mode, in: story, environment: job).output
        let rows = comment.split(separator: "\n").filter { $0.hasPrefix("| **") }
        #expect(rows.first?.contains("z/.env&#58;2</code> (changed here)") == true, "\(comment)")
        #expect(rows.last?.contains("changed here") == false)
    }

    // MARK: Suppressed

    @Test(arguments: [[], ["--history"]]) func sarifTellsWhatIsSuppressedAndByWhom(_ mode: [String]) throws {
        let allowed = "MISTRAL_API_KEY=\(other)  # windsock:allow mistral-api-key until=2999-01-01 key of the manual\n"
        let story = RepositoryBuilder().commit("first", ["a.env": key.line, "b.env": allowed])
        Windsock.run(["baseline", "create", "--history", "--reason", "rotated in March"], in: story).expectSuccess()
        story.commit("baseline")
        for _ in 1...2 {
            let outcome = Windsock.run(
                ["scan", "--format", "sarif", "--baseline", ".windsock-baseline", "--no-hygiene"].filter {
                    mode == ["--history"] || $0 != "--no-hygiene"
                } + mode, in: story)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let runs = try #require(try object(outcome.output)["runs"] as? [[String: Any]])
            let results = try #require(runs[0]["results"] as? [[String: Any]])
            let suppressions = results.map { ($0["suppressions"] as? [[String: String]])?.first ?? [:] }
            #expect(suppressions.map { $0["kind"] } == ["external", "inSource"])
            #expect(
                suppressions.map { $0["justification"] } == [
                    "The baseline knows it: rotated in March", "A comment in the text lets it pass: key of the manual",
                ])
            #expect(!outcome.reveals(key.description) && !outcome.reveals(other.description))
        }
    }

    // MARK: Files

    @Test func aReportWithSecretsIsItsOwnersAlone() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let options = ["--show-secrets", "--output", "shown", "--report", "sarif=redacted"]
        #expect(Windsock.run(["scan"] + options, in: story).status == 1)
        let mode = { (name: String) in Command.run(["stat", "--format=%a", name], in: story.path).output }
        #expect(mode("shown") == "600\n")
        #expect(mode("redacted") != "600\n")
    }
}
