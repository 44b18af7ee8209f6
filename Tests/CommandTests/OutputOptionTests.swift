import Foundation
import TestSupport
import Testing

/// Where reports go and what they look like.
@Suite struct OutputOptionTests {
    let key = RandomKey(90)

    private var story: RepositoryBuilder { RepositoryBuilder().commit("first", [".env": key.line]) }

    /// Each format, and how its report begins and ends.
    static let formats = [
        ("text", "HIGH  mistral-api-key", "1 secret found (1 high)\n"), ("json", "{", "}\n"),
        ("jsonl", "{\"type\":", "}\n"),
        ("sarif", "{", "}\n"), ("gitlab", "{", "}\n"), ("junit", "<?xml ", "</testsuites>\n"), ("csv", "rule,", "\r\n"),
        ("html", "<!DOCTYPE html>", "</html>\n"), ("github", "::error file=", "windsock: 1 secret found (1 high)\n"),
        ("markdown", "<!-- windsock -->\n", ").\n"), ("short", ".env:1:17: high mistral-api-key: ", "\n"),
    ]

    @Test(arguments: formats) func everyFormatTellsTheFindingAndNotTheSecret(
        _ format: (name: String, beginning: String, end: String)
    ) throws {
        let story = story
        let outcome = Windsock.run(["scan", "--format", format.name], in: story)
        #expect(outcome.status == 1)
        #expect(outcome.errors == "")
        #expect(outcome.output.hasPrefix(format.beginning), "\(outcome.output.prefix(200))")
        #expect(outcome.output.hasSuffix(format.end), "\(outcome.output.suffix(200))")
        #expect(outcome.output.contains("mistral-api-key"))
        #expect(outcome.output.contains(".env"))
        #expect(!outcome.reveals(key.description))
        if ["json", "sarif", "gitlab"].contains(format.name) {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) }
        }
    }

    @Test(arguments: formats.map(\.0)) func everyFormatCanTellOfACleanScan(_ format: String) {
        let outcome = Windsock.run(["scan", "--format", format], in: RepositoryBuilder().write(["a": "1"]))
        #expect(outcome.status == 0)
        // Compilers, too, say nothing of what is right.
        #expect(outcome.output.isEmpty == (format == "short"))
        #expect(!outcome.output.contains("null"))
    }

    @Test func outputGoesToAFileAndReplacesWhatWasThere() {
        let story = story
        story.write(["report.json": String(repeating: "old ", count: 10_000)])
        let outcome = Windsock.run(["scan", "--format", "json", "--output", "report.json"], in: story)
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        let report = story.directory.read(story.relative("report.json"))
        #expect(throws: Never.self) { try JSONDecoder().decode(JSONReport.self, from: Data(report)) }
    }

    @Test func severalReportsAreWrittenBesideTheOneOnStandardOutput() {
        let story = story
        let outcome = Windsock.run(
            ["scan", "--report", "sarif=out.sarif", "--report", "json=out.json", "--report", "csv=out.csv"],
            in: story)
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("HIGH  mistral-api-key"))
        for name in ["out.sarif", "out.json", "out.csv"] {
            let text = String(decoding: story.directory.read(story.relative(name)), as: UTF8.self)
            #expect(text.contains("mistral-api-key"), "\(name)")
        }
        // GitHub matches alerts by this hash alone.
        let sarif = String(decoding: story.directory.read(story.relative("out.sarif")), as: UTF8.self)
        #expect(sarif.contains("\"primaryLocationLineHash\""))
    }

    @Test func secretsAreShownOnlyWhereThatIsAskedForAndIsSaid() throws {
        let story = story
        let text = Windsock.run(["scan", "--show-secrets"], in: story)
        #expect(text.output.contains("SECRETS ARE SHOWN IN FULL"))
        #expect(text.output.contains(key.description))
        let shown = try Windsock.scan("--show-secrets", in: story)
        #expect(shown.report.secretsShown)
        #expect(shown.report.findings.map(\.secret) == [key.description])
        let hidden = try Windsock.scan(in: story)
        #expect(!hidden.report.secretsShown)
        #expect(hidden.report.findings.map(\.secret) == [nil])
        #expect(hidden.report.findings.map(\.redacted) == ["\(key.description.prefix(4))…\(key.description.suffix(4))"])
    }

    /// What is uploaded for others to read never has them.
    @Test(arguments: ["sarif", "gitlab", "junit"]) func uploadedFormatsNeverShowSecrets(_ format: String) {
        let outcome = Windsock.run(["scan", "--show-secrets", "--format", format], in: story)
        #expect(outcome.status == 1)
        #expect(!outcome.reveals(key.description))
    }

    @Test func quietSaysNothingOfACleanScanAndStillTellsFindingsAndTrouble() {
        let clean = RepositoryBuilder().commit("first", ["a": "some text"])
        let silent = Windsock.run(["scan", "--quiet"], in: clean)
        #expect(silent.status == 0)
        #expect(silent.output + silent.errors == "")
        #expect(Windsock.run(["scan", "--quiet"], in: story).output.contains("mistral-api-key"))
        #expect(Windsock.run(["scan", "-q", "--max-file-size", "4"], in: clean).output.contains("INCOMPLETE"))
        #expect(Windsock.run(["scan", "-q", "--format", "json"], in: clean).output.hasPrefix("{"))
    }

    @Test func colourIsForTerminalsUnlessAskedFor() {
        let story = story
        #expect(!Windsock.run(["scan"], in: story).output.contains("\u{1b}["))
        #expect(!Windsock.run(["scan", "--color", "never"], in: story).output.contains("\u{1b}["))
        #expect(Windsock.run(["scan", "--color", "always"], in: story).output.contains("\u{1b}["))
        // Asked for is asked for: https://no-color.org is about the default.
        #expect(
            Windsock.run(["scan", "--color", "always"], in: story, environment: ["NO_COLOR": "1"]).output
                .contains("\u{1b}["))
    }

    /// `faults.md` A25.
    @Test(
        arguments: [
            ([:], false), (["CLICOLOR_FORCE": "1"], true), (["FORCE_COLOR": "1"], true),
            (["CLICOLOR_FORCE": "0"], false),
            (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false), (["CLICOLOR_FORCE": "1", "TERM": "dumb"], true),
        ] as [([String: String], Bool)])
    func variablesDecideAboutColour(_ variables: [String: String], _ isColored: Bool) {
        let story = story
        let output = Windsock.run(["scan"], in: story, environment: variables).output
        #expect(output.contains("\u{1b}[") == isColored)
        #expect(
            !Windsock.run(["scan", "--color", "never"], in: story, environment: variables).output.contains("\u{1b}["))
        // A file is no terminal.
        Command.run(["rm", "-f", "out"], in: story.path).expectSuccess()
        _ = Windsock.run(["scan", "--output", "out"], in: story, environment: variables)
        #expect(!String(decoding: story.directory.read(story.relative("out")), as: UTF8.self).contains("\u{1b}["))
    }

    /// A terminal that is made by script(1).
    @Test(arguments: [("xterm", "", true), ("dumb", "", false), ("xterm", "1", false)])
    func aDumbTerminalIsNotColoured(_ terminal: String, _ noColor: String, _ isColored: Bool) {
        let outcome = Windsock.shell(
            "script -qec '\"$windsock\" scan --no-progress' /dev/null", in: story,
            environment: ["TERM": terminal, "NO_COLOR": noColor])
        #expect(outcome.output.contains("mistral-api-key"), "\(outcome.errors)")
        #expect(outcome.output.contains("\u{1b}[") == isColored)
    }

    /// No progress line, no escape sequence where nobody watches.
    @Test func standardErrorIsSilentWithoutATerminal() {
        #expect(Windsock.run(["scan", "--history"], in: story).errors == "")
    }

    @Test func theSummarySaysWhatWasCovered() {
        let output = Windsock.run(["scan"], in: RepositoryBuilder().write(["a": "12345", "b.bin": "\0\0\0"])).output
        #expect(output.contains("Scanned 1 file, 5 bytes"))
        #expect(output.contains("Left out: 1 binary"))
        #expect(output.hasSuffix("clean\n"))
    }
}
