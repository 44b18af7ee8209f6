import Foundation
import TestSupport
import Testing

/// Options take one value each, and a word that is none of ours is answered with what may be meant.
@Suite struct CommandLineTests {
    let key = RandomKey(950)
    let other = RandomKey(951)

    /// `faults.md` A6 and A7: the path behind the value was taken for another value, and the whole folder was scanned.
    @Test(arguments: [
        ["--only", "mistral-*"], ["--only", "mistral-api-key"], ["--rules", "acme.toml"], ["--config", "c.toml"],
        ["--baseline", "known"],
    ])
    func noOptionSwallowsThePathBehindItsValue(_ option: [String]) throws {
        let story = RepositoryBuilder().write([
            "src/a.env": key.line, "b.env": other.line, "acme.toml": Self.rule("acme"), "known": "# nothing yet\n",
            "c.toml": "[extend]\nuseDefault = true\n",
        ])
        let outcome = Windsock.run(["scan", "--format", "json"] + option + ["src"], in: story)
        #expect(try Scan(outcome).places == ["src/a.env:1"], "\(outcome.errors)")
    }

    private static func rule(_ word: String) -> String {
        "[[rules]]\nid = \"\(word)-key\"\nregex = '''\(word)_[a-z0-9]{8}'''\nkeywords = [\"\(word)_\"]\n"
    }

    /// `faults.md` A24: the last one won without a word.
    @Test func repeatedOptionsAddUp() throws {
        let story = RepositoryBuilder().write([
            "a.txt": "acme_q7rw2zxk\nbrnd_q7rw2zxk\n", "acme.toml": Self.rule("acme"), "brnd.toml": Self.rule("brnd"),
        ])
        for option in ["--rules", "--config"] {
            let scan = try Windsock.scan(option, "acme.toml", option, "brnd.toml", "a.txt", in: story)
            #expect(scan.report.findings.map(\.rule).sorted() == ["acme-key", "brnd-key"])
        }
        let rules = ["--rules", "acme.toml", "--rules", "brnd.toml"]
        let only = Windsock.run(
            ["scan", "--format", "json", "--only", "acme-key", "--only", "brnd-key"] + rules + ["a.txt"], in: story)
        #expect(try Scan(only).report.findings.count == 2)
        for (name, wanted) in [("acme", "acme-key"), ("brnd", "brnd-key")] {
            Windsock.run(
                ["baseline", "create", "-o", "known-\(name)", "--only", wanted] + rules + ["a.txt"], in: story
            ).expectSuccess()
        }
        let known = Windsock.run(
            ["scan", "--format", "json", "--baseline", "known-acme", "--baseline", "known-brnd"] + rules + ["a.txt"],
            in: story)
        #expect(try Scan(known).report.summary.suppressed == ["baseline": 2])
    }

    @Test func aConfigurationThatUsesTheBuiltInRulesAddsThemToAnother() throws {
        let story = RepositoryBuilder().write([
            "a.env": key.line + "acme_q7rw2zxk\n", "acme.toml": Self.rule("acme"),
            "default.toml": "[extend]\nuseDefault = true\n",
        ])
        let scan = try Windsock.scan("--config", "acme.toml", "--config", "default.toml", "a.env", in: story)
        #expect(scan.report.findings.map(\.rule).sorted() == ["acme-key", "mistral-api-key"])
    }

    // MARK: Suggestions

    @Test(arguments: [
        (["detect"], "windsock scan --history"), (["git", "."], "windsock scan --history"),
        (["protect", "--staged"], "windsock scan --staged"), (["dir", "src"], "windsock scan FOLDER"),
        (["filesystem", "."], "windsock scan FOLDER"), (["stdin"], "windsock scan -"),
        (["version"], "windsock --version"),
        (["scna"], "windsock scan"), (["baseline", "crate"], "windsock baseline create"),
        (["rules", "chekc"], "windsock rules check"), (["hook", "instal"], "windsock hook install"),
        (["scan", "--only", "mistral-api-ky"], "did you mean mistral-api-key"),
        (["scan", "--report-format", "json"], "--format FORMAT"), (["scan", "--report", "jsn=x"], "did you mean json"),
        (["scan", "--fail-on", "hihg"], "did you mean high"), (["scan", "--branch", "dev"], "--history --branch dev"),
        (["scan", "--endpoint", "mistral=http://gateway.example"], "must begin with https://"),
        (["scan", "--only", "mistral-api-key", "github-app-private-key"], "--only github-app-private-key"),
    ])
    func whatIsNotKnownIsAnsweredWithWhatMayBeMeant(_ arguments: [String], _ meant: String) {
        let outcome = Windsock.run(arguments, in: RepositoryBuilder().write(["a": "1"]))
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(meant), "\(outcome.errors)")
        #expect(outcome.output == "")
    }

    @Test(arguments: ["foo", "xml=foo", "=foo"]) func theFormatsAreListedWhereOneIsWrong(_ report: String) {
        let outcome = Windsock.run(["scan", "--report", report], in: "/")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("text, json, jsonl, sarif, gitlab, junit, csv, html"), "\(outcome.errors)")
    }

    /// Somebody may paste it where a command belongs, and logs keep what is said of it.
    @Test func aKeyInThePlaceOfACommandIsNotRepeated() {
        let outcome = Windsock.run([key.description], in: "/")
        #expect(outcome.status == 2)
        #expect(!outcome.reveals(key.description))
    }

    @Test(arguments: ["-V", "-v", "--version"]) func theVersionHasShortNames(_ option: String) {
        let outcome = Windsock.run([option], in: "/")
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: ".").count == 3)
    }

    // MARK: Standard input

    @Test(arguments: ["printf 'a\\n' | \"$windsock\" scan", "\"$windsock\" scan < a.txt"])
    func dataThatIsPipedInAndNotReadGetsAHint(_ command: String) {
        let folder = TemporaryDirectory()
        folder.write("a.txt", "some text\n")
        let outcome = Windsock.shell("sleep 0.1; \(command)", in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("`windsock scan -` scans what is piped in"))
        #expect(outcome.output.contains("Scanned 1 file"))
    }

    @Test(arguments: [
        "printf 'a\\n' | \"$windsock\" scan a.txt", "printf 'a\\n' | \"$windsock\" scan -",
        "\"$windsock\" scan < /dev/null",
        "printf 'a\\n' | \"$windsock\" scan -q", ": | \"$windsock\" scan",
    ])
    func noHintIsGivenWhereNothingWasMeantToBeRead(_ command: String) {
        let folder = TemporaryDirectory()
        folder.write("a.txt", "some text\n")
        #expect(Windsock.shell(command, in: folder).errors == "")
    }

    // MARK: Manual and completions

    @Test func theManualPageTellsEveryCommandAndOption() {
        let outcome = Windsock.run(["manual"], in: "/")
        #expect(outcome.status == 0)
        for text in [
            ".TH WINDSOCK 1", ".SH WINDSOCK SCAN", ".SH WINDSOCK BASELINE CREATE", "\\-\\-fail\\-on", "\\-\\-patch",
            ".SH EXIT STATUS", "NO_COLOR", "windsock:allow\\-file",
        ] {
            #expect(outcome.output.contains(text), "\(text)")
        }
        #expect(!outcome.output.split(separator: "\n").contains { $0.hasPrefix("'") })
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsKnowRulesFormatsAndCommands(_ shell: String) {
        let outcome = Windsock.run(["completions", shell], in: "/")
        #expect(outcome.status == 0)
        for text in ["sarif=", "---completion scan -- --only", "min-severity", "in-head"] {
            #expect(outcome.output.contains(text), "\(text)")
        }
        // Behind `help`, too.
        #expect(
            outcome.output.contains(
                "scan audit report triage verify revoke rules hook fix advise llm agent mcp lsp baseline"))
        #expect(
            Windsock.run(["---completion", "scan", "--", "--only", "1", "0"], in: "/").output.contains(
                "mistral-api-key\n"))
    }

    @Test func bashCompletesTheWordBehindHelp() {
        let script = """
            "$windsock" completions bash > c.bash; . ./c.bash
            COMP_WORDS=(windsock help ba); COMP_CWORD=2; COMP_LINE='windsock help ba'; COMP_POINT=16
            _windsock windsock ba help; echo "${COMPREPLY[*]}"
            """
        let folder = TemporaryDirectory()
        folder.write("script", script)
        let outcome = Windsock.shell("bash ./script", in: folder)
        #expect(
            outcome.output.split(separator: " ").first?.hasPrefix("baseline") == true,
            "\(outcome.output)\(outcome.errors)")
    }
}
