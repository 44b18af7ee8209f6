import TestSupport
import Testing

/// `scan --explain` says of each match what became of it, wherever it was read.
@Suite struct ExplainTests {
    let key = RandomKey(501)
    private var text: String { key.line + "MISTRAL_API_KEY=your-mistral-api-key-goes-here-1234\n" }

    @Test(arguments: [["."], ["--staged"], ["--uncommitted"], ["--history"], ["--range", "HEAD"]])
    func everyWayOfScanningIsExplained(_ arguments: [String]) {
        let story = RepositoryBuilder().commit("first", [".env": text])
        if arguments == ["--staged"] { story.stage([".env": text + "\n"]) }
        if arguments == ["--uncommitted"] { story.write([".env": text + "\n"]) }
        expectExplained(Windsock.run(["scan", "--explain"] + arguments, in: story), path: ".env")
    }

    @Test func standardInputIsExplained() {
        expectExplained(
            Windsock.run(["scan", "-", "--explain", "--stdin-name", "a/settings.env"], in: "/", input: text),
            path: "a/settings.env")
    }

    private func expectExplained(_ outcome: Command.Outcome, path: String) {
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("\n  \(path):1:17  mistral-api-key  "), "\(outcome.output)")
        #expect(outcome.output.contains("passed generated-file, character-classes, "))
        #expect(outcome.output.contains("\n      reported\n"))
        #expect(!outcome.reveals(key.description))
    }

    @Test func otherFormatsLeaveItToStandardError() {
        let story = RepositoryBuilder().write([".env": text])
        let outcome = Windsock.run(["scan", "--explain", "--format", "sarif"], in: story)
        #expect(outcome.output.hasPrefix("{"))
        #expect(outcome.errors.contains("Why\n") && outcome.errors.contains("reported"))
        #expect(!outcome.reveals(key.description))
        #expect(!Windsock.run(["scan", "--explain", "--format", "json"], in: story).errors.contains("Why"))
    }

    @Test func aCleanScanIsExplainedTooEvenIfQuiet() {
        let story = RepositoryBuilder().write(["a.txt": "mistral key = your-mistral-api-key-goes-here-1234\n"])
        let outcome = Windsock.run(["scan", "--explain", "--quiet"], in: story)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Why\n"))
    }
}
